import re
from datetime import date
from importlib.resources import files
from typing import Any

import pytest
import yaml

from corpus.starter import starter_drafts

FILES = {file.name: file.read_text(encoding="utf-8") for file in (files("corpus") / "starter").iterdir()}
BRIEFINGS = {name: source for name, source in sorted(FILES.items()) if name.endswith(".md")}


def parts(name: str) -> tuple[dict[str, Any], str]:
    found = re.fullmatch(r"---\n(.*?)\n---\n(.*)", BRIEFINGS[name], re.DOTALL)
    assert found is not None
    return yaml.safe_load(found[1]), found[2]


def test_there_are_enough_for_a_first_question() -> None:
    assert len(BRIEFINGS) >= 80


@pytest.mark.parametrize("name", BRIEFINGS)
def test_the_front_matter_is_complete(name: str) -> None:
    front, _ = parts(name)
    assert set(front) == {"title", "published", "publisher", "topics", "checked"}
    assert front["title"] == " ".join(front["title"].split()) != ""
    assert front["publisher"] == "Starter corpus"
    assert type(front["published"]) is date
    assert name.startswith(f"{front['published']}-")
    assert all(isinstance(topic, str) for topic in front["topics"])


@pytest.mark.parametrize("name", BRIEFINGS)
def test_what_it_was_checked_against_is_named(name: str) -> None:
    checked = parts(name)[0]["checked"]
    assert len(checked) >= 1
    for source in checked:
        assert set(source) >= {"publisher", "title", "date"}
        assert type(source["date"]) is date


@pytest.mark.parametrize("name", BRIEFINGS)
def test_it_is_short_and_holds_no_link(name: str) -> None:
    assert 150 <= len(parts(name)[1].split()) <= 400
    assert "http" not in BRIEFINGS[name]


def test_every_briefing_is_a_labelled_article_of_its_own() -> None:
    drafts = list(starter_drafts())
    assert [draft.article.url for draft in drafts] == [f"corpus/starter/{name}" for name in BRIEFINGS]
    assert [draft.article.id for draft in drafts] == [f"starter-{name.removesuffix('.md')}" for name in BRIEFINGS]
    assert {draft.article.publisher for draft in drafts} == {"Starter corpus"}
    assert [f"{draft.article.published_at:%Y-%m-%d}" for draft in drafts] == [name[:10] for name in BRIEFINGS]
