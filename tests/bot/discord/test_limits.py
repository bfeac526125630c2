"""Counting and cutting."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.discord.escape import escape
from bot.discord.limits import cut, largest, take_lines, units
from tests.bot.discord.strategies import long_text


def test_units_are_those_of_utf_16() -> None:
    assert units("a🚀") == 3 == len("a🚀".encode("utf-16-le")) // 2


@given(st.integers(0, 1000), st.integers(0, 1000))
def test_largest_finds_the_threshold(n_max: int, threshold: int) -> None:
    assert largest(n_max, lambda n: n <= threshold) == min(n_max, threshold)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("short", "short"),
        ("a longer text", r"a \[…\]"),
        ("Gone. Far from it.", r"Gone. \[…\]"),
        ("A. longer text", r"A. \[…\]"),
        ("word" * 9, r"wordwo \[…\]"),
    ],
)
def test_cut(text: str, expected: str) -> None:
    assert cut(text, 12, escape) == expected


@given(long_text, st.integers(20, 300))
def test_a_cut_fits(text: str, max_units: int) -> None:
    assert units(cut(text, max_units, escape)) <= max_units


def test_lines_that_find_no_room_are_counted() -> None:
    assert take_lines(["one", "two", "three"], 8) == ("one\ntwo", 1)
