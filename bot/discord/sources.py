"""`/sources`: where the articles come from.

Owns the command only.
"""

import asyncio
from collections.abc import Sequence

import discord
from discord import app_commands
from discord.ext import commands

from bot.discord.answering import Answering, SourceSummary
from bot.discord.cards.old import day, headline, list_card, open_link, publisher_name
from bot.discord.failures import reporting
from bot.discord.known_sources import KnownSources
from bot.errors import UnknownSourceError
from corpus import Article

RECENT_ARTICLES = 10
_HEADLINE_MAX_UNITS = 150


class SourcesCog(commands.Cog):
    """`/sources`, alone or with the name of one."""

    def __init__(self, answering: Answering, known_sources: KnownSources) -> None:
        self._answering = answering
        self._known_sources = known_sources

    @app_commands.command(name="sources", description="List where the articles come from, or the newest of one source.")
    @app_commands.describe(source="List the newest articles of this source")
    async def sources(self, interaction: discord.Interaction, source: str | None = None) -> None:
        """List publishers, or one publisher's newest articles."""
        async with reporting(interaction):
            await interaction.response.defer(thinking=True)
            embed = await asyncio.to_thread(self._one, source) if source else await asyncio.to_thread(self._all)
            await interaction.edit_original_response(embed=embed)

    @sources.autocomplete("source")
    async def _offer_sources(self, interaction: discord.Interaction, typed: str) -> list[app_commands.Choice[str]]:
        return self._known_sources.choices(typed)

    def _all(self) -> discord.Embed:
        summaries = self._answering.sources()
        n_articles = sum(summary.articles for summary in summaries)
        title = f"{_count(len(summaries), 'source')}, {_count(n_articles, 'article')}"
        return list_card(title, [_source_line(summary) for summary in summaries])

    def _one(self, source: str) -> discord.Embed:
        publisher = _find(self._answering.sources(), source)
        articles = self._answering.recent_articles(publisher, limit=RECENT_ARTICLES)
        return list_card(f"Newest articles from {publisher}", [_article_line(article) for article in articles])


def _find(summaries: Sequence[SourceSummary], source: str) -> str:
    """Return the publisher's name as it is written in its articles.

    Raises:
        UnknownSourceError: No article comes from it.
    """
    wanted = source.strip().casefold()
    for summary in summaries:
        if summary.publisher.casefold() == wanted:
            return summary.publisher
    raise UnknownSourceError(source)


def _source_line(summary: SourceSummary) -> str:
    period = day(summary.first)
    if summary.last != summary.first:
        period += f" – {day(summary.last)}"
    return f"**{publisher_name(summary.publisher)}** · {_count(summary.articles, 'article')} · {period}"


def _article_line(article: Article) -> str:
    return f"**{headline(article, _HEADLINE_MAX_UNITS)}** · {day(article.published_at)} · {open_link(article)}"


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"
