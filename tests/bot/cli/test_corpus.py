"""``space-news corpus``."""

import gzip
import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from corpus import Article, Store
from corpus.starter import starter_drafts
from tests.bot.articles import (
    CONDOR,
    FUELLING,
    HALCYON,
    IBIS,
    INDEXED,
    LANDING_QUESTION,
    LARKSPUR,
    THISTLE,
    article,
    json_lines,
)
from tests.command_line import CommandLine, Ran
from tests.corpus.loopback import Reply, running_site
from tests.corpus.reading.pages import METADATA, PARAGRAPHS, page

N_BRIEFINGS = len(list(starter_drafts()))
TEXT = "The Sandpiper probe left Earth orbit on Monday.\nIt will reach Venus in March.\n"


def stored(command_line: CommandLine) -> list[tuple[Article, str]]:
    with Store.open(command_line.data_dir / "corpus.db") as store:
        return [(article, version.text) for article, version in store.current()]


def added(new: int = 0, changed: int = 0, unchanged: int = 0, failed: int = 0) -> str:
    return f"{new} new, {changed} changed, {unchanged} unchanged, {failed} failed\n"


def test_a_text_file_with_what_is_said_about_it(fresh: CommandLine, tmp_path: Path) -> None:
    file = tmp_path / "sandpiper.txt"
    file.write_text(TEXT, "utf-8")
    said = ["--title", "Sandpiper leaves", "--publisher", "Orbit Gazette"]
    said += ["--published", "2031-03-03T10:00:00+01:00", "--url", "https://orbit.example/sandpiper"]

    ran = fresh("corpus", "add", str(file), *said)

    assert ran == Ran(0, added(new=1), "")
    ((found, text),) = stored(fresh)
    moment = datetime(2031, 3, 3, 9, tzinfo=UTC)
    assert found == Article(
        found.id, "https://orbit.example/sandpiper", "Sandpiper leaves", "Orbit Gazette", moment, "en"
    )
    assert text == TEXT.strip()


def test_the_same_again_changes_nothing_and_another_text_is_a_further_version(
    fresh: CommandLine, tmp_path: Path
) -> None:
    file = tmp_path / "sandpiper.txt"
    for text, expected in ((TEXT, added(new=1)), (TEXT, added(unchanged=1)), (f"{TEXT}Soon.\n", added(changed=1))):
        file.write_text(text, "utf-8")
        ran = fresh("corpus", "add", str(file), "--title", "Sandpiper", "--url", "https://orbit.example/sandpiper")
        assert ran == Ran(0, expected, "")

    ((_, text),) = stored(fresh)
    assert text == f"{TEXT}Soon."


def test_an_edited_file_without_a_link_is_a_further_version(fresh: CommandLine, tmp_path: Path) -> None:
    file = tmp_path / "sandpiper.txt"
    file.write_text(TEXT, "utf-8")
    assert fresh("corpus", "add", str(file)) == Ran(0, added(new=1), "")
    file.write_text(f"{TEXT}Soon.\n", "utf-8")

    assert fresh("corpus", "add", str(file), "--title", "Sandpiper") == Ran(0, added(changed=1), "")

    ((found, text),) = stored(fresh)
    assert (found.title, text) == ("Sandpiper", f"{TEXT}Soon.")


def test_bad_lines_are_named_and_the_rest_is_added(fresh: CommandLine, tmp_path: Path) -> None:
    file = tmp_path / "news.jsonl.gz"
    bad = ['{"_id": "half", "text": "The lan', "[1, 2]", '{"_id": "untold", "title": "No text"}']
    undated = json_lines({**THISTLE, "metadata": {**THISTLE["metadata"], "published": "some day in May"}})
    lines = [json_lines(LARKSPUR), f"{bad[0]}\n", f"{bad[1]}\n", "\n", json_lines(HALCYON), f"{bad[2]}\n", undated]
    file.write_bytes(gzip.compress("".join([*lines, json_lines(CONDOR)]).encode()))

    ran = fresh("corpus", "add", str(file))

    assert (ran.exit_code, ran.stdout) == (1, added(new=3, failed=4))
    assert [line.partition(": ")[0] for line in ran.stderr.splitlines()] == [f"{file}:{n}" for n in (2, 3, 6, 7)]
    assert ran.stderr.splitlines()[2] == f'{file}:6: "text" is missing'
    expected = sorted((CONDOR, HALCYON, LARKSPUR), key=lambda record: str(record["_id"]))
    assert stored(fresh) == [(article(record), record["text"]) for record in expected]


