"""The events that a question names in place of a date: "before Artemis II", "since the Nauka docking".

Owns finding such words, and the day that a generation's own articles give them. Where they give none, the question is
understood as if the words were not there: a wrong day is worse than none.
"""

import re
from dataclasses import dataclass, replace
from datetime import datetime

import numpy as np
import numpy.typing as npt

from corpus import Article
from index.coverage import names_in
from index.generation import Generation
from index.lexicon import Lexicon
from index.question import Question
from index.terms import terms
from index.timeliness import DAY_SECONDS
from index.when import EARLIEST, PLAIN, STRONG, Event, When

CLUSTER_DAYS = 7
"""Articles that name an event within so many days are one burst of news about it."""
LEAST_SHARED = 0.5
"""Share of the words beside the names that a headline and lead must hold too."""
MOST_READ = 200
"""So many leads at most are read for a name as it is written."""
LEAST_WORDS = 2
"""An event that is typed without a name needs so many words: "launch" alone is no event."""

_EVENT = re.compile(
    r"(?P<bound>\b(?:since|after|before|until|till|prior\s+to|ahead\s+of)\b)\s+(?P<event>[^,;:?!()]+)", re.IGNORECASE
)
# "How long after launch did ..." and "two hours before" measure a time, and date nothing.
_MEASURED = re.compile(
    r"\b(?:how\s+(?:long|soon|far|quickly|much\s+later)|(?:second|minute|hour|day|week|month|year)s?)\s*$",
    re.IGNORECASE,
)
_GOES_ON = re.compile(
    r"\s(?:who|whom|whose|what|which|when|where|why|how|did|does|do|has|have|had|is|are|will|would|can)\s",
    re.IGNORECASE,
)
_NAME_RUN = re.compile(r"[A-Z][\w-]*(?: [A-Z\d][\w-]*)*")


@dataclass(frozen=True, slots=True)
class EventWords:
    """An event as a question names it.

    Attributes:
        event: As the question names it.
        words: The same with the word before it that makes it a bound.
        begins: Whether the period begins with the event ("since"); it ends there otherwise ("before").
    """

    event: str
    words: str
    begins: bool


def understand_event(question: Question, generation: Generation, lexicon: Lexicon) -> Question:
    """Return a question with the period that an event in it stands for, where it names one that can be placed.

    A period that is named by the calendar goes before, and a question for the latest stays one.
    """
    named = find_event(question.text)
    if named is None or question.when.words or question.when.emphasis == STRONG:
        return question
    event = place_event(named, generation, lexicon, question.asked_at)
    if event is None:
        return question
    start, end = (event.day, question.asked_at) if named.begins else (EARLIEST, event.day)
    return replace(question, when=When(start, end, PLAIN, named.words, event=event))


def find_event(question: str) -> EventWords | None:
    """Return the words of a question that may name an event as a bound of time; None where there are none."""
    for match in _EVENT.finditer(question):
        event = _GOES_ON.split(match["event"], maxsplit=1)[0].strip(" .\"'")
        if event and not _MEASURED.search(question[: match.start()]):
            words = question[match.start() : match.start("event")] + event
            return EventWords(event, words, match["bound"].lower() in ("since", "after"))
    return None


def place_event(named: EventWords, generation: Generation, lexicon: Lexicon, asked_at: datetime) -> Event | None:
    """Return the event with its day: where the most of the articles cluster whose headline and lead name it.

    All its names must stand there, and half of its other words; of equal clusters the newest counts. Where the names
    stand without the other words, one cluster only may come into question. Words without a name must all stand there,
    and one of them in a headline, and in no other cluster.
    """
    names = names_in(f"the {named.event}", lexicon)  # its first word begins no question
    others = [
        frozenset({stem}) for stem in dict.fromkeys(terms(named.event)) if not any(stem in name for name in names)
    ]
    by_name = any(not term.isdigit() for name in names for term in name)
    if not by_name and len(names) + len(others) < LEAST_WORDS:
        return None
    leads = _Leads(generation, asked_at)
    if not by_name and not any(leads.is_as_good_as_a_name(word) for word in [*names, *others]):
        return None
    found = leads.holding_all(names if by_name else [*names, *others])
    fitting = leads.holding_most(others, found)
    if not fitting.any():
        fitting = found if leads.in_one_cluster(found) else fitting
    rows = leads.naming(_NAME_RUN.findall(named.event), fitting)
    if not rows.size:
        return None
    first = _first_of_cluster(generation.published_seconds[rows])
    (article,) = leads.articles(rows[first : first + 1])
    return Event(named.event, article.published_at, article) if article.published_at else None


