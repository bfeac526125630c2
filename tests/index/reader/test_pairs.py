import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tokenizers import Tokenizer

from index.encoder.weights import packaged_file
from index.reader.pairs import MAX_TITLE_CHARS, MAX_TOKENS, Pair, encode_pair, encode_pairs, open_tokenizer

CLS, SEP = 101, 102
QUESTION = "Who landed the probe?"
LONG = "The probe landed softly. " * 100


def shown(tokenizer: Tokenizer, pair: Pair, passage: str) -> list[tuple[str, str]]:
    """Return every token of the passage with the characters that it stands for."""
    return [
        (str(tokenizer.id_to_token(token)).removeprefix("##"), passage[start:end])
        for token, (start, end) in zip(pair.ids, pair.offsets, strict=True)
        if end > start
    ]


def bare(text: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFD", text.lower()) if not unicodedata.combining(c))


@pytest.mark.parametrize("title", ["", "Landing: Tern’s día 🚀", "T" * 300])
def test_offsets_point_to_the_characters_of_the_passage(tokenizer: Tokenizer, title: str) -> None:
    passage = "It reboosted: “Tern” flew to São Tomé — twice. Ångström!"
    pairs = shown(tokenizer, encode_pair(tokenizer, QUESTION, title, passage), passage)
    assert [token for token, _ in pairs] == [bare(characters) for _, characters in pairs]
    assert "".join(characters for _, characters in pairs) == passage.replace(" ", "")


@given(st.text(max_size=30), st.text(max_size=60))
def test_offsets_lie_in_order_within_the_passage(title: str, passage: str) -> None:
    pair = encode_pair(_tokenizer, QUESTION, title, passage)
    ranges = [(start, end) for start, end in pair.offsets if end > start]
    assert ranges == sorted(ranges)
    assert all(0 <= start < end <= len(passage) for start, end in ranges)
    assert len(pair.ids) == len(pair.types) == len(pair.offsets) <= MAX_TOKENS


def test_question_title_and_separators_have_no_place_in_the_passage(tokenizer: Tokenizer) -> None:
    pair = encode_pair(tokenizer, "Who?", "Who", "Who.")
    assert [tokenizer.id_to_token(token) for token in pair.ids] == [
        "[CLS]", "who", "?", "[SEP]", "who", ":", "who", ".", "[SEP]",
    ]  # fmt: skip
    assert list(pair.types) == [0, 0, 0, 0, 1, 1, 1, 1, 1]
    assert pair.offsets == [(0, 0)] * 6 + [(0, 3), (3, 4), (0, 0)]


def test_only_the_passage_is_cut(tokenizer: Tokenizer) -> None:
    short = encode_pair(tokenizer, QUESTION, "A title", "The probe landed softly.")
    long = encode_pair(tokenizer, QUESTION, "A title", LONG)
    assert len(long.ids) == MAX_TOKENS
    assert long.ids[-1] == SEP
    assert long.ids[: len(short.ids) - 1] == short.ids[:-1]
    covered = [(start, end) for start, end in long.offsets if end > start]
    assert covered[0] == (0, 3)
    assert len(covered) == MAX_TOKENS - (len(short.ids) - 5)


def test_a_long_title_leaves_room_for_the_passage(tokenizer: Tokenizer) -> None:
    pair = encode_pair(tokenizer, QUESTION, "orbit " * 99, "It flew.")
    assert sum(token == tokenizer.token_to_id("orbit") for token in pair.ids) == MAX_TITLE_CHARS // 6
    assert shown(tokenizer, pair, "It flew.") == [("it", "It"), ("flew", "flew"), (".", ".")]


def test_many_are_tokenised_as_one_is(tokenizer: Tokenizer) -> None:
    items = [(QUESTION, "A title", "It flew."), ("Why?", "", LONG), ("When?", "T", "")]
    assert encode_pairs(tokenizer, items) == [encode_pair(tokenizer, *item) for item in items]


def test_the_length_can_be_set() -> None:
    short = open_tokenizer(str(packaged_file("tokenizer.json")), max_tokens=40)
    assert len(encode_pair(short, QUESTION, "", LONG).ids) == 40


_tokenizer = open_tokenizer(str(packaged_file("tokenizer.json")))
