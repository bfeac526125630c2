"""The events that a question names in place of a date: "before Artemis II", "since the Nauka docking".

Owns finding such words, and the day that a generation's own articles give them. Where they give none, the question is
understood as if the words were not there: a wrong day is worse than none.
"""

import re
from dataclasses import dataclass, replace
from datetime import datetime

import numpy as np
import numpy.typing as npt

from index.coverage import names_in
from index.engine.base import Engine, Leads
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


def understand_event(question: Question, engine: Engine, lexicon: Lexicon) -> Question:
    """Return a question with the period that an event in it stands for, where it names one that can be placed.

    A period that is named by the calendar goes before, and a question for the latest stays one.
    """
    named = find_event(question.text)
    if named is None or question.when.words or question.when.emphasis == STRONG:
        return question
    event = place_event(named, engine, lexicon, question.asked_at)
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


def place_event(named: EventWords, engine: Engine, lexicon: Lexicon, asked_at: datetime) -> Event | None:
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
    if not by_name and not any(_is_as_good_as_a_name(word, engine, asked_at) for word in [*names, *others]):
        return None
    terms_of_others = [term for word in others for term in word]
    found = engine.leads(names if by_name else [*names, *others], terms_of_others, asked_at)
    fitting = _holding_most(others, found)
    if not fitting.any() and _in_one_cluster(found.published_seconds):
        fitting = np.ones(len(found.numbers), dtype=np.bool_)
    named_so = _naming(_NAME_RUN.findall(named.event), found, np.flatnonzero(fitting), engine)
    if not named_so.size:
        return None
    article = found.articles[named_so[_first_of_cluster(found.published_seconds[named_so])]]
    return Event(named.event, article.published_at, article) if article.published_at else None


def _holding_most(words: list[frozenset[str]], leads: Leads) -> npt.NDArray[np.bool_]:
    """Return bool, (n_leads,): those that hold the most words, and at least ``LEAST_SHARED``."""
    counts = np.zeros(len(leads.numbers))
    for word in words:
        counts += np.logical_or.reduce([leads.held[term] for term in word])
    most: npt.NDArray[np.bool_] = counts == max(np.max(counts, initial=0), LEAST_SHARED * len(words))
    return most


def _is_as_good_as_a_name(word: frozenset[str], engine: Engine, asked_at: datetime) -> bool:
    """Tell whether one cluster alone holds a word, and has it in a headline."""
    leads = engine.leads([word], [], asked_at)
    in_headline = any(not word.isdisjoint(terms(article.title)) for article in leads.articles)
    return in_headline and _in_one_cluster(leads.published_seconds)


def _in_one_cluster(seconds: npt.NDArray[np.float64]) -> bool:
    """Tell whether there are any moments, and all within ``CLUSTER_DAYS``."""
    return bool(seconds.size) and float(np.ptp(seconds)) <= CLUSTER_DAYS * DAY_SECONDS


def _naming(runs: list[str], leads: Leads, at: npt.NDArray[np.int64], engine: Engine) -> npt.NDArray[np.int64]:
    """Return of some places those whose headline has the names as they are, else whose lead has, else all.

    Terms alone would take "Artemis I" for any Artemis.
    """
    exact = [_holds(runs, leads.articles[place].title) for place in at]
    if not any(exact) and 0 < len(at) <= MOST_READ:
        exact = [_holds(runs, lead.searched_text) for lead in engine.passages(leads.numbers[at].tolist())]
    return at[np.asarray(exact, dtype=bool)] if any(exact) else at


def _holds(runs: list[str], text: str) -> bool:
    return bool(runs) and all(re.search(rf"\b{re.escape(run)}\b", text, re.IGNORECASE) for run in runs)


def _first_of_cluster(seconds: npt.NDArray[np.float64]) -> int:
    """Return the position of the first of the most moments within ``CLUSTER_DAYS``; of equal clusters the newest's."""
    order = np.argsort(seconds, kind="stable")
    ends = np.searchsorted(seconds[order], seconds[order] + CLUSTER_DAYS * DAY_SECONDS, side="right")
    counts = ends - np.arange(len(order))
    return int(order[len(order) - 1 - np.argmax(counts[::-1])])
