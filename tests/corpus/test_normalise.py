import unicodedata

import pytest
from hypothesis import given

from corpus.normalise import normalise_line, normalise_text
from tests.corpus.texts import raw_texts


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("cafe\u0301", "caf\u00e9"),
        ("one\r\ntwo\rthree", "one\ntwo\nthree"),
        ("one\u2028two\x0bthree\x85four", "one\ntwo\nthree\nfour"),
        ("a\tb", "a b"),
        ("10\u00a0km\u2009east\u3000now", "10 km east now"),
        ("so   many    spaces", "so many spaces"),
        ("  indented  \n  line ", "indented\nline"),
        ("a\n\n\n\n\nb", "a\n\nb"),
        ("a\n \n \t\n b", "a\n\nb"),
        ("\ufeffmark", "mark"),
        ("soft\u00adhyphen", "softhyphen"),
        ("zero\u200bwidth\u200d\u2060", "zerowidth"),
        ("right\u202eto\u2066left\u200f", "righttoleft"),
        ("bell\x07 null\x00 delete\x7f", "bell null delete"),
        ("half \ud83d of a pair", "half of a pair"),
        ("rocket \U0001f680", "rocket \U0001f680"),
        ("hidden \U000e0041\U000e007f tag", "hidden tag"),
        ("\n\n", ""),
    ],
)
def test_each_oddity_is_put_right(raw: str, expected: str) -> None:
    assert normalise_text(raw) == expected


def test_a_line_keeps_its_words_and_loses_its_breaks() -> None:
    assert normalise_line(" NASA \n\n picks\tthree\u00a0firms ") == "NASA picks three firms"


@given(raw_texts)
def test_a_second_time_changes_nothing(raw: str) -> None:
    once = normalise_text(raw)
    assert normalise_text(once) == once


@given(raw_texts)
def test_what_is_left_is_safe_to_count_in(raw: str) -> None:
    text = normalise_text(raw)
    assert unicodedata.is_normalized("NFC", text)
    assert text.encode("utf-8").decode("utf-8") == text
    assert text == text.strip()
    assert "\n\n\n" not in text
    assert not [char for char in text if unicodedata.category(char) in {"Cc", "Cs", "Zl", "Zp"} and char != "\n"]
    assert not [char for char in text if unicodedata.category(char) == "Zs" and char != " "]
    assert not [char for char in text if unicodedata.bidirectional(char) in {"LRE", "RLE", "LRO", "RLO", "PDF"}]
