"""Numbers: what they mean, and whether two can be the same."""

from math import inf

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.disagreement.numbers import Number, numbers_in


def only(sentence: str) -> Number:
    (number,) = numbers_in(sentence)
    return number


@pytest.mark.parametrize(
    ("sentence", "said", "low", "high", "dimension"),
    [
        ("It burned for 301 seconds.", "301 seconds", 301, 301, "[time]"),
        ("A 301-second burn.", "301-second", 301, 301, "[time]"),
        ("It rose two kilometres.", "two kilometres", 2000, 2000, "[length]"),
        ("It took twenty-one days.", "twenty-one days", 1_814_400, 1_814_400, "[time]"),
        ("It cost $2.9 billion.", "$2.9 billion", 2.851e9, 2.949e9, "dollar"),
        ("It cost 2.9 billion dollars.", "2.9 billion dollars", 2.851e9, 2.949e9, "dollar"),
        ("It lasted six hours and 41 minutes.", "six hours and 41 minutes", 24_060, 24_060, "[time]"),
        ("It lasted six and a half hours.", "six and a half hours", 22_518, 24_282, "[time]"),
        ("It grew by 5 per cent.", "5 per cent", 0.05, 0.05, "dimensionless"),
        ("It fell about 90 metres away.", "90 metres", 81, 99, "[length]"),
        ("It weighs more than 4 tonnes.", "4 tonnes", 4000, inf, "[mass]"),
        ("It weighs less than 4 tons.", "4 tons", -inf, 4000, "[mass]"),
        ("It flew at 36 km/h.", "36 km/h", 10, 10, "[length] / [time]"),
        ("It flew 1,300 km.", "1,300 km", 1_295_100, 1_304_900, "[length]"),
    ],
)
def test_a_measure(sentence: str, said: str, low: float, high: float, dimension: str) -> None:
    number = only(sentence)

    assert number.span.of(sentence) == said
    assert [number.low, number.high] == pytest.approx([low, high])
    assert (number.dimension, number.things) == (dimension, ())


def test_what_is_counted_is_known_by_its_words() -> None:
    assert only("It has 24 Murmur internet satellites in orbit.").things == ("murmur", "internet", "satellit")
    assert only("The first 12 of the 20 satellites flew.").things == ("satellit", "flew")


@pytest.mark.parametrize(
    "sentence",
    [
        "The asteroid 2024 YR4 passed.",
        "The Falcon 9 rocket flew.",
        "One of the rovers moved.",
        "It came second.",
        "0²",
        "",
    ],
)
def test_names_and_ordinals_are_no_numbers(sentence: str) -> None:
    assert numbers_in(sentence) == []


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("It has 301 satellites.", "It has 350 satellites."),
        ("It fell 300 feet away.", "It fell 310 feet away."),
        ("It fell 300 feet away.", "It fell 200 yards away."),
        ("It fell about 300 feet away.", "It fell 400 feet away."),
        ("It lasted more than eight hours.", "It lasted six hours and 41 minutes."),
        ("It cost $2.9 billion.", "It cost $3.1 billion."),
    ],
)
def test_two_that_differ(one: str, other: str) -> None:
    first, second = only(one), only(other)
    assert first.comparable(second)
    assert first.differs(second)
    assert second.differs(first)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("It has 1,300 satellites.", "It has 1.3 thousand satellites."),
        ("It fell 300 feet away.", "It fell 100 yards away."),
        ("It rose 62 miles.", "It rose 100 km."),
        ("It burned for five minutes.", "It burned for 312 seconds."),
        ("It cost $4.27 billion.", "It cost 4.3 billion dollars."),
        ("It burned for about 300 seconds.", "It burned for 320 seconds."),
        ("It has more than 300 members.", "It has 320 members."),
        ("It lasted more than six and a half hours.", "It lasted six hours and 41 minutes."),
        ("It weighs 5 tons.", "It weighs 5 tonnes."),
        ("It has twelve engines.", "It has 12 engines."),
    ],
)
def test_two_ways_to_write_the_same(one: str, other: str) -> None:
    first, second = only(one), only(other)
    assert first.comparable(second)
    assert not first.differs(second)
    assert not second.differs(first)


@pytest.mark.parametrize("constant", ["pi", "inf", "nan", "e"])
def test_a_constant_is_no_unit(constant: str) -> None:
    assert only(f"It has 3 {constant}.").dimension == ""


def test_what_both_do_is_not_what_is_counted() -> None:
    assert not only("It has 3 rockets flying.").comparable(only("It has 20 satellites flying."))
    assert only("It has 24 Murmur satellites.").comparable(only("It has 20 satellites flying."))


def test_unlike_things_do_not_compare() -> None:
    numbers = [only(f"It has {what}.") for what in ("3 rovers", "3 satellites", "3 days", "3 km", "$3", "3 euros")]
    assert [a.comparable(b) for a in numbers for b in numbers if a is not b] == [False] * 30


@given(st.text())
def test_any_text_can_be_read(text: str) -> None:
    for number in numbers_in(text):
        assert number.low <= number.high
        assert number.span.of(text)
