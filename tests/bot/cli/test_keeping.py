"""``space-news cite`` and ``corpus verify``, ``export`` and ``stats``."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.bot.articles import INDEXED, LANDING_QUESTION, LARKSPUR, json_lines
from tests.command_line import CommandLine, Ran
from tests.corpus.loopback import Reply, Site, running_site
from tests.corpus.reading.pages import page

FIRST = "The Larkspur lander touched down near the crater Vesna at 04:12 UTC on May 5, 2031."
PNG = b"\x89PNG\r\n\x1a\n"


@pytest.fixture
def site() -> Iterator[Site]:
    with running_site() as site:
        yield site


def add(command_line: CommandLine, folder: Path, **changed: object) -> None:
    """Add the landing story as it stands now."""
    file = folder / "now.jsonl"
    file.write_text(json_lines(LARKSPUR | changed), "utf-8")
    assert command_line("corpus", "add", str(file)).exit_code == 0


def cited(command_line: CommandLine) -> dict[str, Any]:
    """Ask, and return the first quote."""
    ran = command_line("ask", LANDING_QUESTION, "--as-of", "2031-12-31", "--json")
    first: dict[str, Any] = json.loads(ran.stdout)["citations"][0]
    return first


def test_a_quote_is_found_again_after_its_article_has_changed(space_news: CommandLine, tmp_path: Path) -> None:
    quote = cited(space_news)
    fresh = json.loads(space_news("cite", quote["citation_id"], "--json").stdout)["citations"][0]
    assert (fresh["quote"], fresh["stands"], fresh["changes"]) == (quote["quote"], True, [])

    add(space_news, tmp_path, text=LARKSPUR["text"].replace("near the crater Vesna at", "north of the crater Vesna at"))
    for wanted in (quote["citation_id"], quote["article_id"]):
        (found,) = json.loads(space_news("cite", wanted, "--json").stdout)["citations"]
        assert (found["quote"], found["sentence"]) == (quote["quote"], FIRST)
        assert (found["version"], found["present_version"], found["stands"]) == (1, 2, False)
        assert [change for change in found["changes"] if change["change"] != "kept"] == [
            {"change": "removed", "text": "near"},
            {"change": "added", "text": "north of"},
        ]
    shown = space_news("cite", quote["citation_id"])
    assert shown.exit_code == 0
    assert "version 1 was cited, version 2 is the present one. The quoted sentence is no longer there." in shown.stdout
    assert "touched down [-near-]{+north of+} the crater Vesna" in shown.stdout


def test_a_quote_can_be_read_when_its_article_is_no_longer_there(space_news: CommandLine) -> None:
    quote = cited(space_news)
    space_news("corpus", "remove", quote["article_id"])
    shown = space_news("cite", quote["citation_id"])
    assert FIRST in shown.stdout
    assert "The corpus no longer holds this article." in shown.stdout


def test_an_article_that_nobody_cited_shows_how_it_changed(space_news: CommandLine, tmp_path: Path) -> None:
    add(space_news, tmp_path, text="It landed well.")
    add(space_news, tmp_path, text="It landed badly.")
    shown = space_news("cite", LARKSPUR["_id"])
    assert shown.stdout.startswith("No answer cited larkspur-landing yet. It has 3 version(s).\n")
    unknown = space_news("cite", "c-nothing")
    assert (unknown.exit_code, unknown.stdout) == (1, "")
    assert unknown.stderr.startswith("No answer cited 'c-nothing'.")


def test_a_withdrawn_article_leaves_the_index_and_its_quote_says_so(space_news: CommandLine, tmp_path: Path) -> None:
    quote = cited(space_news)
    add(space_news, tmp_path, metadata=LARKSPUR["metadata"] | {"withdrawn_at": "2031-06-01T00:00:00Z"})
    ran = space_news("ask", LANDING_QUESTION, "--as-of", "2031-12-31", "--json")
    assert quote["article_id"] not in [one["article_id"] for one in json.loads(ran.stdout)["citations"]]
    assert "Its page was found gone on 2031-06-01" in space_news("cite", quote["citation_id"]).stdout


def test_cited_pages_are_asked_again(space_news: CommandLine, tmp_path: Path, site: Site) -> None:
    url = f"http://127.0.0.1:{site.port}/larkspur"
    space_news.set("ALLOWED_HOSTS", f"127.0.0.1:{site.port}")
    add(space_news, tmp_path, metadata=LARKSPUR["metadata"] | {"url": url})
    quote = cited(space_news)
    paragraphs = LARKSPUR["text"].split("\n\n") + ["The agency will hold a press conference about the landing at noon."]

    site.replies["/larkspur"] = Reply(page(paragraphs=paragraphs).encode())
    stands = space_news("corpus", "verify", quote["citation_id"])
    assert stands.exit_code == 0
    assert stands.stdout.startswith(f"stands: [{quote['citation_id']}] “{FIRST}” {url}: ")

    site.replies["/larkspur"] = Reply(page(paragraphs=[f"Corrected: {paragraphs[2]}", *paragraphs[1:]]).encode())
    changed = space_news("corpus", "verify", "--cited", "--json")
    assert (changed.exit_code, json.loads(changed.stdout)["verdict"]) == (4, "changed")

    del site.replies["/larkspur"]
    gone = space_news("corpus", "verify", quote["article_id"], "--json")
    assert (gone.exit_code, json.loads(gone.stdout)["verdict"]) == (4, "gone")
    assert space_news("corpus", "verify").exit_code == 2


def test_what_is_exported_can_be_added_elsewhere(space_news: CommandLine, tmp_path: Path) -> None:
    add(space_news, tmp_path, text="It landed well.")
    file = tmp_path / "all.jsonl.gz"
    assert space_news("corpus", "export", str(file)) == Ran(0, f"{len(INDEXED)} articles written to {file}\n", "")
    lines = space_news("corpus", "export").stdout

    space_news.set("DATA_DIR", str(tmp_path / "other"))
    assert space_news("corpus", "add", str(file)).stdout == f"{len(INDEXED)} new, 0 changed, 0 unchanged, 0 failed\n"
    assert space_news("corpus", "export").stdout == lines
    larkspur = next(json.loads(line) for line in lines.splitlines() if LARKSPUR["_id"] in line)
    assert larkspur["metadata"]["earlier_texts"] == [LARKSPUR["text"]]


def test_articles_are_counted_and_drawn(space_news: CommandLine, tmp_path: Path) -> None:
    picture = tmp_path / "months.png"
    ran = space_news("corpus", "stats", "--png", str(picture))
    assert ran.stdout.splitlines() == [
        "publisher       articles  withdrawn  languages  first    last",
        "Halcyon Herald  2         0          en         2031-06  2031-08",
        "Orbit Gazette   2         0          en         2031-05  2031-07",
        "Pad Notes       1         0          en         undated  undated",
        f"drawn in {picture}",
    ]
    assert picture.read_bytes().startswith(PNG)


def test_an_empty_corpus_has_nothing_to_count(fresh: CommandLine) -> None:
    assert fresh("corpus", "stats").stderr.startswith("the corpus is empty;")


def test_other_languages_are_kept_and_searched_when_asked_for(space_news: CommandLine, tmp_path: Path) -> None:
    german = {
        "_id": "lerche",
        "title": "Lerche landet auf dem Mond",
        "text": "Die Sonde Larkspur landete am 5. Mai 2031 in der Nähe des Kraters Vesna auf dem Mond, so Turin.",
        "metadata": {"url": "https://blatt.example/lerche", "publisher": "Blatt", "published": "2031-05-07"},
    }
    file = tmp_path / "de.jsonl"
    file.write_text(json_lines(german), "utf-8")
    space_news("corpus", "add", str(file))

    def ids(*arguments: str) -> set[str]:
        payload = json.loads(
            space_news("ask", "Wo landete die Sonde Larkspur auf dem Mond?", "--json", *arguments).stdout
        )
        return {one["article_id"] for one in [*payload["citations"], payload["nearest"]] if one}

    assert "lerche" not in ids("--as-of", "2031-12-31")
    assert ids("--as-of", "2031-12-31", "--language", "de") == {"lerche"}
    assert "lerche" in ids("--as-of", "2031-12-31", "--language", "any")
    nobody = json.loads(space_news("ask", "Larkspur Vesna", "--json", "--language", "fr").stdout)
    assert nobody["refusal"] == "filtered_out"
    wrong = space_news("ask", "Larkspur", "--language", "german!")
    assert (wrong.exit_code, wrong.stderr) == (1, "“german!” is no language; write a code such as en or de, or any\n")
