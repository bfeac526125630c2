"""What is shipped fits together: the wheel, the pins, the image, CI and the README name the same things."""

import json
import os
import re
import shlex
import subprocess
import sys
import tomllib
import zipfile
from collections.abc import Iterator
from importlib.metadata import packages_distributions
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version
from typer.testing import CliRunner

from bot.cli.app import app

ROOT = Path(__file__).parents[1]
PACKAGES = ("bot", "corpus", "index")
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
OPTIONAL = ROOT / "index" / "engine" / "milvus"
"""What only an extra brings the libraries for."""
MAX_TRACKED_BYTES = 1024 * 1024
LARGE_FILES = re.compile(r"index/reader/weights/[^/]+\.onnx")
"""The only files over the limit: weights that were trained for this project and that nothing else serves."""

# Written so that this file does not find itself.
MACHINE = re.compile(
    rb"/wor[k]/|/tm[p]/w/|/roo[t]/|/hom[e]/[a-z]|pyp[i]\.org|pythonhoste[d]|download\.pytorc[h]|huggingface\.c[o]"
)


def read(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def requirements(*extras: str) -> list[Requirement]:
    lines = PROJECT["dependencies"] + [line for extra in extras for line in PROJECT["optional-dependencies"][extra]]
    return [requirement for requirement in map(Requirement, lines) if requirement.name != PROJECT["name"]]


def pins() -> dict[str, Version]:
    parsed = [line.split("==") for line in read("constraints.txt").splitlines()]
    return {canonicalize_name(name): Version(version) for name, version in parsed}


def instructions(keyword: str) -> list[str]:
    joined = re.sub(r"\\\n\s*", "", read("Dockerfile"))
    return [line.removeprefix(keyword).strip() for line in joined.splitlines() if line.startswith(f"{keyword} ")]


def readme_commands() -> list[str]:
    return [line.strip() for line in read("README.md").splitlines() if line.strip().startswith("python3 -m venv ")]


def tracked_files() -> list[str]:
    listing = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
    ).stdout
    return [name for name in listing.split("\0") if name and (ROOT / name).is_file()]


def imported_modules(*, optional: bool) -> Iterator[str]:
    """Yield what is imported: by all that always runs, or by what an extra is for."""
    for package in PACKAGES:
        for path in (ROOT / package).rglob("*.py"):
            if (OPTIONAL in path.parents) != optional:
                continue
            yield from re.findall(r"^\s*(?:from|import) (\w+)", path.read_text(encoding="utf-8"), re.MULTILINE)


def test_every_direct_dependency_has_a_pin_inside_its_bounds() -> None:
    pinned = pins()
    for requirement in requirements("test", "bench", "milvus"):
        version = pinned[canonicalize_name(requirement.name)]
        assert requirement.specifier.contains(version), f"{requirement} does not allow the pinned {version}"


def test_every_pin_is_plain_and_none_is_for_a_graphics_card() -> None:
    lines = read("constraints.txt").splitlines()
    assert [line for line in lines if not re.fullmatch(r"[A-Za-z0-9._-]+==[0-9][A-Za-z0-9.]*", line)] == []
    assert [line for line in lines if line.startswith(("nvidia", "cuda", "triton"))] == []


def test_every_runtime_dependency_is_bounded_above() -> None:
    unbounded = [str(r) for r in requirements("milvus") if not any(s.operator in ("<", "==") for s in r.specifier)]
    assert unbounded == []


def test_every_imported_package_is_declared() -> None:
    distributions = packages_distributions()
    for optional, extras in ((False, ()), (True, ("milvus",))):
        declared = {canonicalize_name(requirement.name) for requirement in requirements(*extras)}
        for module in sorted(set(imported_modules(optional=optional)) - set(sys.stdlib_module_names) - set(PACKAGES)):
            providers = {canonicalize_name(name) for name in distributions.get(module, [])}
            assert providers & declared, f"{module} is imported but pyproject.toml does not name its package"


def test_the_wheel_holds_the_three_packages_and_all_their_files(tmp_path: Path) -> None:
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)], cwd=ROOT, check=True
    )
    (wheel,) = tmp_path.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        packed = {name for name in archive.namelist() if ".dist-info/" not in name}
    assert packed == {name for name in tracked_files() if name.startswith(tuple(f"{p}/" for p in PACKAGES))}
    assert {Path(name).suffix for name in packed} >= {".md", ".py", ".sql", ".toml"}


def test_the_readme_has_one_command_that_asks_and_one_that_tests() -> None:
    ask, test = readme_commands()
    assert "pip install -q -c constraints.txt -e ." in ask
    assert ".venv/bin/space-news ask " in ask
    assert re.findall(r"\.venv/bin/(\S+)", test) == ["pip", "ruff", "mypy", "lint-imports", "pytest"]


def test_ci_runs_the_readmes_test_command() -> None:
    script = read(".ci/run")
    (pattern,) = re.findall(r"grep -E -m 1 '([^']+)' README\.md", script)
    found = [line.strip() for line in read("README.md").splitlines() if re.match(pattern, line)]
    assert found == [readme_commands()[1]]
    assert os.access(ROOT / ".ci/run", os.X_OK)


def test_the_image_copies_only_what_exists_and_is_let_in() -> None:
    sources = [
        source for copy in instructions("COPY") if not copy.startswith("--from=") for source in copy.split()[:-1]
    ]
    assert [source for source in sources if not (ROOT / source).exists()] == []
    first, *rules = [line for line in read(".dockerignore").splitlines() if line and not line.startswith("#")]
    assert first == "*", "the image's context must be closed before anything is let in"
    let_in = {rule.removeprefix("!") for rule in rules if rule.startswith("!")}
    assert let_in == set(sources)


def test_the_image_installs_what_the_readme_installs() -> None:
    installs = [part.strip() for run in instructions("RUN") for part in run.split("&&") if "pip install" in part]
    assert installs == ["pip install -c constraints.txt -e ."]
    assert installs[0].removeprefix("pip install ") in readme_commands()[0]


def test_the_image_runs_commands_that_exist() -> None:
    commands = [json.loads(match) for match in re.findall(r"CMD (\[.*\])$", read("Dockerfile"), re.MULTILINE)]
    commands += [shlex.split(match) for match in re.findall(r"(space-news [a-z ]+)$", read("Dockerfile"), re.MULTILINE)]
    assert len(commands) == 3
    for program, *arguments in commands:
        assert program == "space-news"
        assert CliRunner().invoke(app, [*arguments, "--help"]).exit_code == 0, arguments


def test_the_image_does_not_run_as_root() -> None:
    assert instructions("USER") == ["news"]


def test_no_file_is_larger_than_a_review_can_take() -> None:
    large = [name for name in tracked_files() if (ROOT / name).stat().st_size > MAX_TRACKED_BYTES]
    assert [name for name in large if not LARGE_FILES.fullmatch(name)] == []


def test_no_file_names_one_machine_or_a_registry() -> None:
    names = [name for name in tracked_files() if not LARGE_FILES.fullmatch(name)]
    found = {name: MACHINE.findall((ROOT / name).read_bytes()) for name in names}
    assert {name: hits for name, hits in found.items() if hits} == {}
