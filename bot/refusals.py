"""How what was found is called where it does not answer, the same in every place that shows it.

Owns these words; why a question is refused is said by the refusal's own reason.
"""

from bot.messages import message
from index.answer import Refusal

NEAREST = message("Not an answer, but the nearest passage")
NEWEST = message("Not an answer, but the newest that was found")


def not_an_answer(refusal: Refusal) -> str:
    """Return what stands above the passage that a refusal shows."""
    return NEWEST if refusal is Refusal.OLDER else NEAREST
