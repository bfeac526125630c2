import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from hashlib import sha256
from importlib.resources import files
from pathlib import Path

import pytest

from corpus.article import Article, Version
from corpus.collection import collect
from corpus.draft import Draft, RawArticle
from corpus.errors import NewerSchemaError, UnknownArticleError
from corpus.store import Added, Counts, Store

ARTICLE = Article("a1", "https://news.example/1", "It flew", "Example", datetime(2022, 3, 18, 9, 30, tzinfo=UTC))


def version(number: int, text: str, article_id: str = "a1") -> Version:
    return Version(article_id, number, text, sha256(text.encode()).hexdigest())


def draft(article_id: str, text: str = "Some text.") -> Draft:
    return Draft(replace(ARTICLE, id=article_id), text)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "data" / "corpus.db"


@pytest.fixture
def store(path: Path) -> Iterator[Store]:
    with Store.open(path) as store:
        yield store


def test_a_new_article_is_its_first_version(store: Store) -> None:
    assert store.add(ARTICLE, "It flew.") is Added.NEW
    assert store.get("a1") == (ARTICLE, version(1, "It flew."))


def test_the_same_again_changes_nothing(store: Store) -> None:
    store.add(ARTICLE, "It flew.")
    assert store.add(ARTICLE, "It flew.") is Added.UNCHANGED
    assert store.counts() == Counts(articles=1, versions=1)


def test_another_text_is_a_further_version_and_the_old_one_stays(store: Store) -> None:
    store.add(ARTICLE, "It flew.")
    assert store.add(ARTICLE, "It flew twice.") is Added.CHANGED
    assert store.get("a1") == (ARTICLE, version(2, "It flew twice."))
    assert store.version("a1", 1) == version(1, "It flew.")
    assert store.counts() == Counts(articles=1, versions=2)


def test_a_text_that_comes_back_is_a_third_version(store: Store) -> None:
    for text in ("It flew.", "It did not.", "It flew."):
        store.add(ARTICLE, text)
    assert store.get("a1")[1] == version(3, "It flew.")


def test_other_metadata_alone_makes_no_version(store: Store) -> None:
    store.add(ARTICLE, "It flew.")
    renamed = replace(ARTICLE, title="It really flew", published_at=None)
    assert store.add(renamed, "It flew.") is Added.CHANGED
    assert store.get("a1") == (renamed, version(1, "It flew."))


def test_a_moment_is_kept_exactly_and_in_utc(store: Store) -> None:
    moment = datetime(2022, 3, 18, 9, 30, 0, 250, tzinfo=timezone(timedelta(hours=5)))
    store.add(replace(ARTICLE, published_at=moment), "It flew.")
    found = store.get("a1")[0].published_at
    assert found == moment
    assert str(found) == "2022-03-18 04:30:00.000250+00:00"


def test_a_moment_sorts_as_text_on_disk(store: Store, path: Path) -> None:
    store.add(ARTICLE, "It flew.")
    connection = sqlite3.connect(path)
    assert connection.execute("SELECT published_at FROM articles").fetchone() == ("2022-03-18T09:30:00.000000+00:00",)
    connection.close()


def test_many_are_counted_by_what_they_came_to(store: Store) -> None:
    store.add_many([draft("a"), draft("b")])
    counts = store.add_many([draft("a"), draft("b", "Other text."), draft("c"), draft("c")])
    assert counts == {Added.UNCHANGED: 2, Added.CHANGED: 1, Added.NEW: 1}


def test_everything_is_listed_in_the_order_of_ids(store: Store) -> None:
    store.add_many([draft("b"), draft("a"), draft("c")])
    store.add(replace(ARTICLE, id="a"), "Newer text.")
    assert [article.id for article in store.articles()] == ["a", "b", "c"]
    assert [(article.id, found.number, found.text) for article, found in store.current()] == [
        ("a", 2, "Newer text."),
        ("b", 1, "Some text."),
        ("c", 1, "Some text."),
    ]


def test_a_removed_article_takes_its_versions_along(store: Store) -> None:
    store.add(ARTICLE, "It flew.")
    store.add(ARTICLE, "It flew twice.")
    store.remove("a1")
    assert store.counts() == Counts(articles=0, versions=0)
    with pytest.raises(UnknownArticleError, match="no article 'a1' in the corpus"):
        store.get("a1")


