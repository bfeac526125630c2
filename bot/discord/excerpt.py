"""The part of a quote that a card has room for, still made of slices of the quote.

Owns where to cut: the answering sentence stays whole as long as it fits, otherwise the answer does. Writes no markdown.
"""

from collections.abc import Callable
from dataclasses import dataclass

from bot.discord.limits import largest
from corpus import Span
from index.answer import Quote

_WORD_MAX_CHARS = 30

Range = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Excerpt:
    """A stretch of a quote in five parts that follow each other.

    Attributes:
        before: What stands before the answering sentence.
        lead: What the answering sentence begins with, or the part of it that is left.
        answer: The answering words in it.
        rest: How the sentence ends.
        after: What stands after it.
        cut_before: Whether something was cut off in front.
        cut_after: Whether something was cut off behind.
    """

    before: str
    lead: str
    answer: str
    rest: str
    after: str
    cut_before: bool
    cut_after: bool


def excerpt(quote: Quote, fits: Callable[[Excerpt], bool]) -> Excerpt:
    """Return the largest stretch of ``quote`` around its answer that fits."""
    sentence, answer = _inside(quote, quote.sentence), _inside(quote, quote.answer)
    whole = _stretch(quote.text, sentence, answer, (0, len(quote.text)))
    if fits(whole):
        return whole
    for core in (sentence, answer):
        if fits(_around(quote.text, sentence, answer, core, 0)):
            break
    else:
        core = answer[0], answer[0]
    n_chars = largest(len(quote.text), lambda n: fits(_around(quote.text, sentence, answer, core, n)))
    return _around(quote.text, sentence, answer, core, n_chars)


def _inside(quote: Quote, span: Span) -> Range:
    return span.start_char - quote.span.start_char, span.end_char - quote.span.start_char


def _around(text: str, sentence: Range, answer: Range, core: Range, n_chars: int) -> Excerpt:
    """Return ``core`` with up to ``n_chars`` on either side, cut between words where one ends nearby."""
    start = max(0, core[0] - n_chars)
    end = min(len(text), core[1] + n_chars)
    if start > 0 and not text[start - 1].isspace():
        words = range(start, min(core[0], start + _WORD_MAX_CHARS))
        start = next((at + 1 for at in words if text[at].isspace()), start)
    if end < len(text) and not text[end].isspace():
        words = range(end, max(core[1], end - _WORD_MAX_CHARS), -1)
        end = next((at - 1 for at in words if text[at - 1].isspace()), end)
    return _stretch(text, sentence, answer, (start, end))


def _stretch(text: str, sentence: Range, answer: Range, kept: Range) -> Excerpt:
    start, end = kept
    bold_start = min(max(sentence[0], start), end)
    bold_end = max(min(sentence[1], end), bold_start)
    answer_start = min(max(answer[0], bold_start), bold_end)
    answer_end = max(min(answer[1], bold_end), answer_start)
    return Excerpt(
        before=text[start:bold_start],
        lead=text[bold_start:answer_start],
        answer=text[answer_start:answer_end],
        rest=text[answer_end:bold_end],
        after=text[bold_end:end],
        cut_before=start > 0,
        cut_after=end < len(text),
    )
