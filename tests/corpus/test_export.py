import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.article import Article
from corpus.draft import Draft, RawArticle
from corpus.errors import EmptyTextError
from corpus.export import export_lines
from corpus.reading import read_source
from corpus.reading.failure import ReadFailure
from corpus.store import Store

ARTICLE = Article(
    id="a1",
    url="https://news.example/1",
    title="It flew",
    publisher="Example",
    published_at=datetime(2031, 3, 18, 9, 30, 0, 5, tzinfo=UTC),
    language="en",
    authors=("A. Author", "B. Author"),
    launches=("l-1",),
    events=("7",),
    withdrawn_at=datetime(2031, 4, 1, tzinfo=UTC),
)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path / "one.db") as store:
        yield store


def read_back(lines: list[str], folder: Path) -> list[str]:
    """Export what is read from exported lines."""
    file = folder / "exported.jsonl"
    file.write_text("".join(f"{line}\n" for line in lines), "utf-8")
    (folder / "two.db").unlink(missing_ok=True)
    with Store.open(folder / "two.db") as store:
        drafts = list(read_source(file))
        assert not [draft for draft in drafts if isinstance(draft, ReadFailure)]
        store.add_many(draft for draft in drafts if isinstance(draft, Draft))
        return list(export_lines(store))


def test_everything_comes_back(store: Store, tmp_path: Path) -> None:
    for text in ("It flew.", "It flew twice.", "It flew."):
        store.add(ARTICLE, text)
    store.add(Article("a2", "/news/a.txt", "", "", None), "Some text.")

    lines = list(export_lines(store))
    assert json.loads(lines[0]) == {
        "_id": "a1",
        "title": "It flew",
        "text": "It flew.",
        "metadata": {
            "url": "https://news.example/1",
            "publisher": "Example",
            "published": "2031-03-18T09:30:00.000005+00:00",
            "language": "en",
            "authors": ["A. Author", "B. Author"],
            "launches": ["l-1"],
            "events": ["7"],
            "withdrawn_at": "2031-04-01T00:00:00+00:00",
            "earlier_texts": ["It flew.", "It flew twice."],
        },
    }
    assert read_back(lines, tmp_path) == lines


@settings(max_examples=40, deadline=None)
@given(texts=st.lists(st.text(min_size=1, max_size=40), min_size=1, max_size=4), title=st.text(max_size=20))
def test_any_texts_come_back(tmp_path_factory: pytest.TempPathFactory, texts: list[str], title: str) -> None:
    folder = tmp_path_factory.mktemp("export")
    with Store.open(folder / "one.db") as store:
        for text in texts:
            try:
                draft = RawArticle(text=text, title=title, url="https://news.example/1", language="").draft(place="x")
            except EmptyTextError:
                continue
            store.add(draft.article, draft.text)
        lines = list(export_lines(store))
    assert read_back(lines, folder) == lines
