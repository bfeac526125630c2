"""What was told of a topic, a page at a time.

Owns the pages and the buttons that turn them. A button carries the topic, the order and the moment in its id,
``sn:topic:<order>:<page>:<moment>:<topic>``, so that it turns the same pages after a restart.
"""

import asyncio
import re
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import Protocol, cast

import discord
from discord import ui

from bot import policy
from bot.discord.answering import Answering
from bot.discord.cards.pages import STORIES_A_PAGE, n_pages, timeline_card
from bot.discord.failures import reporting
from bot.discord.limits import CUSTOM_ID_MAX_UNITS, units
from bot.discord.localised import say_in
from bot.discord.servers import Servers
from bot.discord.showing import Page
from bot.state import GuildSettings
from bot.translations import Say
from index.answer import NO_FILTERS

TOPIC_MAX_CHARS = 70
STORIES_MAX = 20


class Order(StrEnum):
    """In which order a topic is told, as buttons write it."""

    NEWEST_FIRST = "n"
    OLDEST_FIRST = "o"


@dataclass(frozen=True, slots=True)
class Topic:
    """What is told.

    Attributes:
        text: The topic; "" is whatever is new.
        asked_at: The moment that counts as now (aware, UTC).
        order: In which order.
    """

    text: str
    asked_at: datetime
    order: Order

    def custom_id(self, page: int) -> str:
        """Return what a button carries that shows a page."""
        return f"sn:topic:{self.order}:{page}:{int(self.asked_at.timestamp())}:{self.text}"


class HasAnswering(Protocol):
    """What a click needs of the client."""

    answering: Answering
    servers: Servers


def topic_page(answering: Answering, topic: Topic, page: int, settings: GuildSettings | None, say: Say) -> Page:
    """Return a page of a topic, with the buttons that turn to its neighbours; blocks.

    Args:
        answering: Tells it.
        topic: What is told.
        page: Which page, from 0; past the end the last one is shown.
        settings: Of the server, whose sources count.
        say: Speaks to who reads it.
    """
    tell = answering.latest if topic.order is Order.NEWEST_FIRST else answering.timeline
    filters = policy.allowed_filters(settings, NO_FILTERS)
    told = tell(topic.text, asked_at=topic.asked_at, limit=STORIES_MAX, filters=filters)
    n_all = n_pages(len(told.citations), STORIES_A_PAGE)
    page = min(page, n_all - 1)
    card = timeline_card(told, _title(topic, say), say, answering.kinds(told), page=page)
    turns = [(say("Back"), page - 1), (say("Further"), page + 1)]
    buttons = [TopicButton(topic, to, label) for label, to in turns if 0 <= to < n_all and _fits(topic, to)]
    return Page(card, [buttons] if buttons else [])


class TopicButton(
    ui.DynamicItem[ui.Button[ui.LayoutView]],
    template=re.compile(r"sn:topic:(?P<order>[no]):(?P<page>\d{1,3}):(?P<moment>\d{1,11}):(?P<text>.*)", re.DOTALL),
):
    """Turns to a page."""

    def __init__(self, topic: Topic, page: int, label: str) -> None:
        super().__init__(ui.Button(label=label, custom_id=topic.custom_id(page)))
        self._topic = topic
        self._page = page

    @classmethod
    async def from_custom_id(
        cls, interaction: discord.Interaction, item: ui.Item[ui.LayoutView], match: re.Match[str], /
    ) -> "TopicButton":
        """Read what a button carries."""
        moment = datetime.fromtimestamp(int(match["moment"]), UTC)
        return cls(Topic(match["text"], moment, Order(match["order"])), int(match["page"]), "…")

    async def callback(self, interaction: discord.Interaction) -> None:
        """Show the page in place of the one that has the button."""
        async with reporting(interaction):
            await interaction.response.defer()
            client = cast(HasAnswering, interaction.client)
            settings = client.servers.settings(interaction.guild_id)
            say = say_in(settings.language if settings else "", interaction)
            page = await asyncio.to_thread(topic_page, client.answering, self._topic, self._page, settings, say)
            await interaction.edit_original_response(view=page.view)


def _title(topic: Topic, say: Say) -> str:
    if not topic.text:
        return say("What is new")
    if topic.order is Order.NEWEST_FIRST:
        return say("The latest on {topic}", topic=topic.text)
    return say("Timeline: {topic}", topic=topic.text)


def _fits(topic: Topic, page: int) -> bool:
    return units(topic.custom_id(page)) <= CUSTOM_ID_MAX_UNITS
