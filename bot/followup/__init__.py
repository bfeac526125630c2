"""Questions that lean on the answer before them: "and before that?", "who said so?", "what about Falcon 9?".

Owns reading them by rules that can be read: from what was asked and what was shown to a whole question. Pure: it knows
neither Discord nor what is kept, and searches nothing.
"""

from bot.followup.readings import Again, Previous, Quoted, Reading, Remark, StandsAlone, Unclear, WhoSaid
from bot.followup.rules import is_remark, read_message

__all__ = [
    "Again",
    "Previous",
    "Quoted",
    "Reading",
    "Remark",
    "StandsAlone",
    "Unclear",
    "WhoSaid",
    "is_remark",
    "read_message",
]
