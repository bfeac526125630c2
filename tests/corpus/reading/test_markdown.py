from datetime import UTC, datetime
from pathlib import Path

import pytest

from corpus.draft import RawArticle
from corpus.errors import UnreadableSourceError
from corpus.normalise import normalise_text
from corpus.reading.markdown import parse_markdown

PATH = Path("a.md")


def text_of(source: str) -> str:
    return normalise_text(parse_markdown(source, PATH).text)


def test_front_matter_says_what_the_article_is() -> None:
    source = (
        "---\ntitle: It flew\npublished: 2022-03-18\npublisher: Example\nurl: https://news.example/1\n"
        "topics: [iss]\n---\n\nIt flew.\n"
    )
    assert parse_markdown(source, PATH) == RawArticle(
        text="It flew.\n\n",
        title="It flew",
        publisher="Example",
        published_at=datetime(2022, 3, 18, tzinfo=UTC),
        url="https://news.example/1",
    )


def test_date_is_another_word_for_published() -> None:
    found = parse_markdown("---\ndate: March 18, 2022\n---\nIt flew.", PATH)
    assert found.published_at == datetime(2022, 3, 18, tzinfo=UTC)


def test_without_a_title_the_first_heading_is_taken_out_as_one() -> None:
    found = parse_markdown("# It *flew*\n\nAnd landed.\n\n# More\n", PATH)
    assert found.title == "It flew"
    assert normalise_text(found.text) == "And landed.\n\nMore"


def test_a_heading_stays_where_there_is_a_title() -> None:
    found = parse_markdown("---\ntitle: It flew\n---\n# Details\n\nIt landed.", PATH)
    assert (found.title, normalise_text(found.text)) == ("It flew", "Details\n\nIt landed.")


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("It **really** _flew_ `now`, ~~not~~ [here](https://x.example 'y').", "It really flew now, not here."),
        ("One line\nis wrapped.\n\nAnother.", "One line is wrapped.\n\nAnother."),
        ("A hard\\\nbreak", "A hard\nbreak"),
        ("Tea &amp; 5 &lt; 6 \\* 7", "Tea & 5 < 6 * 7"),
        ("![A rocket](r.png)\n\nIt flew <br> off.\n\n<div>raw</div>", "It flew off."),
        ("- one\n- two\n\n3. three\n4. four\n\nEnd.", "• one\n• two\n\n3. three\n4. four\n\nEnd."),
        ("- loose\n\n- list\n\nEnd.", "• loose\n\n• list\n\nEnd."),
        ("- one\n  - inner\n- two", "• one\n• inner\n\n• two"),
        ("> He said so.\n\nYes.", "He said so.\n\nYes."),
        ("| a | b |\n|---|---|\n| 1 | 2 |\n\nEnd.", "a b\n1 2\n\nEnd."),
        ("```\ncode here\n```\nEnd.", "code here\n\nEnd."),
        ("One.\n\n---\n\nTwo.", "One.\n\nTwo."),
        ("---\n---\nNo front matter in there.", "No front matter in there."),
    ],
)
def test_markup_becomes_what_a_reader_sees(source: str, expected: str) -> None:
    assert text_of(source) == expected


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("---\ntitle: a\nb: [1, 2\n---\nText", "a.md:4: the front matter is not YAML: "),
        ("---\njust words\n---\nText", 'a.md:1: the front matter must consist of lines such as "title: ..."'),
        ("---\ndate: 2022-99-99\n---\nText", "a.md:1: the front matter is not YAML: month must be in 1..12"),
    ],
)
def test_bad_front_matter_is_named(source: str, expected: str) -> None:
    with pytest.raises(UnreadableSourceError) as caught:
        parse_markdown(source, PATH)
    assert str(caught.value).startswith(expected)


def test_a_date_that_is_none_is_refused() -> None:
    with pytest.raises(ValueError, match="'spring' is no date"):
        parse_markdown("---\ndate: spring\n---\nText", PATH)
