"""From the chosen sentence to the quote that is shown.

Owns which neighbours of the answering sentence are shown with it. A quote is always one slice of the text.
"""

from corpus import Span
from index.answer import Quote
from index.choice import Choice
from index.generation import Found

QUOTE_MAX_CHARS = 420
"""A quote takes in neighbours up to this length; an answering sentence that is longer stands alone, whole."""


def make_quote(found: Found, choice: Choice) -> Quote:
    """Cut the quote: the answering sentence with the neighbours in its passage that make it readable.

    Its rival comes first, with what stands between, for that may be what answers; then the sentence before, since it
    usually names what "it" and "they" are; then the one after.

    Raises:
        QuoteMismatchError: The offsets do not fit the text; nothing that is not verbatim is ever shown.
    """
    span = _grown(choice.sentence, choice.rival, found.text)
    sentences = found.passage.sentences
    before = next((one for one in reversed(sentences) if one.start_char < span.start_char), None)
    span = _grown(span, before, found.text)
    after = next((one for one in sentences if one.end_char > span.end_char), None)
    span = _grown(span, after, found.text)
    quote = Quote(
        article_id=found.article.id,
        version=found.passage.version,
        span=span,
        sentence=choice.sentence,
        answer=choice.answer,
        text=span.of(found.text),
    )
    quote.check(found.text)
    return quote


def _grown(span: Span, other: Span | None, text: str) -> Span:
    """Return the span that takes in another one, where it is short enough and stays in one paragraph."""
    if other is None:
        return span
    wider = Span(min(span.start_char, other.start_char), max(span.end_char, other.end_char))
    short = wider.end_char - wider.start_char <= QUOTE_MAX_CHARS
    return wider if short and "\n\n" not in wider.of(text) else span
