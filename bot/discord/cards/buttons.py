"""The buttons under an answer, and those that turn pages.

Owns what each is called and the ids that carry what it belongs to, so that a click finds its answer also after a
restart: ``sn:<verb>:<answer id>[:<page>]`` and ``sn:page:<list>:<page>:<key>``. What a click does is decided by what
the client holds as ``clicks`` and ``lists``.
"""

import re
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any, Protocol, Self

import discord
from discord import ui

from bot.messages import message
from bot.translations import Say


class Verb(StrEnum):
    """What a button does."""

    CONTEXT = "context"
    MORE = "more"
    WHY = "why"
    TIMELINE = "timeline"
    SHARE = "share"
    HELPFUL = "helpful"
    NOT_HELPFUL = "nothelpful"
    WRONG_SOURCE = "wrongsource"


LABELS = {
    Verb.CONTEXT: message("Context"),
    Verb.MORE: message("More sources"),
    Verb.WHY: message("Why"),
    Verb.TIMELINE: message("Timeline"),
    Verb.SHARE: message("Share"),
    Verb.HELPFUL: message("Helpful"),
    Verb.NOT_HELPFUL: message("Not helpful"),
    Verb.WRONG_SOURCE: message("Wrong source"),
}
BACK, ON = message("Back"), message("Next")
LIST_KEY_MAX_UNITS = 70
"""What an id has room for beside the name and the page of a list."""
_LOOKING = (Verb.CONTEXT, Verb.MORE, Verb.WHY, Verb.TIMELINE)
_JUDGING = (Verb.HELPFUL, Verb.NOT_HELPFUL, Verb.WRONG_SOURCE)


@dataclass(frozen=True, slots=True)
class Click:
    """A button under an answer that was clicked.

    Attributes:
        verb: What it does.
        answer_id: The answer that it belongs to.
        page: Which page it turns to, from 0; None where it opens the first.
    """

    verb: Verb
    answer_id: str
    page: int | None = None


@dataclass(frozen=True, slots=True)
class ListPage:
    """A page of a list.

    Attributes:
        name: Which kind of list; lower-case letters.
        page: Which page, from 0.
        key: What the list is of; up to ``LIST_KEY_MAX_UNITS``, in UTF-16 units.
    """

    name: str
    page: int
    key: str


class Clicks(Protocol):
    """Does what a click asks for; the client holds one as ``clicks``."""

    async def clicked(self, interaction: discord.Interaction[Any], click: Click) -> None:
        """Respond to a click; whatever goes wrong is told, and nothing is raised."""


class Lists(Protocol):
    """Turns the pages of lists; the client holds one as ``lists``."""

    async def turn(self, interaction: discord.Interaction[Any], page: ListPage) -> None:
        """Show a page in place of the one that was clicked; whatever goes wrong is told, and nothing is raised."""


class AnswerButton(
    ui.DynamicItem[ui.Button[Any]],
    template=rf"sn:(?P<verb>{'|'.join(Verb)}):(?P<answer_id>[\w-]{{1,16}})(?::(?P<page>\d{{1,3}}))?",
):
    """A button that belongs to an answer."""

    def __init__(self, click: Click, label: str, *, style: discord.ButtonStyle = discord.ButtonStyle.secondary) -> None:
        """Make the button for a click on it."""
        parts = ["sn", click.verb, click.answer_id, *([] if click.page is None else [str(click.page)])]
        super().__init__(ui.Button(label=label, style=style, custom_id=":".join(parts)))
        self._click = click

    @classmethod
    async def from_custom_id(
        cls, interaction: discord.Interaction[Any], item: ui.Item[Any], match: re.Match[str], /
    ) -> Self:
        """Read the button that was clicked from its id."""
        page = match["page"]
        click = Click(Verb(match["verb"]), match["answer_id"], None if page is None else int(page))
        return cls(click, getattr(item, "label", None) or "…")

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        """Hand the click on."""
        clicks: Clicks = interaction.client.clicks
        await clicks.clicked(interaction, self._click)


class ListButton(
    ui.DynamicItem[ui.Button[Any]],
    template=re.compile(r"sn:page:(?P<name>[a-z]{1,12}):(?P<page>\d{1,4}):(?P<key>.*)", re.DOTALL),
):
    """A button that turns to a page of a list."""

    def __init__(self, page: ListPage, label: str) -> None:
        """Make the button for a page."""
        super().__init__(ui.Button(label=label, custom_id=f"sn:page:{page.name}:{page.page}:{page.key}"))
        self._page = page

    @classmethod
    async def from_custom_id(
        cls, interaction: discord.Interaction[Any], item: ui.Item[Any], match: re.Match[str], /
    ) -> Self:
        """Read the page that was asked for from the button's id."""
        return cls(ListPage(match["name"], int(match["page"]), match["key"]), getattr(item, "label", None) or "…")

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        """Hand the click on."""
        lists: Lists = interaction.client.lists
        await lists.turn(interaction, self._page)


def answer_rows(answer_id: str, say: Say, *, quotes: bool, private: bool) -> list[list[AnswerButton]]:
    """Return the rows of buttons under an answer.

    Args:
        answer_id: The answer.
        say: Speaks to who reads it.
        quotes: Whether it quotes anything.
        private: Whether only the asker sees it, who may then share it.
    """
    looking = [verb for verb in _LOOKING if quotes or verb is not Verb.CONTEXT]
    first = [AnswerButton(Click(verb, answer_id), say(LABELS[verb])) for verb in looking]
    if private:
        share = Click(Verb.SHARE, answer_id)
        first.append(AnswerButton(share, say(LABELS[Verb.SHARE]), style=discord.ButtonStyle.primary))
    judging = [verb for verb in _JUDGING if quotes or verb is not Verb.WRONG_SOURCE]
    return [first, [AnswerButton(Click(verb, answer_id), say(LABELS[verb])) for verb in judging]]


def turn_answer(click: Click, n_pages: int, say: Say) -> list[list[AnswerButton]]:
    """Return the row that turns from the page of a click, if there is any other."""
    turns = _turns(click.page or 0, n_pages, say)
    return [[AnswerButton(replace(click, page=page), label) for page, label in turns]] if turns else []


def turn_list(shown: ListPage, n_pages: int, say: Say) -> list[list[ListButton]]:
    """Return the row that turns from a page of a list, if there is any other."""
    turns = _turns(shown.page, n_pages, say)
    return [[ListButton(replace(shown, page=page), label) for page, label in turns]] if turns else []


def _turns(page: int, n_pages: int, say: Say) -> list[tuple[int, str]]:
    """Return the pages beside one, each with what the button to it is called; past the end the last one is shown."""
    page = min(page, n_pages - 1)
    beside = [(page - 1, f"‹ {say(BACK)}"), (page + 1, f"{say(ON)} ›")]
    return [(number, label) for number, label in beside if 0 <= number < n_pages]
