"""Letting people in as their server chose.

Owns which cooldowns hold where somebody asks; counting is bot/admission.py's. All who answer people share one.
"""

from bot import policy
from bot.admission import Admission, Cost
from bot.discord.servers import Servers


class Admitting:
    """Counts questions and looks, in memory; nothing is waited for."""

    def __init__(self, servers: Servers) -> None:
        """Take what each server chose."""
        self._servers = servers
        self._admission = Admission()

    def admit_question(self, user_id: int, guild_id: int | None) -> None:
        """Count a question.

        Raises:
            WaitError: The person or the server asked too often.
        """
        self._admission.admit(user_id, guild_id, policy.cooldowns(self._servers.settings(guild_id)))

    def check_question(self, user_id: int, guild_id: int | None) -> None:
        """Complain as ``admit_question`` would, and count nothing.

        Raises:
            WaitError: The person or the server asked too often.
        """
        self._admission.check(user_id, guild_id, policy.cooldowns(self._servers.settings(guild_id)))

    def may_ask(self, user_id: int, guild_id: int | None) -> bool:
        """Tell whether a question could be counted now, where nobody is told of it."""
        return self._admission.may(user_id, guild_id, policy.cooldowns(self._servers.settings(guild_id)))

    def admit_look(self, user_id: int, guild_id: int | None) -> None:
        """Count a look: at a list, at an article, or at what is behind a button.

        Raises:
            WaitError: The person or the server looked too often.
        """
        self._admission.admit(user_id, guild_id, policy.cooldowns(self._servers.settings(guild_id)), Cost.LOOK)