def test_a_damaged_gzip_file_gives_what_stands_before_the_damage(fresh: CommandLine, tmp_path: Path) -> None:
    file = tmp_path / "news.jsonl.gz"
    file.write_bytes(gzip.compress(json_lines(*INDEXED).encode())[:-9])

    ran = fresh("corpus", "add", str(file))

    assert ran.exit_code == 1
    assert ran.stderr.startswith(f"{file}:")
    assert len(ran.stderr.splitlines()) == 1
    assert {found for found, _ in stored(fresh)} <= {article(record) for record in INDEXED}


def test_a_folder_is_read_whole(fresh: CommandLine, tmp_path: Path) -> None:
    folder = tmp_path / "news"
    (folder / "2031").mkdir(parents=True)
    (folder / "2031" / "sandpiper.txt").write_text(TEXT, "utf-8")
    (folder / "ibis.jsonl").write_text(json_lines(IBIS), "utf-8")
    (folder / ".draft.txt").write_text("Not yet.", "utf-8")
    (folder / "table.csv").write_text("a,b\n", "utf-8")

    ran = fresh("corpus", "add", str(folder))

    assert ran == Ran(0, added(new=2), "")
    assert {text for _, text in stored(fresh)} == {TEXT.strip(), IBIS["text"]}


def test_a_page_is_fetched(fresh: CommandLine) -> None:
    with running_site() as site:
        site.replies["/ibis"] = Reply(page(head=METADATA).encode())
        fresh.set("ALLOWED_HOSTS", f"127.0.0.1:{site.port}")
        link = f"http://127.0.0.1:{site.port}/ibis"

        ran = fresh("corpus", "add", link, "--publisher", "Loopback Times")

    assert ran == Ran(0, added(new=1), "")
    ((found, text),) = stored(fresh)
    assert text == "\n\n".join(PARAGRAPHS)
    assert (found.title, found.publisher, found.url) == ("Ibis leaves the station", "Loopback Times", link)
    assert found.published_at == datetime(2022, 3, 18, tzinfo=UTC)


def test_a_page_on_this_machine_is_refused_unless_allowed(fresh: CommandLine) -> None:
    with running_site() as site:
        ran = fresh("corpus", "add", f"http://127.0.0.1:{site.port}/ibis")

    assert site.asked == []
    assert (ran.exit_code, ran.stdout) == (1, added(failed=1))
    assert f"To allow it, add 127.0.0.1:{site.port} to the allowed hosts." in ran.stderr
    assert len(ran.stderr.splitlines()) == 1


def test_what_cannot_be_fetched_does_not_stop_the_rest(fresh: CommandLine, tmp_path: Path) -> None:
    file = tmp_path / "sandpiper.txt"
    file.write_text(TEXT, "utf-8")
    with running_site() as site:
        fresh.set("ALLOWED_HOSTS", f"127.0.0.1:{site.port}")
        link = f"http://127.0.0.1:{site.port}/gone"
        ran = fresh("corpus", "add", link, str(tmp_path / "nowhere.md"), str(file))

    assert (ran.exit_code, ran.stdout) == (1, added(new=1, failed=2))
    assert ran.stderr == (
        f"Could not fetch {link}: the host answered with status 404.\n"
        f"{tmp_path / 'nowhere.md'}: No such file or directory\n"
    )


@pytest.mark.parametrize(
    "said", [("--title", "One"), ("--publisher", "P"), ("--published", "2031-01-01"), ("--url", "u")]
)
def test_what_describes_one_article_is_refused_for_many(
    fresh: CommandLine, tmp_path: Path, said: tuple[str, str]
) -> None:
    file = tmp_path / "sandpiper.txt"
    file.write_text(TEXT, "utf-8")
    many = tmp_path / "news.jsonl"
    many.write_text(json_lines(LARKSPUR, HALCYON), "utf-8")

    two = fresh("corpus", "add", str(file), str(file), *said)
    lines, folder = (fresh("corpus", "add", str(source), *said) for source in (many, tmp_path))

    expected = "--title, --publisher, --published and --url describe a single article; add one at a time\n"
    assert two == Ran(1, "", expected)
    for ran, source in ((lines, many), (folder, tmp_path)):
        assert (ran.exit_code, ran.stdout) == (1, added(failed=1))
        assert f"for a single article only, but {source} may hold many" in ran.stderr
    assert stored(fresh) == []


