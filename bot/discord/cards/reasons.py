"""Why a question is refused, in the reader's language.

Owns the other languages only: in English it is the refusal's own reason, word for word.
"""

from bot.messages import message
from bot.translations import Say
from bot.translations.catalogue import ENGLISH_CODE
from index.answer import NoAnswer, Refusal

REASONS = {
    Refusal.FILTERED_OUT: message("No article in the corpus has such a date, source and language."),
    Refusal.NOTHING_FOUND: message("I found nothing about that in the corpus."),
    Refusal.NOTHING_ON_TOPIC: message("I found nothing on that topic in the corpus."),
    Refusal.NO_ANSWER_IN_TOPIC: message("I found articles on the topic, but none that answers the question."),
    Refusal.OLDER: message("I found only older news."),
}
_OLDER_THAN = message(
    "I found only older news: the newest is of {day}, and you asked about “{words}”, from {start} on."
)


def why(refusal: NoAnswer, say: Say) -> str:
    """Return why a question is refused."""
    if say.language == ENGLISH_CODE:
        return refusal.reason
    published_at = refusal.nearest.article.published_at if refusal.nearest else None
    if refusal.refusal is not Refusal.OLDER or refusal.explanation is None or published_at is None:
        return say(REASONS[refusal.refusal])
    when = refusal.explanation.when
    return say(_OLDER_THAN, day=f"{published_at:%Y-%m-%d}", words=when.words, start=f"{when.start:%Y-%m-%d}")
