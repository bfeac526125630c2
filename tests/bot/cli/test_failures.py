"""What goes wrong ends in one plain line and exit code 1."""

from collections.abc import Callable
from pathlib import Path

import pytest

from index.gate import DIAGRAM
from index.generation import MEMO_KEYS
from index.record import RECORD
from tests.bot.articles import LANDING_QUESTION, LARKSPUR, json_lines
from tests.command_line import CommandLine, Ran

AS_OF = ("--as-of", "2031-12-31")


def one_line(ran: Ran) -> str:
    """Return the only line that is shown."""
    assert (ran.exit_code, ran.stdout) == (1, ""), ran
    (line,) = ran.stderr.splitlines()
    return line


def generation_folder(command_line: CommandLine) -> Path:
    index = command_line.data_dir / "index"
    return index / (index / "current").read_text("utf-8").strip()


def halve(file: Path) -> None:
    content = file.read_bytes()
    file.write_bytes(content[: len(content) // 2])


def empty(file: Path) -> None:
    file.write_bytes(b"")


@pytest.mark.parametrize("damage", [halve, empty, Path.unlink])
def test_any_damaged_file_of_a_generation_is_named(space_news: CommandLine, damage: Callable[[Path], None]) -> None:
    folder = generation_folder(space_news)
    unread = {RECORD, MEMO_KEYS, DIAGRAM}  # `index verify` names these
    files = sorted(path for path in folder.rglob("*") if path.is_file() and path.name not in unread)
    assert len(files) >= 5
    for file in files:
        content = file.read_bytes()
        damage(file)

        line = one_line(space_news("ask", LANDING_QUESTION))

        assert folder.name in line, file
        assert line.endswith("run `space-news index build`"), file
        file.write_bytes(content)


@pytest.mark.parametrize("name", ["passages.db", "manifest.json", "vectors.faiss"])
def test_a_build_repairs_a_damaged_generation(space_news: CommandLine, name: str) -> None:
    whole = space_news("ask", LANDING_QUESTION, *AS_OF)
    halve(generation_folder(space_news) / name)
    one_line(space_news("ask", LANDING_QUESTION, *AS_OF))

    assert space_news("index", "build").exit_code == 0

    assert space_news("ask", LANDING_QUESTION, *AS_OF) == whole


def test_a_pointer_to_nowhere_is_named(space_news: CommandLine) -> None:
    (space_news.data_dir / "index" / "current").write_text("0123456789abcdef\n", "utf-8")

    for command in (["ask", LANDING_QUESTION], ["index", "info"]):
        line = one_line(space_news(*command))
        assert line.startswith("the manifest of generation 0123456789abcdef cannot be read")


def test_a_damaged_encoder_is_named(space_news: CommandLine, models_folder: Path) -> None:
    (space_news.data_dir / "models").unlink()
    (export,) = models_folder.glob("encoder-*")
    copy = space_news.data_dir / "models" / export.name
    copy.mkdir(parents=True)
    for file in export.iterdir():
        (copy / file.name).write_bytes(file.read_bytes()[:100])

    line = one_line(space_news("ask", LANDING_QUESTION))

    assert line.startswith(f"the encoder export in {copy} is damaged")
    assert line.endswith("delete that folder")


def test_an_unknown_setting_is_named(space_news: CommandLine) -> None:
    space_news.set("STARTER_CORPS", "false")

    line = one_line(space_news("ask", LANDING_QUESTION))

    expected = "SPACE_NEWS_STARTER_CORPS is no setting of this bot; did you mean SPACE_NEWS_STARTER_CORPUS?"
    assert line == expected


def test_a_setting_that_cannot_be_used_is_named(space_news: CommandLine) -> None:
    space_news.set("RELOAD_SECONDS", "never")

    assert one_line(space_news("corpus", "list")).startswith("SPACE_NEWS_RELOAD_SECONDS cannot be used: ")


def test_a_lexicon_that_is_absent_is_named(space_news: CommandLine, tmp_path: Path) -> None:
    space_news.set("LEXICON_PATH", str(tmp_path / "nowhere.toml"))

    assert str(tmp_path / "nowhere.toml") in one_line(space_news("ask", LANDING_QUESTION))


def test_a_data_folder_that_is_a_file_is_named(space_news: CommandLine, tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_text("", "utf-8")
    space_news.set("DATA_DIR", str(file))

    for command in (["ask", LANDING_QUESTION], ["corpus", "list"], ["corpus", "add", str(file)]):
        line = one_line(space_news(*command))
        assert str(file) in line
        assert line.endswith("check that path, and what SPACE_NEWS_DATA_DIR names")


def test_a_corpus_that_is_no_database_is_named(space_news: CommandLine) -> None:
    (space_news.data_dir / "corpus.db").write_bytes(b"no database at all " * 100)
    for companion in ("corpus.db-wal", "corpus.db-shm"):
        (space_news.data_dir / companion).unlink(missing_ok=True)

    line = one_line(space_news("ask", LANDING_QUESTION))

    assert line == "cannot read or write: file is not a database; check that path, and what SPACE_NEWS_DATA_DIR names"


def test_the_bot_needs_a_token(space_news: CommandLine) -> None:
    line = one_line(space_news("run"))

    assert line.startswith("SPACE_NEWS_DISCORD_TOKEN is not set")


def test_a_mistyped_command_has_a_code_of_its_own(space_news: CommandLine) -> None:
    for command in (["aks"], ["ask", "--asof", "2031-01-01"], ["corpus", "add"], ["corpus", "remove"]):
        ran = space_news(*command)
        assert (ran.exit_code, ran.stdout) == (2, "")


def test_adding_again_after_a_failure_works(fresh: CommandLine, tmp_path: Path) -> None:
    file = tmp_path / "news.jsonl"
    file.write_text("no JSON\n", "utf-8")
    assert fresh("corpus", "add", str(file)).exit_code == 1
    file.write_text(json_lines(LARKSPUR), "utf-8")

    assert fresh("corpus", "add", str(file)) == Ran(0, "1 new, 0 changed, 0 unchanged, 0 failed\n", "")