def test_what_is_not_there_is_named(store: Store) -> None:
    store.add(ARTICLE, "It flew.")
    with pytest.raises(UnknownArticleError, match="no version 2 of article 'a1'"):
        store.version("a1", 2)
    with pytest.raises(UnknownArticleError, match="no article 'a2'"):
        store.remove("a2")


def test_what_was_stored_is_there_after_reopening(path: Path) -> None:
    with Store.open(path) as store:
        store.add(ARTICLE, "It flew.")
    with Store.open(path) as store:
        assert list(store.current()) == [(ARTICLE, version(1, "It flew."))]


def test_a_break_in_the_middle_loses_at_most_one_batch(path: Path) -> None:
    def broken() -> Iterator[Draft]:
        yield from (draft(f"{number:04}") for number in range(700))
        raise KeyboardInterrupt

    with Store.open(path) as store:
        with pytest.raises(KeyboardInterrupt):
            store.add_many(broken())
        assert store.counts() == Counts(articles=500, versions=500)
        assert store.add(ARTICLE, "It flew.") is Added.NEW


def test_readers_see_one_moment_while_another_connection_writes(store: Store, path: Path) -> None:
    store.add_many([draft("a"), draft("b")])
    with Store.open(path) as reader:
        reading = reader.current()
        first = next(reading)
        store.add(replace(ARTICLE, id="b"), "Newer text.")
        assert [first[1].text, *(found.text for _, found in reading)] == ["Some text.", "Some text."]
        assert reader.get("b")[1].text == "Newer text."


def test_a_database_of_a_later_release_is_left_alone(path: Path) -> None:
    Store.open(path).close()
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA user_version = 99")
    connection.close()
    with pytest.raises(NewerSchemaError, match=r"corpus\.db has schema 99, but this release knows schemas up to 3\. "):
        Store.open(path)


def test_one_link_leads_to_one_article_however_it_is_spelled(store: Store) -> None:
    first = RawArticle(text="It flew.", url="http://www.news.example/1/").draft(place="x")
    again = RawArticle(text="It flew.", url="https://news.example/1?utm_source=rss").draft(place="x")
    assert store.add_many([first, again]) == {Added.NEW: 1, Added.CHANGED: 1}
    assert store.find_link("https://NEWS.example/1#top") == first.article.id
    assert store.find_link("https://news.example/2") is None


def test_an_article_with_an_id_of_its_own_is_found_by_its_link(store: Store) -> None:
    store.add(ARTICLE, "It flew.")
    fetched = RawArticle(text="It flew twice.", url=ARTICLE.url).draft(place="x")
    store.add_many([fetched])
    assert store.counts() == Counts(articles=1, versions=2)
    assert store.get("a1")[1].text == "It flew twice."


def test_a_withdrawn_article_stays_until_it_is_read_again(store: Store) -> None:
    store.add(ARTICLE, "It flew.")
    moment = datetime(2031, 5, 1, tzinfo=UTC)
    stamp = store.stamp()
    with store.transaction():
        assert store.withdraw("a1", moment)
        assert not store.withdraw("a1", moment + timedelta(days=1))
    assert store.get("a1")[0] == replace(ARTICLE, withdrawn_at=moment)
    assert list(collect(store, starter=False)) == []
    assert store.stamp() != stamp
    assert store.add(ARTICLE, "It flew.") is Added.CHANGED
    assert store.get("a1") == (ARTICLE, version(1, "It flew."))


def test_a_database_of_the_first_release_learns_its_links(path: Path) -> None:
    path.parent.mkdir()
    first = (files("corpus") / "migrations" / "0001_articles.sql").read_text("utf-8")
    connection = sqlite3.connect(path)
    connection.executescript(first)
    connection.execute("INSERT INTO articles VALUES ('a1', 'https://news.example/1', 'It flew', 'Example', NULL, 1)")
    connection.execute("INSERT INTO versions VALUES ('a1', 1, 'It flew.', ?)", (sha256(b"It flew.").hexdigest(),))
    connection.execute("PRAGMA user_version = 1")
    connection.commit()
    connection.close()
    with Store.open(path) as store:
        assert store.get("a1") == (replace(ARTICLE, published_at=None), version(1, "It flew."))
        assert store.find_link("http://www.news.example/1/") == "a1"
