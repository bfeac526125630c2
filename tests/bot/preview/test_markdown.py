"""Markdown: read as Discord reads it, and never more than text."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.discord.escape import escape, plain
from bot.preview.markdown import markdown
from bot.preview.markup import fit, write
from tests.bot.discord.strategies import HOSTILE, any_text, long_text
from tests.bot.preview.reading import problems, shown

MARKS = [
    *HOSTILE,
    "<b>",
    "</div>",
    "<script>alert(1)</script>",
    "&amp;",
    "&#x3c;",
    '"',
    "'",
    "<!--",
    "]]>",
    "javascript:alert(1)",
]
marked_text = st.lists(st.sampled_from(MARKS), max_size=30).map("".join)
NEW_TAB = 'target="_blank" rel="noopener noreferrer nofollow"'


def words(text: str) -> list[str]:
    return fit(text).replace("\u200b", "").split()


def written(text: str) -> str:
    return write(*markdown(text))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("**a** *b* _c_ __d__ ~~e~~", "<strong>a</strong> <em>b</em> <em>c</em> <u>d</u> <s>e</s>"),
        ("***a***", "<strong><em>a</em></strong>"),
        ("**a __b__ c**", "<strong>a <u>b</u> c</strong>"),
        ("snake_case_name * 2 * 3", "snake_case_name * 2 * 3"),
        (r"\*a\* \_b\_ \# \\", r"*a* _b_ # " + "\\"),
        ("`a **b** <i>`", "<code>a **b** &lt;i&gt;</code>"),
        ("``a`b``", "<code>a`b</code>"),
        ("```py\nx < 1\n```", '<pre tabindex="0"><code>x &lt; 1</code></pre>'),
        ("# a\n## b\n### c\n#### d", "<h3>a</h3><h4>b</h4><h5>c</h5>#### d"),
        ("-# small *b*\nc", "<small>small <em>b</em></small>c"),
        ("- a\n- b\n  - c\n- d", "<ul><li>a</li><li>b<ul><li>c</li></ul></li><li>d</li></ul>"),
        ("3. a\n4. b", '<ol start="3"><li>a</li><li>b</li></ol>'),
        ("> a\n> b\nc", "<blockquote>a\nb</blockquote>c"),
        (">a", "&gt;a"),
        (">>> a\nb", "<blockquote>a\nb</blockquote>"),
        ("> > a", "<blockquote>&gt; a</blockquote>"),
        ("a > b - c # d", "a &gt; b - c # d"),
        ("1\nb", "1\nb"),
    ],
)
def test_it_reads_as_discord_does(text: str, expected: str) -> None:
    assert written(text) == expected


def test_a_spoiler_is_a_button() -> None:
    button = '<span class="spoiler" role="button" tabindex="0" aria-expanded="false">'
    assert written("||a **b**||") == f"{button}<span>a <strong>b</strong></span></span>"


def test_masked_links_open_beside_the_page() -> None:
    link = f'<a href="https://a.example/x_(y)?q=1#:~:text=a,b" {NEW_TAB}>see [1]</a>'
    assert written(r"[see \[1\]](https://a.example/x_(y)?q=1#:~:text=a,b)") == link


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "data:text/html,x", "/etc", "ftp://a.example", "attachment://a"]
)
def test_only_web_links_are_links(url: str) -> None:
    assert written(f"[a]({url}) <{url}>") == f"[a]({url}) &lt;{url}&gt;"


def test_bare_links_end_before_the_full_stop() -> None:
    link = f'<a href="https://a.example/b" {NEW_TAB}>https://a.example/b</a>'
    assert written("See https://a.example/b.") == f"See {link}."
    assert written("<https://a.example/b>") == link


def test_a_link_holds_no_link() -> None:
    assert (
        written("[https://a.example](https://b.example)")
        == f'<a href="https://b.example" {NEW_TAB}>https://a.example</a>'
    )


def test_times_carry_their_moment_and_their_form() -> None:
    assert written("<t:1936000000:R>") == (
        '<time datetime="2031-05-08T09:46:40Z" data-form="R">2031-05-08 09:46 UTC</time>'
    )
    assert 'data-form="f"' in written("<t:0>")
    assert written("<t:99999999999999999:R>") == "&lt;t:99999999999999999:R&gt;"


def test_mentions_are_names() -> None:
    names = {"@1": "space-news", "&5": "Maintainers", "#4": "news"}
    nodes = markdown("<@1> <@!1> <@&5> <#4> </ask:9> <:rocket:7> <@8>", names)

    assert shown(*nodes) == "@space-news @space-news @Maintainers #news /ask :rocket: @unknown"


def test_deep_nesting_stays_text() -> None:
    assert shown(*markdown("**__" * 40 + "a" + "__**" * 40)).strip("*_") == "a"


@pytest.mark.timeout(10)
@pytest.mark.parametrize(
    "piece",
    [
        "*",
        "_",
        "~~a",
        "||",
        "**a__b",
        "[a",
        "`",
        "> ",
        "- a\n",
        "*a ",
        "_ ",
        "\\",
        "1. ",
        "  ",
        "<t:",
        "[a](",
        "**__||~~",
    ],
)
def test_no_text_takes_long(piece: str) -> None:
    assert shown(*markdown(piece * 4000)) is not None


@settings(max_examples=100, deadline=None)
@given(st.one_of(any_text, marked_text, long_text))
def test_no_text_becomes_markup(text: str) -> None:
    assert problems(*markdown(text)) == []


@settings(max_examples=100, deadline=None)
@given(st.one_of(any_text, marked_text))
def test_what_the_bot_escapes_is_shown_as_it_was_written(text: str) -> None:
    escaped = escape(text)

    nodes = markdown(escaped)

    assert all(isinstance(node, str) for node in nodes), escaped
    assert words("".join(nodes)) == words(plain(text))
