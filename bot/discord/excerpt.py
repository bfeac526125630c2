"""The part of a quote that a card has room for, still made of slices of the quote.

Owns where to cut: the answering sentence stays whole as long as it fits, otherwise the answer does. Writes no markdown.
"""

from collections.abc import Callable
from dataclasses import dataclass

from bot.discord.limits import largest
from index.answer import Quote

_WORD_MAX_CHARS = 30


@dataclass(frozen=True, slots=True)
class Excerpt:
    """A stretch of a quote in three parts that follow each other.

    Attributes:
        before: What stands before the answering sentence.
        sentence: The answering sentence, or the part of it that is left.
        after: What stands after it.
        cut_before: Whether something was cut off in front.
        cut_after: Whether something was cut off behind.
    """

    before: str
    sentence: str
    after: str
    cut_before: bool
    cut_after: bool


def excerpt(quote: Quote, fits: Callable[[Excerpt], bool]) -> Excerpt:
    """Return the largest stretch of ``quote`` around its answer that fits."""
    sentence = _inside(quote, quote.sentence.start_char), _inside(quote, quote.sentence.end_char)
    answer = _inside(quote, quote.answer.start_char), _inside(quote, quote.answer.end_char)
    whole = _stretch(quote.text, sentence, (0, len(quote.text)))
    if fits(whole):
        return whole
    for core in (sentence, answer):
        if fits(_around(quote.text, sentence, core, 0)):
            break
    else:
        core = answer[0], answer[0]
    n_chars = largest(len(quote.text), lambda n: fits(_around(quote.text, sentence, core, n)))
    return _around(quote.text, sentence, core, n_chars)


def _inside(quote: Quote, char: int) -> int:
    return char - quote.span.start_char


def _around(text: str, sentence: tuple[int, int], core: tuple[int, int], n_chars: int) -> Excerpt:
    """Return ``core`` with up to ``n_chars`` on either side, cut between words where one ends nearby."""
    start = max(0, core[0] - n_chars)
    end = min(len(text), core[1] + n_chars)
    if start > 0 and not text[start - 1].isspace():
        words = range(start, min(core[0], start + _WORD_MAX_CHARS))
        start = next((at + 1 for at in words if text[at].isspace()), start)
    if end < len(text) and not text[end].isspace():
        words = range(end, max(core[1], end - _WORD_MAX_CHARS), -1)
        end = next((at - 1 for at in words if text[at - 1].isspace()), end)
    return _stretch(text, sentence, (start, end))


def _stretch(text: str, sentence: tuple[int, int], kept: tuple[int, int]) -> Excerpt:
    start, end = kept
    bold_start = min(max(sentence[0], start), end)
    bold_end = max(min(sentence[1], end), bold_start)
    return Excerpt(
        before=text[start:bold_start],
        sentence=text[bold_start:bold_end],
        after=text[bold_end:end],
        cut_before=start > 0,
        cut_after=end < len(text),
    )
