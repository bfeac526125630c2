"""Lists that have pages: the sources, their articles, and what was told of a topic.

Owns which lists there are, how each page of one is made, and the line before them. A button carries a list's name, page
and key, from which the same page is made after a restart, out of the index that answers then.
"""

from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from datetime import UTC, datetime
from enum import StrEnum

import discord

from bot import policy
from bot.discord.admitting import Admitting
from bot.discord.answering import Answering, SourceSummary
from bot.discord.cards.buttons import LIST_KEY_MAX_UNITS, ListPage, turn_list
from bot.discord.cards.pages import LINES_A_PAGE, STORIES_A_PAGE, list_card, n_pages, timeline_card
from bot.discord.cards.pieces import day, headline, link_or_place, publisher_name
from bot.discord.cards.shown import Shown
from bot.discord.failures import reporting
from bot.discord.limits import units
from bot.discord.servers import Servers
from bot.discord.showing import reader, show_card, turn_card
from bot.errors import UnknownSourceError
from bot.question_queue import QuestionQueue, Turn
from bot.state import GuildSettings
from bot.translations import Say
from corpus import Article
from index.answer import NO_FILTERS, Timeline

ARTICLES_MAX = 100
STORIES_MAX = 20
TOPIC_MAX_CHARS = 60
WORKERS, WAITING_MAX = 2, 100
"""A timeline is as much work as a question, so that pages stand in a line of their own."""
_HEADLINE_MAX_UNITS = 150

Make = Callable[[ListPage, GuildSettings | None, Say], Shown]


class List(StrEnum):
    """Which lists there are, as buttons write it."""

    SOURCES = "sources"
    RECENT = "recent"
    SEARCH = "search"
    LATEST = "latest"
    TIMELINE = "timeline"


class PagedLists:
    """Shows pages of lists; commands open the first one, buttons turn to the others."""

    def __init__(self, answering: Answering, servers: Servers, admitting: Admitting) -> None:
        self._answering = answering
        self._servers = servers
        self._admitting = admitting
        self.queue: QuestionQueue[Shown] = QuestionQueue(workers=WORKERS, max_waiting=WAITING_MAX)
        self._makes: Mapping[str, Make] = {
            List.SOURCES: self._sources,
            List.RECENT: self._recent,
            List.SEARCH: self._search,
            List.LATEST: self._latest,
            List.TIMELINE: self._timeline,
        }

    async def open(self, interaction: discord.Interaction, name: List, key: str = "") -> None:
        """Show the first page of a list in response to a command.

        Args:
            interaction: The command, unanswered.
            name: Which list.
            key: What it is of; see ``topic_key`` for topics.
        """
        page = ListPage(name, 0, key)
        async with reporting(interaction):
            with self._turn(interaction, page) as turn:
                self._admitting.admit_look(interaction.user.id, interaction.guild_id)
                await show_card(interaction, self._servers, self._making(interaction, page), run=turn.answer)

    async def turn(self, interaction: discord.Interaction, page: ListPage) -> None:
        """Show a page in place of the one that was clicked; whatever goes wrong is told, and nothing is raised."""
        async with reporting(interaction):
            with self._turn(interaction, page) as turn:
                self._admitting.admit_look(interaction.user.id, interaction.guild_id)
                await turn_card(interaction, self._servers, self._making(interaction, page), run=turn.answer)

    async def close(self) -> None:
        """Let the threads end."""
        await self.queue.close()

    def _turn(self, interaction: discord.Interaction, page: ListPage) -> AbstractContextManager[Turn[Shown]]:
        """Take a place in line; the same page for the same server in the same language is made once."""
        settings = self._servers.settings(interaction.guild_id)
        return self.queue.turn((page, settings, reader(interaction, self._servers).language))

    def _making(self, interaction: discord.Interaction, page: ListPage) -> Callable[[Say], Shown]:
        settings = self._servers.settings(interaction.guild_id)
        return lambda say: self._makes[page.name](page, settings, say)

    def _sources(self, page: ListPage, _: GuildSettings | None, say: Say) -> Shown:
        summaries = self._answering.sources()
        n_sources = say.plural("{count} source", "{count} sources", len(summaries))
        n_articles = _articles(sum(summary.articles for summary in summaries), say)
        return _lines(page, f"{n_sources} · {n_articles}", [_source_line(one, say) for one in summaries], say)

    def _recent(self, page: ListPage, _: GuildSettings | None, say: Say) -> Shown:
        publisher = find_publisher(self._answering.sources(), page.key)
        articles = self._answering.recent_articles(publisher, limit=ARTICLES_MAX)
        title = say("Newest articles from {publisher}", publisher=publisher)
        return _lines(page, title, [_article_line(article, say) for article in articles], say)

    def _search(self, page: ListPage, _: GuildSettings | None, say: Say) -> Shown:
        articles = self._answering.holdings.find_articles(page.key, limit=ARTICLES_MAX)
        lines = [_article_line(article, say) for article in articles] or [say("No headline holds these words.")]
        return _lines(page, say("Articles on “{words}”", words=page.key), lines, say)

    def _latest(self, page: ListPage, settings: GuildSettings | None, say: Say) -> Shown:
        topic, asked_at = _read_topic_key(page.key)
        filters = policy.allowed_filters(settings, NO_FILTERS)
        told = self._answering.latest(topic, asked_at=asked_at, limit=STORIES_MAX, filters=filters)
        return self._told(page, say("The latest on {topic}", topic=topic) if topic else say("What is new"), told, say)

    def _timeline(self, page: ListPage, settings: GuildSettings | None, say: Say) -> Shown:
        topic, asked_at = _read_topic_key(page.key)
        filters = policy.allowed_filters(settings, NO_FILTERS)
        told = self._answering.timeline(topic, asked_at=asked_at, limit=STORIES_MAX, filters=filters)
        return self._told(page, say("Timeline: {topic}", topic=topic), told, say)

    def _told(self, page: ListPage, title: str, told: Timeline, say: Say) -> Shown:
        kinds = self._answering.looking_back.kinds(told)
        card = timeline_card(told, title, say, kinds, page=page.page)
        n_all = n_pages(len(told.citations), STORIES_A_PAGE)
        return Shown(card, lambda: turn_list(page, n_all if _turns(page) else 1, say))


