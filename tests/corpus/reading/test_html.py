from datetime import UTC, datetime

import pytest

from corpus.draft import RawArticle
from corpus.reading.html import decode_html, parse_html
from tests.corpus.reading.pages import METADATA, PARAGRAPHS, page


def test_the_article_is_found_and_what_stands_around_it_is_not() -> None:
    assert parse_html(page(head=METADATA)) == RawArticle(
        text="\n\n".join(PARAGRAPHS),
        title="Ibis leaves the station",
        publisher="Example News",
        published_at=datetime(2022, 3, 18, tzinfo=UTC),
        url="https://news.example/ibis",
    )


def test_a_page_without_a_date_gets_none() -> None:
    found = parse_html(page())
    assert found is not None
    assert (found.published_at, found.url) == (None, "")


def test_a_page_without_an_article_is_none() -> None:
    assert parse_html("<html><body></body></html>") is None


@pytest.mark.parametrize(
    ("data", "charset", "expected"),
    [
        ("né".encode(), None, "né"),
        (b"\xef\xbb\xbf" + "né".encode(), None, "né"),
        (b"n\xe9 \x93x\x94", "ISO-8859-1", "né “x”"),
        (b'<meta charset="windows-1251">\xcd', None, '<meta charset="windows-1251">Н'),
        (b"<meta http-equiv='Content-Type' content='text/html; charset=latin-1'>\xe9", None,
         "<meta http-equiv='Content-Type' content='text/html; charset=latin-1'>é"),
        (b'<meta charset="windows-1252">\xe9', "utf-8", '<meta charset="windows-1252">é'),
        ("né".encode(), "no-such-charset", "né"),
        (b"6e", "hex", "6e"),
        ("né".encode("utf-16"), "utf-8", "né"),
    ],
)  # fmt: skip
def test_bytes_are_read_as_the_page_says(data: bytes, charset: str | None, expected: str) -> None:
    assert decode_html(data, charset) == expected


def test_bytes_that_do_not_fit_are_refused() -> None:
    with pytest.raises(UnicodeDecodeError):
        decode_html(b"n\xe9", None)
