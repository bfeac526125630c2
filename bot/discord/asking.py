"""How every question travels through Discord: it is asked, kept, and shown.

Owns that order, and the limits that hold before it begins. Commands, messages, menus and follow-ups all come here; where
the answer goes is delivery.py's, what it looks like is cards.py's.
"""

import logging
from dataclasses import dataclass
from datetime import datetime

from bot.discord.delivery import Destination
from index.answer import NO_FILTERS, Filters

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Wanted:
    """A question with all that its answer depends on.

    Attributes:
        question: What is asked, in full.
        asked_at: The moment that counts as now (aware, UTC).
        user_id: Who asks.
        guild_id: In which server, or None in a direct message.
        channel_id: Where.
        locale: The language of the one who asks, as Discord writes it.
        filters: What citations must meet.
        private: Whether only the one who asks sees the answer.
        previous_id: The answer that it follows up on.
    """

    question: str
    asked_at: datetime
    user_id: int
    guild_id: int | None
    channel_id: int | None
    locale: str = ""
    filters: Filters = NO_FILTERS
    private: bool = False
    previous_id: str | None = None


class Asking:
    """Answers questions, wherever in Discord they come from."""

    async def answer(self, wanted: Wanted, where: Destination) -> None:
        """Ask, keep and show; whatever goes wrong is told to the one who asked, and nothing is raised."""
        raise NotImplementedError
