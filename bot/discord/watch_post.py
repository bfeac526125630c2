"""What a watch posts.

Owns the words around the quotes; how quotes look is the cards'.
"""

import discord

from bot.discord.cards import ANSWER_COLOUR, card
from bot.discord.delivery import Shown
from bot.discord.escape import escape, plain
from bot.discord.limits import AUTHOR_MAX_UNITS, cut
from bot.messages import message
from bot.state.watch import Pause, Watch
from bot.translations import Say
from index.answer import Answer

QUESTION_MAX_UNITS = 300
WHY_PAUSED = {
    Pause.BY_HAND: message("paused by hand"),
    Pause.CHANNEL_GONE: message("its channel is gone"),
    Pause.NOT_ALLOWED: message("it may not post there"),
}


def watch_post(watch: Watch, answer: Answer | None, n_more: int, say: Say) -> Shown:
    """Return a message with news, with a count of what it does not show, or with that alone.

    Args:
        watch: Whose news it is.
        answer: What is shown.
        n_more: How many further stories are only counted.
        say: Says it in the server's language.
    """
    embeds = card(answer) if answer else []
    if n_more:
        embeds.append(discord.Embed(description=_more(watch, n_more, say), colour=ANSWER_COLOUR))
    if not answer:
        embeds[0].set_author(name=cut(watch.question, AUTHOR_MAX_UNITS, plain))
    return Shown(watch.question, None, embeds)


def paused_sentence(watch: Watch, why: Pause, say: Say) -> str:
    """Return what the maker of a watch is told when it cannot post."""
    return say(
        "Your watch “{question}” is paused: {why}. Mend that and use `/watch resume`, or `/watch remove`.",
        question=cut(watch.question, QUESTION_MAX_UNITS, escape),
        why=say(WHY_PAUSED[why]),
    )


def _more(watch: Watch, n_more: int, say: Say) -> str:
    return say.plural(
        "and {count} more report: `/ask` “{question}”",
        "and {count} more reports: `/ask` “{question}”",
        count=n_more,
        question=cut(watch.question, QUESTION_MAX_UNITS, escape),
    )
