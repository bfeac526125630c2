import pytest
from tokenizers import Tokenizer

from index.encoder.weights import packaged_file
from index.reader.vocabulary import SPECIAL, frequent_tokens, with_vocabulary

TEXTS = [("The probe probe burned xenon.", 1.0), ("An outpost fell.", 5.0)]


@pytest.fixture(scope="module")
def whole() -> Tokenizer:
    tokenizer: Tokenizer = Tokenizer.from_file(str(packaged_file("tokenizer.json")))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    return tokenizer


def words(tokens: list[str]) -> set[str]:
    return {token for token in tokens if len(token.removeprefix("##")) > 1 and token not in SPECIAL}


def test_the_most_frequent_tokens_are_kept(whole: Tokenizer) -> None:
    letters = len(frequent_tokens(whole, [], 0))
    assert words(frequent_tokens(whole, TEXTS, letters + 3)) == {"an", "outpost", "fell"}
    assert words(frequent_tokens(whole, TEXTS, letters + 4)) == {"an", "outpost", "fell", "probe"}


def test_the_order_is_that_of_the_whole_vocabulary(whole: Tokenizer) -> None:
    tokens = frequent_tokens(whole, TEXTS, 10_000)
    numbers = whole.get_vocab()
    assert tokens == sorted(tokens, key=numbers.__getitem__)
    assert tokens[:5] == list(SPECIAL)  # the padding is number 0


def test_any_word_is_spelt_with_what_is_kept(whole: Tokenizer) -> None:
    smaller = with_vocabulary(whole, frequent_tokens(whole, TEXTS, 10_000))
    pair = smaller.encode("Probe", "The zeppelin fell, naïvely.")
    assert "[UNK]" not in pair.tokens
    assert pair.tokens[:4] == ["[CLS]", "probe", "[SEP]", "the"]
    assert pair.type_ids == [0, 0, 0] + [1] * (len(pair.tokens) - 3)
    assert "".join(token.removeprefix("##") for token in pair.tokens[4:12]) == "zeppelin"
    assert pair.offsets[4:12] == [(at, at + 1) for at in range(4, 12)]


@pytest.mark.parametrize("word", ["Starlink™", "H₂O", "5×10⁶", "≈7", "naïve", "12°", "€", "“so”"])
def test_a_sign_does_not_make_its_word_unknown(whole: Tokenizer, word: str) -> None:
    smaller = with_vocabulary(whole, frequent_tokens(whole, TEXTS, 0))
    assert "[UNK]" not in smaller.encode(word).tokens


def test_with_every_token_text_is_cut_as_before(whole: Tokenizer) -> None:
    numbers = whole.get_vocab()
    same = with_vocabulary(whole, sorted(numbers, key=numbers.__getitem__))
    text = "Rogozin's Soyuz MS-22 leaked 1.7 kg — twice (naïvely)!"
    assert same.encode("who?", text).ids == whole.encode("who?", text).ids
