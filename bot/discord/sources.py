"""`/sources`: where the articles come from.

Owns the commands and the lines that they list.
"""

from collections.abc import Sequence

import discord
from discord import app_commands
from discord.ext import commands

from bot.discord.answering import Answering, SourceSummary
from bot.discord.cards.pages import list_card
from bot.discord.cards.pieces import day, headline, link_or_place, publisher_name
from bot.discord.install import everywhere
from bot.discord.known import Choices, Known
from bot.discord.servers import Servers
from bot.discord.showing import Page, show_page
from bot.errors import UnknownSourceError
from bot.translations import Say
from corpus import Article

ARTICLES_MAX = 10
WORDS_MAX_CHARS = 100
HEADLINE_MAX_UNITS = 150


@everywhere
class SourcesCog(commands.GroupCog, name="sources", description="Where the articles come from."):
    """`/sources list`, `recent` and `search`."""

    def __init__(self, answering: Answering, known: Known, servers: Servers) -> None:
        self._answering = answering
        self._known = known
        self._servers = servers

    @app_commands.command(name="list", description="List who published the articles, and from when to when.")
    async def list(self, interaction: discord.Interaction) -> None:
        """List the publishers."""
        await show_page(interaction, self._servers, self._all)

    @app_commands.command(name="recent", description="Show the newest articles of one source.")
    @app_commands.describe(source="The source")
    async def recent(self, interaction: discord.Interaction, source: str) -> None:
        """List one publisher's newest articles."""
        await show_page(interaction, self._servers, lambda say: self._one(source, say))

    @recent.autocomplete("source")
    async def _offer_sources(self, interaction: discord.Interaction, typed: str) -> Choices:
        return self._known.sources.choices(typed)

    @app_commands.command(name="search", description="Find articles by the words of their headline.")
    @app_commands.describe(words="Words of the headline, or the name of its source")
    async def search(
        self, interaction: discord.Interaction, words: app_commands.Range[str, 1, WORDS_MAX_CHARS]
    ) -> None:
        """Find articles."""
        await show_page(interaction, self._servers, lambda say: self._found(words, say))

    def _all(self, say: Say) -> Page:
        summaries = self._answering.sources()
        n_articles = sum(summary.articles for summary in summaries)
        n_sources = say.plural("{count} source", "{count} sources", len(summaries))
        title = f"{n_sources} · {_articles(n_articles, say)}"
        return _listed(title, [_source_line(summary, say) for summary in summaries], say)

    def _one(self, source: str, say: Say) -> Page:
        publisher = _find(self._answering.sources(), source)
        articles = self._answering.recent_articles(publisher, limit=ARTICLES_MAX)
        title = say("Newest articles from {publisher}", publisher=publisher)
        return _listed(title, [_article_line(article, say) for article in articles], say)

    def _found(self, words: str, say: Say) -> Page:
        articles = self._answering.holdings.find_articles(words, limit=ARTICLES_MAX)
        lines = [_article_line(article, say) for article in articles]
        title = say("Articles on “{words}”", words=words)
        return _listed(title, lines or [say("No headline holds these words.")], say)


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


def _article_line(article: Article, say: Say) -> str:
    title = headline(article, say, HEADLINE_MAX_UNITS)
    return f"**{title}** · {day(article.published_at, say)} · {link_or_place(article, say)}"


def _source_line(summary: SourceSummary, say: Say) -> str:
    period = day(summary.first, say)
    if summary.last != summary.first:
        period += f" – {day(summary.last, say)}"
    return f"**{publisher_name(summary.publisher, say)}** · {_articles(summary.articles, say)} · {period}"


def _articles(count: int, say: Say) -> str:
    return say.plural("{count} article", "{count} articles", count)
