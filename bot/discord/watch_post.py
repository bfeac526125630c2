"""What a watch posts.

Owns the words around the quotes; how quotes look is the cards'.
"""

from bot.discord.cards.answer import citation_part
from bot.discord.cards.buttons import answer_rows
from bot.discord.cards.card import Card, Part, share_of
from bot.discord.cards.pieces import one_line, words
from bot.discord.cards.shown import Shown
from bot.discord.limits import AUTHOR_MAX_UNITS, cut
from bot.kinds import Kinds
from bot.messages import message
from bot.state.watch import Pause, Watch
from bot.translations import Say
from index.answer import Answer

QUESTION_MAX_UNITS = 300
FOOTER_MAX_UNITS = 200
WHY_PAUSED = {
    Pause.BY_HAND: message("paused by hand"),
    Pause.CHANNEL_GONE: message("its channel is gone"),
    Pause.NOT_ALLOWED: message("it may not post there"),
}


def watch_post(watch: Watch, answer: Answer | None, n_more: int, *, answer_id: str, say: Say, kinds: Kinds) -> Shown:
    """Return a message with news, with a count of what it does not show, or with that alone.

    Args:
        watch: Whose news it is.
        answer: What is shown.
        n_more: How many further stories are only counted.
        answer_id: What the answer is kept under; its buttons carry it.
        say: Speaks to everybody who reads it.
        kinds: Who speaks in its articles.
    """
    heading = words(watch.question, AUTHOR_MAX_UNITS)
    facts = [say("watch {id}", id=watch.watch_id)]
    if answer:
        facts.append(say("generation {name}", name=answer.generation))
    footer = words(" · ".join(facts), FOOTER_MAX_UNITS)
    counted = [Part(text=_more(watch, n_more, say))] if n_more else []
    if answer is None:
        return Shown(Card(heading, tuple(counted), footer))
    share = share_of(heading, footer, len(answer.citations) + len(counted))
    told = [citation_part(citation, share, say, kinds) for citation in answer.citations]
    card = Card(heading, (*told, *counted), footer)
    return Shown(card, lambda: answer_rows(answer_id, say, quotes=True, private=False))


def paused_sentence(watch: Watch, why: Pause, say: Say) -> str:
    """Return what the maker of a watch is told when it cannot post."""
    return say(
        "Your watch “{question}” is paused: {why}. Mend that and use `/watch resume`, or `/watch remove`.",
        question=cut(watch.question, QUESTION_MAX_UNITS, one_line),
        why=say(WHY_PAUSED[why]),
    )


def _more(watch: Watch, n_more: int, say: Say) -> str:
    return say.plural(
        "and {count} more report: `/ask` “{question}”",
        "and {count} more reports: `/ask` “{question}”",
        count=n_more,
        question=cut(watch.question, QUESTION_MAX_UNITS, one_line),
    )