class _Leads:
    """The first passages, with their headlines, of the dated articles that were published by a moment."""

    def __init__(self, generation: Generation, asked_at: datetime) -> None:
        self._generation = generation
        rows = np.flatnonzero(np.diff(generation.article_numbers, prepend=-1))
        self.rows = rows[generation.published_seconds[rows] <= asked_at.timestamp()]  # not for an undated one

    def articles(self, rows: npt.NDArray[np.int64]) -> list[Article]:
        """Return what rows are the leads of."""
        return self._generation.articles.some(self._generation.article_numbers[rows].tolist())

    def holding(self, word: frozenset[str]) -> npt.NDArray[np.bool_]:
        """Return bool, (n_leads,): those that hold one of the terms."""
        held = np.zeros(len(self.rows), dtype=np.bool_)
        for term in word:
            held |= self._generation.lexical.holding(term)[self.rows]
        return held

    def holding_most(self, words: list[frozenset[str]], found: npt.NDArray[np.bool_]) -> npt.NDArray[np.bool_]:
        """Return bool, (n_leads,): those of the found that hold the most words, and at least ``LEAST_SHARED``."""
        counts = np.zeros(len(self.rows))
        for word in words:
            counts += self.holding(word)
        most: npt.NDArray[np.bool_] = counts == max(np.max(counts, where=found, initial=0), LEAST_SHARED * len(words))
        return found & most

    def is_as_good_as_a_name(self, word: frozenset[str]) -> bool:
        """Tell whether one cluster alone holds a word, and has it in a headline."""
        held = self.holding(word)
        return self.in_one_cluster(held) and any(
            not word.isdisjoint(terms(article.title)) for article in self.articles(self.rows[held])
        )

    def in_one_cluster(self, found: npt.NDArray[np.bool_]) -> bool:
        """Tell whether there are any, and all within ``CLUSTER_DAYS``."""
        seconds = self._generation.published_seconds[self.rows[found]]
        return bool(seconds.size) and float(np.ptp(seconds)) <= CLUSTER_DAYS * DAY_SECONDS

    def naming(self, runs: list[str], found: npt.NDArray[np.bool_]) -> npt.NDArray[np.int64]:
        """Return the rows of the found: those whose headline has the names as they are, else whose lead has, else all.

        Terms alone would take "Artemis I" for any Artemis.
        """
        rows: npt.NDArray[np.int64] = self.rows[found]
        exact = [_holds(runs, article.title) for article in self.articles(rows)]
        if not any(exact) and len(rows) <= MOST_READ:
            exact = [_holds(runs, lead.searched_text) for lead in self._generation.passages(rows.tolist())]
        return rows[np.asarray(exact, dtype=bool)] if any(exact) else rows

    def holding_all(self, words: list[frozenset[str]]) -> npt.NDArray[np.bool_]:
        """Return bool, (n_leads,): those that hold all words."""
        held = np.ones(len(self.rows), dtype=np.bool_)
        for word in words:
            held &= self.holding(word)
        return held


def _holds(runs: list[str], text: str) -> bool:
    return bool(runs) and all(re.search(rf"\b{re.escape(run)}\b", text, re.IGNORECASE) for run in runs)


def _first_of_cluster(seconds: npt.NDArray[np.float64]) -> int:
    """Return the position of the first of the most moments within ``CLUSTER_DAYS``; of equal clusters the newest's."""
    order = np.argsort(seconds, kind="stable")
    ends = np.searchsorted(seconds[order], seconds[order] + CLUSTER_DAYS * DAY_SECONDS, side="right")
    counts = ends - np.arange(len(order))
    return int(order[len(order) - 1 - np.argmax(counts[::-1])])