def test_a_date_that_is_none_is_refused(fresh: CommandLine, tmp_path: Path) -> None:
    ran = fresh("corpus", "add", str(tmp_path / "any.txt"), "--published", "03/04/2031")

    expected = "'03/04/2031' is no date; write it like 2022-03-18 or 2022-03-18T09:30:00Z\n"
    assert ran == Ran(1, "", expected)


def test_an_empty_date_is_refused(fresh: CommandLine, tmp_path: Path) -> None:
    ran = fresh("corpus", "add", str(tmp_path / "any.txt"), "--published", "")

    assert ran == Ran(1, "", "'' is no date; write it like 2022-03-18 or 2022-03-18T09:30:00Z\n")


def test_articles_are_removed_and_unknown_ids_are_named(space_news: CommandLine) -> None:
    no_text = b"\xff".decode("utf-8", "surrogateescape")
    ran = space_news("corpus", "remove", LARKSPUR["_id"], "nowhere", no_text, HALCYON["_id"], "starter-x")

    assert (ran.exit_code, ran.stdout) == (1, "2 removed, 3 failed\n")
    assert ran.stderr.splitlines() == [
        "There is no article 'nowhere' in the corpus. List what there is with `corpus list`.",
        "There is no article '\\udcff' in the corpus. List what there is with `corpus list`.",
        "'starter-x' was never added: ids like it belong to the briefings that come with the bot; "
        "SPACE_NEWS_STARTER_CORPUS=false leaves them all out.",
    ]
    assert {found.id for found, _ in stored(space_news)} == {CONDOR["_id"], THISTLE["_id"], FUELLING["_id"]}
    assert space_news("corpus", "remove", CONDOR["_id"]) == Ran(0, "1 removed, 0 failed\n", "")


def test_what_was_removed_is_quoted_no_more(space_news: CommandLine) -> None:
    space_news("corpus", "remove", LARKSPUR["_id"])

    ran = space_news("ask", LANDING_QUESTION, "--as-of", "2031-12-31", "--json")

    payload = json.loads(ran.stdout)
    shown = [*payload["citations"], *filter(None, [payload["nearest"]])]
    assert LARKSPUR["_id"] not in {citation["article_id"] for citation in shown}


def test_articles_are_listed_newest_first(space_news: CommandLine) -> None:
    ran = space_news("corpus", "list")

    assert (ran.exit_code, ran.stderr) == (0, "")
    assert ran.stdout.splitlines() == [
        "id                 date        publisher       title",
        "thistle-telescope  2031-08-19  Halcyon Herald  Thistle telescope finds water vapour",
        "condor-engine      2031-07-03  Orbit Gazette   Condor rocket engine passes its long test",
        "halcyon-pump       2031-06-11  Halcyon Herald  Halcyon station replaces its cooling pump",
        "larkspur-landing   2031-05-06  Orbit Gazette   Larkspur lands on the Moon",
        "fuelling-notes     undated     Pad Notes       Notes on fuelling",
    ]


def test_a_list_may_be_of_one_publisher_in_any_case(space_news: CommandLine) -> None:
    ran = space_news("corpus", "list", "--source", "pad notes")

    assert [line.split()[0] for line in ran.stdout.splitlines()] == ["id", FUELLING["_id"]]


def test_a_list_may_be_of_what_has_no_publisher(space_news: CommandLine) -> None:
    assert space_news("corpus", "list", "--source", "").stdout.split() == ["id", "date", "publisher", "title"]


def test_a_list_cuts_nothing_however_narrow_the_terminal(
    fresh: CommandLine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "20")
    record = {"_id": "an-identifier-" * 9, "title": "[bold]A long headline[/] " * 9 + "月", "text": TEXT}
    file = tmp_path / "long.jsonl"
    file.write_text(json.dumps(record), "utf-8")
    fresh("corpus", "add", str(file))

    heading, line = fresh("corpus", "list").stdout.splitlines()

    assert line == f"{record['_id']}  undated             {record['title']}"
    assert heading.index("title") == line.index("[bold]")


@pytest.mark.parametrize(("starter", "n_lines"), [("false", 1), ("true", 1 + N_BRIEFINGS)])
def test_the_starter_corpus_can_be_left_out(fresh: CommandLine, starter: str, n_lines: int) -> None:
    fresh.set("STARTER_CORPUS", starter)

    assert len(fresh("corpus", "list").stdout.splitlines()) == n_lines
