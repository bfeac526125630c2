"""Links to the quoted sentence."""

from urllib.parse import unquote, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.citation_link import is_web_link, source_link

URL = "https://orbit.example/larkspur?page=2"
LONG = (
    "The agency said on Friday that the lander, which left the pad in March, "
    "touched down near the crater Vesna and sent its first picture."
)


def terms(link: str) -> list[str]:
    """Read a text directive the way a browser does."""
    directive = urlsplit(link).fragment.partition(":~:")[2].removeprefix("text=")
    return [unquote(term) for term in directive.split(",")]


def test_short_sentence_is_named_whole() -> None:
    assert source_link(URL, "It touched down.") == f"{URL}#:~:text=It%20touched%20down."


def test_long_sentence_is_named_by_its_ends() -> None:
    link = source_link(URL, LONG)

    assert terms(link) == ["The agency said on Friday", "and sent its first picture."]


def test_characters_with_a_meaning_in_the_directive_are_encoded() -> None:
    link = source_link(URL, "Post-launch, R&D went on.")

    assert link == f"{URL}#:~:text=Post%2Dlaunch%2C%20R%26D%20went%20on."


def test_line_breaks_count_as_spaces() -> None:
    assert terms(source_link(URL, "It touched\n  down.")) == ["It touched down."]


@pytest.mark.parametrize("fragment", ["#crew", "#crew:~:text=old,words"])
def test_fragment_is_kept_and_an_older_directive_replaced(fragment: str) -> None:
    assert source_link(URL + fragment, "Done.") == f"{URL}#crew:~:text=Done."


@pytest.mark.parametrize(
    "url",
    [
        "briefings/fuelling.md",
        "/srv/a.md",
        "file:///srv/a.md",
        "javascript:alert(1)",
        "ftp://a.example/b",
        "http://[",
        "",
    ],
)
def test_what_is_no_web_link_stays_as_it_is(url: str) -> None:
    assert source_link(url, "Done.") == url
    assert not is_web_link(url)


def test_no_sentence_changes_nothing() -> None:
    assert source_link(URL, " \n ") == URL


@given(st.text())
def test_terms_are_the_ends_of_the_sentence(sentence: str) -> None:
    found = terms(source_link(URL, sentence))
    whole = " ".join(sentence.split())

    assert whole.startswith(found[0])
    assert whole.endswith(found[-1])
    assert sum(map(len, found)) <= len(whole)


@given(st.text(alphabet=st.characters(exclude_categories=[])))
def test_directive_holds_only_characters_that_a_url_may_hold(sentence: str) -> None:
    directive = source_link(URL, sentence).removeprefix(URL)

    assert set(directive) <= set("#:~=,%._") | set(map(chr, range(48, 58))) | set(map(chr, range(65, 123)))


@given(st.text(), st.text())
def test_link_differs_from_the_url_in_its_fragment_only(url: str, sentence: str) -> None:
    assert source_link(url, sentence).partition("#")[0] == url.partition("#")[0]
