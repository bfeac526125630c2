"""Escaped text shows as it was written and does nothing."""

import pytest
from hypothesis import given

from bot.discord.escape import escape, plain
from tests.bot.discord.rendering import HIDDEN, LIVE, seen
from tests.bot.discord.strategies import any_text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The probe left at 12:30:00 - as planned.", "The probe left at 12:30:00 - as planned."),
        ("**not bold**", r"\*\*not bold\*\*"),
        ("snake_case", r"snake\_case"),
        ("[NASA](https://evil.example)", r"\[NASA\](https\://evil.example)"),
        ("||spoiler||", r"\|\|spoiler\|\|"),
        ("a|b", "a|b"),
        ("~3 km", "~3 km"),
        ("~~gone~~", r"\~\~gone\~\~"),
        ("# heading", r"\# heading"),
        ("text\n- item\n  - inner", "text\n\\- item\n  \\- inner"),
        ("1. first", r"1\. first"),
        ("1.5 km", "1.5 km"),
        ("> quote", r"\> quote"),
        (">>> quote", r"\>>> quote"),
        ("-# small", r"\-# small"),
        ("```x```", r"\`\`\`x\`\`\`"),
        (":rocket:", r"\:rocket:"),
        ("discord.gg/abc", "discord.\u200bgg/abc"),
        ("@everyone", "@\u200beveryone"),
        ("press@orbit.example", "press@orbit.example"),
        ("<@1>", "<\u200b@\u200b1>"),
        ("<#1>", "<\u200b#1>"),
        ("</ask:1>", "<\u200b/ask:1>"),
        ("<t:0:R>", "<\u200bt\\:0:R>"),
        ("a < b", "a < b"),
        ("\u202eevil\u202c", "evil"),
        ("@\u200beveryone", "@\u200beveryone"),
        ("a\u2028# b", "a\n\\# b"),
        ("\U0001f469\u200d\U0001f680", "\U0001f469\u200d\U0001f680"),
        ("\ud800", "\ufffd"),
    ],
)
def test_escape(text: str, expected: str) -> None:
    assert escape(text) == expected


def test_plain_is_one_line_without_backslashes() -> None:
    assert plain("What_about\n @here?\u202e") == "What_about @\u200bhere?"


@given(any_text)
def test_nothing_stays_live_or_hidden(text: str) -> None:
    for copy in (escape(text), plain(text)):
        assert not LIVE.search(copy)
        assert not HIDDEN.search(copy)
        copy.encode("utf-8")


@given(any_text)
def test_no_markup_stays_unescaped(text: str) -> None:
    left = escape(text).replace("\\\\", "")

    for mark in ("*", "_", "`", "[", "]"):
        assert left.count(mark) == left.count("\\" + mark)
    assert "||" not in left
    assert "~~" not in left
    assert left.count("://") == left.count("\\://")


@given(any_text)
def test_a_person_sees_what_was_written(text: str) -> None:
    ascii_text = "".join(character for character in text if character == "\n" or " " <= character <= "~")

    assert seen(escape(ascii_text)) == ascii_text