def topic_key(topic: str, asked_at: datetime) -> str:
    """Return the key of what was told of a topic as of a moment; "" is whatever is new."""
    return f"{int(asked_at.timestamp()):x}:{topic}"


def _read_topic_key(key: str) -> tuple[str, datetime]:
    moment, _, topic = key.partition(":")
    return topic, datetime.fromtimestamp(int(moment, 16), UTC)


def _turns(page: ListPage) -> bool:
    """Tell whether a button has room for what a list is of; otherwise there is its first page only."""
    return units(page.key) <= LIST_KEY_MAX_UNITS


def _lines(page: ListPage, title: str, lines: Sequence[str], say: Say) -> Shown:
    n_all = n_pages(len(lines), LINES_A_PAGE) if _turns(page) else 1
    return Shown(list_card(title, lines, say, page=page.page), lambda: turn_list(page, n_all, say))


def find_publisher(summaries: Sequence[SourceSummary], source: str) -> str:
    """Return the publisher's name as it is written in its articles.

    Raises:
        UnknownSourceError: No article comes from it.
    """
    wanted = source.strip().casefold()
    for summary in summaries:
        if summary.publisher.casefold() == wanted:
            return summary.publisher
    raise UnknownSourceError(source)


def _source_line(summary: SourceSummary, say: Say) -> str:
    period = day(summary.first, say)
    if summary.last != summary.first:
        period += f" – {day(summary.last, say)}"
    return f"**{publisher_name(summary.publisher, say)}** · {_articles(summary.articles, say)} · {period}"


def _article_line(article: Article, say: Say) -> str:
    title = headline(article, say, _HEADLINE_MAX_UNITS)
    return f"**{title}** · {day(article.published_at, say)} · {link_or_place(article, say)}"


def _articles(count: int, say: Say) -> str:
    return say.plural("{count} article", "{count} articles", count)
