"""What the bot shows: answers, refusals, timelines and lists, with their buttons.

Pure but for the buttons: from values to messages that fit Discord's limits and mention nobody. Decides nothing about
what is an answer.
"""

from typing import Final

from bot.discord.cards.answer import answer_card
from bot.discord.cards.buttons import answer_rows
from bot.discord.cards.context import quoted
from bot.discord.cards.shown import Shown
from bot.kinds import Kinds
from bot.translations import Say
from index.answer import Answer, NoAnswer

NO_KINDS: Final[Kinds] = {}


def answer_shown(
    result: Answer | NoAnswer,
    *,
    answer_id: str,
    say: Say,
    kinds: Kinds = NO_KINDS,
    private: bool = False,
    dated: bool = False,
) -> Shown:
    """Return an answer or a refusal with its buttons, in both of its forms.

    Args:
        result: What was found.
        answer_id: What it is kept under; its buttons carry it.
        say: Speaks to who reads it.
        kinds: Who speaks in its articles.
        private: Whether only the asker sees it, who may then share it.
        dated: Whether it says first who reported it first, and when.
    """
    has_quotes = bool(quoted(result))
    card = answer_card(result, say, kinds, dated=dated)
    return Shown(card, lambda: answer_rows(answer_id, say, quotes=has_quotes, private=private))
