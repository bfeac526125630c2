"""The reader's vocabulary: the tokens that news and questions are made of.

Owns which tokens of the first weights are kept. A third of a small reader is its word embeddings, most of them for
words that it never meets; a word without a token of its own is spelt with shorter ones.
"""

import unicodedata
from collections import Counter
from collections.abc import Iterable

from tokenizers import Tokenizer
from tokenizers.models import WordPiece
from tokenizers.processors import BertProcessing

SPECIAL = ("[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]")
LATIN_END = "\u0250"
"""Letters from here on are of other scripts."""


def frequent_tokens(tokenizer: Tokenizer, texts: Iterable[tuple[str, float]], size: int) -> list[str]:
    """Choose the tokens that are kept: special ones, Latin letters, digits and signs, and the most frequent others.

    Args:
        tokenizer: With the whole vocabulary.
        texts: Texts, and what a token in them counts.
        size: So many tokens at most, or those that always stay.

    Returns:
        The tokens, in the order of the whole vocabulary.
    """
    numbers = tokenizer.get_vocab()
    counts: Counter[str] = Counter()
    for text, weight in texts:
        for token in tokenizer.encode(text, add_special_tokens=False).tokens:
            counts[token] += weight  # type: ignore[assignment]  # typeshed has whole numbers only
    kept = {token for token in numbers if token in SPECIAL or _character(token)}
    for token, _ in sorted(counts.items(), key=lambda counted: (-counted[1], numbers[counted[0]])):
        if len(kept) >= size:
            break
        kept.add(token)
    return sorted(kept, key=numbers.__getitem__)


def with_vocabulary(tokenizer: Tokenizer, tokens: list[str]) -> Tokenizer:
    """Return a tokenizer that cuts text as another one does, with some of its tokens, numbered in their order."""
    numbers = {token: number for number, token in enumerate(tokens)}
    smaller = Tokenizer(WordPiece(numbers, unk_token="[UNK]", max_input_chars_per_word=100))
    smaller.normalizer = tokenizer.normalizer
    smaller.pre_tokenizer = tokenizer.pre_tokenizer
    smaller.decoder = tokenizer.decoder
    smaller.post_processor = BertProcessing(("[SEP]", numbers["[SEP]"]), ("[CLS]", numbers["[CLS]"]))
    smaller.add_special_tokens(list(SPECIAL))
    return smaller


def _character(token: str) -> bool:
    """Tell whether it is a character that words are spelt with: one that is missing makes its whole word unknown."""
    character = token.removeprefix("##")
    return len(character) == 1 and (character < LATIN_END or not unicodedata.category(character).startswith("L"))
