"""What autocomplete offers, kept in memory.

Owns the lists and what of them is offered. Discord asks at every key press and waits three seconds, so that neither the
index nor the disk is touched then. The lists follow the generation; questions are remembered as they are asked, each
for the one who asked it, and forgotten with the process.
"""

import asyncio
import heapq
import logging
from collections import OrderedDict
from collections.abc import Iterable
from dataclasses import dataclass

from discord import app_commands

from bot.discord.answering import Answering
from bot.discord.escape import plain
from bot.discord.limits import CHOICE_MAX_UNITS, CHOICES_MAX, cut, units
from corpus import Article
from index.errors import IndexingError

TITLES_MAX = 50_000
"""So many of the newest articles are offered by their headlines."""
QUESTIONS_EACH_MAX = 25
ASKERS_MAX = 1000
"""So many people's questions are remembered, the last who asked."""
_log = logging.getLogger(__name__)

Choices = list[app_commands.Choice[str]]


@dataclass(frozen=True, slots=True)
class _Offer:
    shown: str
    value: str
    folded: str


class Offered:
    """Names to choose from, in the order in which they are offered."""

    def __init__(self, named: Iterable[tuple[str, str]] = ()) -> None:
        """Take what is shown and what it stands for; what Discord would refuse the whole list for is left out."""
        offers = (_Offer(plain(shown), value, plain(shown).casefold()) for shown, value in named)
        self._offers = tuple(offer for offer in offers if _fits(offer.shown) and _fits(offer.value))

    def choices(self, typed: str) -> Choices:
        """Return what holds all the words that were typed, what begins with them first."""
        wanted = typed.casefold().split()
        found = [offer for offer in self._offers if all(word in offer.folded for word in wanted)]
        start = " ".join(wanted)
        best = heapq.nsmallest(CHOICES_MAX, found, key=lambda offer: not offer.folded.startswith(start))
        return [app_commands.Choice(name=offer.shown, value=offer.value) for offer in best]


class RecentQuestions:
    """What people asked lately, each their own."""

    def __init__(self) -> None:
        self._asked: OrderedDict[int, OrderedDict[str, None]] = OrderedDict()

    def note(self, user_id: int, question: str) -> None:
        """Remember a question."""
        own = self._asked.setdefault(user_id, OrderedDict())
        own[question] = None
        own.move_to_end(question, last=False)
        self._asked.move_to_end(user_id)
        while len(own) > QUESTIONS_EACH_MAX:
            own.popitem()
        while len(self._asked) > ASKERS_MAX:
            self._asked.popitem(last=False)

    def forget(self, user_id: int) -> None:
        """Remember nothing of a person any more."""
        self._asked.pop(user_id, None)

    def choices(self, user_id: int, typed: str) -> Choices:
        """Return the questions of one person, the newest first."""
        return Offered((question, question) for question in self._asked.get(user_id, ())).choices(typed)


class Known:
    """What can be chosen from, as it was when it was last read.

    Attributes:
        sources: The publishers.
        topics: Names that the lexicon knows.
        titles: Articles by headline, the newest first; they stand for ids.
        generations: Generations that stand, the newest first.
        questions: What people asked lately.
    """

    def __init__(self, answering: Answering) -> None:
        self._answering = answering
        self._generation: str | None = None
        self.questions = RecentQuestions()
        self._forget()

    async def refresh(self) -> None:
        """Read the lists again where another generation answers; without an index there are none."""
        try:
            await asyncio.to_thread(self._read)
        except IndexingError as error:
            _log.debug("nothing to offer: %s", error)
            self._forget()

    def _read(self) -> None:
        generation = self._answering.holdings.generation()
        if generation == self._generation:
            return
        holdings = self._answering.holdings
        self.sources = _same(summary.publisher for summary in self._answering.sources())
        self.topics = _same(holdings.topics())
        self.titles = Offered(map(_titled, holdings.newest_articles(limit=TITLES_MAX)))
        self.generations = _same(self._answering.upkeep.generations())
        self._generation = generation

    def _forget(self) -> None:
        self._generation = None
        self.sources = self.topics = self.titles = self.generations = Offered()


def _same(names: Iterable[str]) -> Offered:
    return Offered((name, name) for name in names)


def _titled(article: Article) -> tuple[str, str]:
    """Return a headline with its day, cut so that it can be offered, and the id that it stands for."""
    day = f"{article.published_at:%Y-%m-%d}" if article.published_at else ""
    title = cut(article.title, CHOICE_MAX_UNITS - len(day) - 3, plain)
    return " · ".join(filter(None, [title, day])), article.id


def _fits(text: str) -> bool:
    return 1 <= units(text) <= CHOICE_MAX_UNITS
