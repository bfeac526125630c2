"""Pieces of cards that say where something comes from.

Owns how a publisher, a date, a headline and a link are written, each escaped and short enough.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import quote as percent_encode

from bot.citation_link import is_web_link, source_link
from bot.discord.cards.card import Link, Words
from bot.discord.escape import escape, is_invite, plain
from bot.discord.limits import TITLE_MAX_UNITS, cut, units
from bot.messages import message
from bot.translations import Say
from corpus import Article
from corpus.sources import Kind

PUBLISHER_MAX_UNITS = 120
BRIEF_NAME_MAX_UNITS = 40
TEXT_LINK_MAX_UNITS = 800
KINDS = {
    Kind.AGENCY: message("agency"),
    Kind.OPERATOR: message("operator"),
    Kind.PRESS: message("press"),
    Kind.COMMUNITY: message("community"),
}
_KEPT_IN_LINKS = "%/:?#[]!$&'*+,;=~"


@dataclass(frozen=True, slots=True)
class Source:
    """Where something comes from.

    Attributes:
        title: The headline, as Markdown on one line.
        facts: Who published it and when, and who else tells it, a line each.
        link: Where it opens, or None where no browser can open it.
    """

    title: str
    facts: tuple[str, ...]
    link: Link | None

    @property
    def units(self) -> int:
        """What its texts take among those of a card."""
        link = [self.link.markdown] if self.link and not self.link.is_button else []
        return sum(units(text) + 1 for text in (self.title, *self.facts, *link))


def one_line(text: str) -> str:
    """Return any text escaped, on one line."""
    return " ".join(escape(text).split())


def words(text: str, max_units: int) -> Words:
    """Return any text as a line for both places."""
    return Words(cut(text, max_units, plain) or "…", cut(text, max_units, one_line) or "…")


def headline(article: Article, say: Say, max_units: int = TITLE_MAX_UNITS) -> str:
    """Return the article's title, escaped."""
    return cut(article.title, max_units, one_line) or say("Untitled")


def publisher_name(name: str, say: Say, max_units: int = PUBLISHER_MAX_UNITS) -> str:
    """Return a publisher's name, escaped."""
    return cut(name, max_units, one_line) or say("Unknown publisher")


def day(moment: datetime | None, say: Say) -> str:
    """Return a date alone, written so that each reader's client shows it in their language and time."""
    return say("undated") if moment is None else f"<t:{int(moment.timestamp())}:D>"


def date_and_age(moment: datetime | None, say: Say) -> str:
    """Return a date with its age."""
    return day(moment, say) if moment is None else f"{day(moment, say)} (<t:{int(moment.timestamp())}:R>)"


def source(
    article: Article, sentence: str, say: Say, kind: Kind | None, max_units: int, told_by: Sequence[str] = ()
) -> Source:
    """Return where something comes from, with at least a tenth of ``max_units`` left for what it says.

    Args:
        article: The article.
        sentence: The sentence that its link opens at, or "".
        say: Speaks to who reads it.
        kind: Who speaks, where that is known.
        max_units: What all of it may take, with what it says; at least 800.
        told_by: Who else tells it, as lines of up to 200 units together.
    """
    publisher = publisher_name(article.publisher, say, min(PUBLISHER_MAX_UNITS, max_units // 8))
    origin = [publisher, *([say(KINDS[kind])] if kind else []), date_and_age(article.published_at, say)]
    link_max_units = min(TEXT_LINK_MAX_UNITS, max_units // 4)
    link = link_to(article, say, sentence, link_max_units)
    where = [] if link else [place(article, say, link_max_units)]
    title = headline(article, say, min(TITLE_MAX_UNITS, max_units // 5))
    return Source(title, (" · ".join(origin), *told_by, *where), link)


def link_to(article: Article, say: Say, sentence: str = "", max_units: int = TEXT_LINK_MAX_UNITS) -> Link | None:
    """Return a link to the article, at ``sentence`` where that fits; None where no browser can open it."""
    if not is_web_link(article.url) or is_invite(article.url):
        return None
    links = [Link(say("Open the source"), _encoded(article.url))]
    if sentence.strip():
        links.insert(0, Link(say("Open at the quote"), _encoded(source_link(article.url, sentence))))
    return next((link for link in links if link.is_button or units(link.markdown) <= max_units), None)


def place(article: Article, say: Say, max_units: int = TEXT_LINK_MAX_UNITS) -> str:
    """Return where the article stands, as dead text; for what has no link."""
    return say("Source: {place}", place=cut(article.url, max_units, one_line))


def link_or_place(article: Article, say: Say) -> str:
    """Return a link to the article, or else where it stands, for a line of a list."""
    link = link_to(article, say)
    return link.markdown if link else place(article, say)


def _encoded(url: str) -> str:
    """Percent-encode what would end a masked link early, or could be read as a mention."""
    return percent_encode(url, safe=_KEPT_IN_LINKS, errors="replace")
