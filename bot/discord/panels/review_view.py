"""What maintainers leaf through: gaps and rated answers, a few on a page, each with a button that marks it as handled.

Owns the looks of both. Every text of a person is escaped and cut here.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from discord import ui

from bot.discord.escape import escape
from bot.discord.limits import cut
from bot.discord.panels.control import Control, button, layout
from bot.messages import message
from bot.state.feedback import Verdict
from bot.state.gaps import Gap
from bot.state.reviewing import Rated
from bot.translations import Say
from index.answer import Refusal

PAGE_ITEMS = 5
HANDLED, PAGE, NEXT, EXPORT = "handled", "page", "next", "export"
_QUESTION_MAX_UNITS = 300
_WHY = {
    Refusal.NOTHING_FOUND: message("nothing found"),
    Refusal.NOTHING_ON_TOPIC: message("nothing on the topic"),
    Refusal.NO_ANSWER_IN_TOPIC: message("on the topic, but no answer"),
    Refusal.OLDER: message("only older reports"),
    Refusal.FILTERED_OUT: message("nothing left by the filters"),
}
_VERDICTS = {
    Verdict.HELPFUL: message("Helpful"),
    Verdict.NOT_HELPFUL: message("Not helpful"),
    Verdict.WRONG_SOURCE: message("Wrong source"),
}


@dataclass(frozen=True, slots=True)
class Place:
    """Where in a list its reader is.

    Attributes:
        page: Which page, from 0.
        total: How many there are on all pages.
    """

    page: int
    total: int

    @property
    def first(self) -> int:
        """How many come before this page."""
        return self.page * PAGE_ITEMS

    @property
    def n_pages(self) -> int:
        """How many pages there are; an empty list has one."""
        return max(1, -(-self.total // PAGE_ITEMS))

    @classmethod
    def of(cls, page: int, total: int) -> "Place":
        """Return the page, or the last one where there are fewer."""
        return cls(min(page, cls(0, total).n_pages - 1), total)


def gaps_view(gaps: Sequence[Gap], place: Place, say: Say) -> ui.LayoutView:
    """Return a page of refused questions."""
    items = [(gap.answer_id, _gap_text(gap, say)) for gap in gaps]
    title = say.plural("{count} question without an answer", "{count} questions without an answer", place.total)
    return _list_view("gaps", title, items, place, [], say)


def feedback_view(rated: Sequence[Rated], place: Place, say: Say) -> ui.LayoutView:
    """Return a page of answers with what was said of them."""
    items = [(one.answer.answer_id, _rated_text(one, say)) for one in rated]
    title = say.plural("{count} answer with feedback", "{count} answers with feedback", place.total)
    return _list_view("feedback", title, items, place, [button("feedback", EXPORT, say("Export all"))], say)


def _list_view(
    panel: str, title: str, items: Sequence[tuple[str, str]], place: Place, more: list[Control], say: Say
) -> ui.LayoutView:
    sections: list[ui.Section[Any]] = [
        ui.Section(text, accessory=button(panel, HANDLED, say("Mark as handled"), f"{place.page}-{answer_id}"))
        for answer_id, text in items
    ]
    turns = [
        button(panel, PAGE, say("Back"), str(max(place.page - 1, 0)), disabled=place.page == 0),
        button(panel, NEXT, say("Next"), str(place.page + 1), disabled=place.page + 1 >= place.n_pages),
    ]
    where = say("page {page} of {pages}", page=place.page + 1, pages=place.n_pages)
    return layout(f"## {title}\n-# {where}", *sections, [*turns, *more])


def _gap_text(gap: Gap, say: Say) -> str:
    times = say.plural("asked once", "asked {count} times", gap.times)
    return _item(gap.question, f"{times} · {say(_WHY[gap.refusal])} · <t:{int(gap.last_asked_at.timestamp())}:R>")


def _rated_text(rated: Rated, say: Say) -> str:
    counts = " · ".join(f"{say(text)}: {rated.counts[verdict]}" for verdict, text in _VERDICTS.items())
    quotes = ", ".join(f"`{citation_id}`" for citation_id in rated.answer.citation_ids) or say("refused")
    return _item(rated.answer.question, f"{counts}\n{quotes} · <t:{int(rated.answer.kept_at.timestamp())}:R>")


def _item(question: str, facts: str) -> str:
    return f"**{' '.join(cut(question, _QUESTION_MAX_UNITS, escape).split())}**\n{facts}"
