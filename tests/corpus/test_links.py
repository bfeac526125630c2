import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.links import canonical_link, link_id, link_key


@pytest.mark.parametrize(
    ("link", "expected"),
    [
        ("https://News.example/a?utm_source=rss&b=2&a=1#part", "https://news.example/a?a=1&b=2"),
        ("http://news.example:80/a?fbclid=3", "http://news.example/a"),
        ("https://news.example", "https://news.example/"),
        ("https://news.example/?p=12&ref=home", "https://news.example/?p=12"),
        ("https://news.example/a?id=7&source=x&page=2", "https://news.example/a?id=7&page=2&source=x"),
        ("https://news.example/ä b", "https://news.example/%C3%A4%20b"),
        ("/folder/file.txt", "/folder/file.txt"),
        ("ftp://news.example/a", "ftp://news.example/a"),
        ("http://[::1", "http://[::1"),
    ],
)
def test_what_does_not_choose_the_page_is_dropped(link: str, expected: str) -> None:
    assert canonical_link(link) == expected


def test_two_spellings_of_a_link_have_one_key() -> None:
    spellings = [
        "http://news.example/story",
        "https://www.news.example/story/",
        "https://NEWS.example:443/story?utm_campaign=x#top",
    ]
    assert {link_key(link) for link in spellings} == {"news.example/story"}
    assert len({link_id(link) for link in spellings}) == 1


def test_another_port_or_query_is_another_page() -> None:
    links = [
        "http://news.example/a",
        "http://news.example:8080/a",
        "http://news.example/a?id=1",
        "http://news.example/A",
    ]
    assert len({link_key(link) for link in links}) == 4


@given(st.text(max_size=60), st.sampled_from(["", "http://", "https://news.example/", "https://news.example/?"]))
def test_no_text_breaks_it_and_doing_it_again_changes_nothing(text: str, start: str) -> None:
    once = canonical_link(start + text)
    assert canonical_link(once) == once
    assert link_key(once) == link_key(start + text)
