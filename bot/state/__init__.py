"""What the bot keeps between two questions: answers, the settings of servers, feedback.

Everything lies in ``data/bot.db``. This package knows the corpus and the shape of answers, never Discord.
"""

from bot.state.answers import (
    KeptAnswer,
    answer_of_message,
    attach_message,
    find_answer,
    keep_answer,
    new_answer_id,
    share_answer,
)
from bot.state.feedback import Verdict, give_verdict
from bot.state.guild_settings import GuildSettings, Place, guild_settings, save_guild_settings
from bot.state.state import State

__all__ = [
    "GuildSettings",
    "KeptAnswer",
    "Place",
    "State",
    "Verdict",
    "answer_of_message",
    "attach_message",
    "find_answer",
    "give_verdict",
    "guild_settings",
    "keep_answer",
    "new_answer_id",
    "save_guild_settings",
    "share_answer",
]
