"""What only shows in a process of its own: imports, time, terminals, and the very first run."""

import json
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.bot.articles import IBIS, LANDING_QUESTION, json_lines
from tests.command_line import PROGRAM, ROOT, environment, run_alone
from tests.conftest import FIRST_QUESTION, FirstRun

OWN = {"SPACE_NEWS_STARTER_CORPUS": "false"}
HEAVY = ("datasketch", "discord", "httpx", "sentence_transformers", "torch", "trafilatura", "transformers")
LIST_IMPORTS = f"""
import sys
from bot.cli import main
try:
    main()
finally:
    print(sorted(set({HEAVY!r}) & set(sys.modules)), file=sys.stderr)
"""
ANSWER_MAX_SECONDS = 1.5
BUSY_ANSWER_MAX_SECONDS = 3.0
SLOW_ANSWER_MAX_STARTS = 4.5
"""Where the libraries alone take long to load, an answer may take so many times as long as loading them."""
LOAD_LIBRARIES = "import faiss, numpy, onnxruntime, pydantic_settings, tokenizers, typer"


def test_the_first_run_needs_nothing_but_a_question(first_run: FirstRun) -> None:
    ran = first_run.ran
    assert ran.stderr == ""
    assert ran.exit_code in {0, 3}
    assert ran.stdout.count("\n") == 1
    payload = json.loads(ran.stdout)
    assert payload["question"] == FIRST_QUESTION
    (nearest, *_) = payload["citations"] or [payload["nearest"]]
    assert nearest["article_id"] == "starter-2019-04-14-beresheet-crashes-on-the-moon"
    assert nearest["publisher"] == "Starter corpus"


def test_a_built_index_is_asked_without_heavy_imports(data_dir: Path) -> None:
    ran = run_alone(data_dir, "ask", LANDING_QUESTION, "--json", extra=OWN, program=LIST_IMPORTS)

    assert ran.stderr == "[]\n"
    assert json.loads(ran.stdout)["question"] == LANDING_QUESTION


def test_adding_files_and_building_need_no_torch(data_dir: Path, tmp_path: Path) -> None:
    file = tmp_path / "ibis.jsonl"
    file.write_text(json_lines(IBIS), "utf-8")

    for command, imported in ((["corpus", "add", str(file)], []), (["index", "build"], ["datasketch"])):
        ran = run_alone(data_dir, *command, extra=OWN, program=LIST_IMPORTS)
        assert (ran.exit_code, ran.stderr) == (0, f"{imported}\n")


def test_an_answer_comes_at_once(data_dir: Path) -> None:
    """From the start of the process to its end; the machine may be slow, and others may have all its cores."""
    answers, loads = [], []
    for _ in range(3):
        start = time.perf_counter()
        ran = run_alone(data_dir, "ask", LANDING_QUESTION, "--json", extra=OWN)
        answers.append(time.perf_counter() - start)
        assert ran.exit_code in {0, 3}
        start = time.perf_counter()
        assert run_alone(data_dir, program=LOAD_LIBRARIES).exit_code == 0
        loads.append(time.perf_counter() - start)

    busy = os.getloadavg()[0] > (os.cpu_count() or 1)
    quick = BUSY_ANSWER_MAX_SECONDS if busy else ANSWER_MAX_SECONDS
    assert min(answers) < max(quick, SLOW_ANSWER_MAX_STARTS * min(loads))


@pytest.mark.skipif(sys.platform == "win32", reason="pseudo-terminals are a Unix matter")
@pytest.mark.parametrize("quiet", [False, True])
def test_progress_is_drawn_on_the_terminal_only(data_dir: Path, tmp_path: Path, quiet: bool) -> None:
    file = tmp_path / "ibis.jsonl"
    file.write_text(json_lines(IBIS), "utf-8")
    run_alone(data_dir, "corpus", "add", str(file), extra=OWN)

    shown, stdout = on_a_terminal(data_dir, *(["--quiet"] if quiet else []), "ask", LANDING_QUESTION, "--json")

    assert stdout.count("\n") == 1
    assert json.loads(stdout)["question"] == LANDING_QUESTION
    assert (shown == "") is quiet
    assert ("cutting articles into passages" in shown) is not quiet


def on_a_terminal(data_dir: Path, *arguments: str) -> tuple[str, str]:
    """Run a command whose stderr is a terminal; return what is drawn there, and what is printed."""
    import pty  # Unix only

    reading, writing = pty.openpty()
    with subprocess.Popen(
        [sys.executable, "-c", PROGRAM, *arguments],
        cwd=ROOT,
        env=environment(data_dir, {**OWN, "TERM": "xterm-256color"}),
        stdout=subprocess.PIPE,
        stderr=writing,
        text=True,
    ) as process:
        os.close(writing)
        drawn = b""
        try:
            while part := os.read(reading, 65_536):
                drawn += part
        except OSError:  # how Linux says that the other side has closed
            pass
        finally:
            os.close(reading)
        assert process.stdout is not None
        return drawn.decode(), process.stdout.read()
