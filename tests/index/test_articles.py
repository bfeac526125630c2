import sqlite3

import pytest

from corpus import Article
from index.articles import Articles, Query

EXPECTED = [
    Article(f"a{n:04}", f"https://x.example/{n}", f"Title {n}", "Orbit Gazette", None, "en") for n in range(1_203)
]


@pytest.fixture
def articles() -> Articles:
    database = sqlite3.connect(":memory:")
    database.execute(
        "CREATE TABLE articles (number INTEGER PRIMARY KEY, id, url, title, publisher, published_at, language)"
    )
    database.executemany(
        "INSERT INTO articles VALUES (?, ?, ?, ?, ?, ?, ?)",
        [(n, one.id, one.url, one.title, one.publisher, None, one.language) for n, one in enumerate(EXPECTED)],
    )
    query: Query = lambda sql, parameters: database.execute(sql, parameters).fetchall()  # noqa: E731
    return Articles(query, len(EXPECTED))


def test_they_are_a_sequence(articles: Articles) -> None:
    assert len(articles) == 1_203
    assert list(articles) == EXPECTED
    assert (articles[7], articles[-1]) == (EXPECTED[7], EXPECTED[-1])
    assert articles[500:1_100] == EXPECTED[500:1_100]
    with pytest.raises(IndexError):
        articles[1_203]


def test_some_come_in_the_order_asked_for(articles: Articles) -> None:
    numbers = [*range(1_202, 3, -2), 9, 9]
    assert articles.some(numbers) == [EXPECTED[number] for number in numbers]
    assert articles.some([]) == []
