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

    The sentence before comes first, since it usually names what "it" and "they" are, then the one after.

    Raises:
        QuoteMismatchError: The offsets do not fit the text; nothing that is not verbatim is ever shown.
    """
    sentences = found.passage.sentences
    at = sentences.index(choice.sentence)
    span = choice.sentence
    if at > 0:
        span = _grown(span, Span(sentences[at - 1].start_char, span.end_char), found.text)
    if at + 1 < len(sentences):
        span = _grown(span, Span(span.start_char, sentences[at + 1].end_char), found.text)
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


def _grown(span: Span, wider: Span, text: str) -> Span:
    """Return the wider span where it is short enough and stays in one paragraph."""
    short = wider.end_char - wider.start_char <= QUOTE_MAX_CHARS
    return wider if short and "\n\n" not in wider.of(text) else span
