"""`/corpus`: what the maintainers do with the articles.

Owns the commands and what they show in the end. What they change is searched from the next build on.
"""

import discord
from discord import app_commands
from discord.ext import commands

from bot.citation_link import is_web_link
from bot.discord.answering import Answering
from bot.discord.cards.card import ANSWER_COLOUR, REFUSAL_COLOUR, Card
from bot.discord.cards.pages import lines_card
from bot.discord.cards.pieces import day, headline, link_or_place, one_line, publisher_name
from bot.discord.install import where_installed
from bot.discord.jobs import Job
from bot.discord.known import Choices, Known
from bot.discord.limits import cut
from bot.discord.maintenance import Maintenance
from bot.errors import RequestError
from bot.messages import message
from bot.translations import Say
from bot.upkeep import AddedArticle
from corpus import Added, Article
from corpus.sync.report import Report

URL_MAX_CHARS = 2000
_FAILURE_MAX_UNITS = 300
_TITLES = {
    Added.NEW: message("Added"),
    Added.CHANGED: message("Added: the article has changed"),
    Added.UNCHANGED: message("The corpus holds this article as it is"),
}


@where_installed
class CorpusCog(commands.GroupCog, name="corpus", description="The articles that are searched (maintainers only)."):
    """`/corpus sync`, `add` and `withdraw`."""

    def __init__(self, answering: Answering, known: Known, maintenance: Maintenance) -> None:
        self._answering = answering
        self._known = known
        self._maintenance = maintenance

    @app_commands.command(name="sync", description="Read what is new in every source that is followed.")
    async def sync(self, interaction: discord.Interaction) -> None:
        """Read the sources, with progress."""
        await self._maintenance.run(interaction, Job.SYNC, self._answering.upkeep.sync, _synced_card)

    @app_commands.command(name="add", description="Add the article that stands at a link.")
    @app_commands.describe(link="The web address of the page")
    async def add(self, interaction: discord.Interaction, link: app_commands.Range[str, 1, URL_MAX_CHARS]) -> None:
        """Fetch a page and add the article in it."""
        await self._maintenance.run(interaction, Job.ADD, lambda _: self._add(link.strip()), _added_card)

    @app_commands.command(name="withdraw", description="Take an article out of the search; its texts are kept.")
    @app_commands.describe(article="The article")
    async def withdraw(self, interaction: discord.Interaction, article: str) -> None:
        """Let an article be searched no longer."""
        await self._maintenance.run(
            interaction, Job.WITHDRAW, lambda _: self._answering.upkeep.withdraw(article.strip()), _withdrawn_card
        )

    @withdraw.autocomplete("article")
    async def _offer_articles(self, interaction: discord.Interaction, typed: str) -> Choices:
        return self._known.titles.choices(typed)

    def _add(self, link: str) -> AddedArticle:
        """Add a page.

        Raises:
            RequestError: It is no link: what is typed here must never name a file of the machine.
        """
        if not is_web_link(link):
            raise RequestError(message("“{link}” is no web address; it begins with https:// or http://."), link=link)
        return self._answering.upkeep.add(link)


def _synced_card(report: Report, say: Say) -> Card:
    counts = [
        say.plural("{count} new article", "{count} new articles", report.new),
        say.plural("{count} changed", "{count} changed", report.changed),
        say.plural("{count} withdrawn", "{count} withdrawn", report.withdrawn),
        say.plural("{count} unchanged", "{count} unchanged", report.unchanged),
    ]
    title = say.plural("{count} source was read", "{count} sources were read", report.sources)
    lines = [" · ".join(counts), _hint(say)]
    if report.failed:
        lines.append(f"**{say.plural('{count} source failed', '{count} sources failed', len(report.failed))}**")
    lines += [cut(f"{one.source}: {one.error}", _FAILURE_MAX_UNITS, one_line) for one in report.failed]
    return lines_card(title, lines, say, colour=REFUSAL_COLOUR if report.exit_code else ANSWER_COLOUR)


def _added_card(added: AddedArticle, say: Say) -> Card:
    return _article_card(say(_TITLES[added.added]), added.article, say)


def _withdrawn_card(article: Article, say: Say) -> Card:
    return _article_card(say("Withdrawn"), article, say)


def _article_card(title: str, article: Article, say: Say) -> Card:
    origin = f"{publisher_name(article.publisher, say)} · {day(article.published_at, say)}"
    lines = [f"**{headline(article, say)}**", origin, link_or_place(article, say), _hint(say)]
    return lines_card(title, lines, say)


def _hint(say: Say) -> str:
    return say("Answers heed it once the index is built anew: `/index rebuild`.")
