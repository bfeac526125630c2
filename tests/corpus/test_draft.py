from dataclasses import replace
from datetime import UTC, datetime
from hashlib import sha256

import pytest

from corpus.article import Article
from corpus.draft import Draft, RawArticle
from corpus.errors import EmptyTextError

RAW = RawArticle(
    text=" It\u00a0flew. ",
    title="It\nflew ",
    publisher=" Example",
    published_at=datetime(2022, 3, 18, tzinfo=UTC),
    url="https://news.example/1",
)


def digits(key: str) -> str:
    return sha256(key.encode()).hexdigest()[:16]


def test_everything_is_normalised() -> None:
    assert RAW.draft(place="a.txt") == Draft(
        Article(digits("news.example/1"), "https://news.example/1", "It flew", "Example", RAW.published_at),
        "It flew.",
    )


def test_an_id_that_is_given_is_kept() -> None:
    assert replace(RAW, id="42").draft(place="a.txt").article.id == "42"


def test_without_a_link_the_place_stands_in_for_it_and_gives_the_id() -> None:
    article = replace(RAW, url=" ").draft(place="a.txt").article
    assert (article.url, article.id) == ("a.txt", digits("a.txt"))


def test_a_place_keeps_its_article_whatever_is_written_there() -> None:
    first = replace(RAW, url="").draft(place="a.txt")
    later = RawArticle(text="It landed.", title="It landed").draft(place="a.txt")
    assert later.article.id == first.article.id


def test_a_place_that_holds_many_gives_no_id_so_that_title_and_date_do() -> None:
    article = replace(RAW, url="").draft(place="a.jsonl", alone=False).article
    assert article.url == "a.jsonl"
    assert article.id == digits("Example\nIt flew\n2022-03-18T00:00:00+00:00")


def test_without_a_title_it_is_the_text() -> None:
    assert replace(RAW, url="", title="").draft(place="a.jsonl", alone=False).article.id == digits("It flew.")


def test_a_text_of_nothing_is_refused() -> None:
    with pytest.raises(EmptyTextError, match="the text is empty"):
        replace(RAW, text=" \u200b\n ").draft(place="a.txt")
