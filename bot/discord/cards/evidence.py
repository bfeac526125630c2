"""What lies behind an answer: everything that was cited, who else told it, and what else was read.

Owns the order of these and what each is called.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from bot.discord.cards.card import MARKS_UNITS, PARTS_MAX, Card, Part, share_of
from bot.discord.cards.pages import n_pages, page_footer, page_of
from bot.discord.cards.pieces import one_line, source, words
from bot.discord.limits import AUTHOR_MAX_UNITS, cut, units
from bot.explanation_words import VERDICTS
from bot.kinds import Kinds
from bot.messages import message
from bot.refusals import not_an_answer
from bot.translations import Say
from corpus import Article
from index.answer import Answer, NoAnswer

ENTRIES_A_PAGE = PARTS_MAX
SENTENCE_MAX_UNITS = 450
CITED, TOLD_TOO, READ_TOO = message("Cited"), message("Tells the same"), message("Read too, not cited: {why}")


@dataclass(frozen=True, slots=True)
class Entry:
    """An article behind an answer.

    Attributes:
        article: The article.
        sentence: What of it was read as an answer, or "" where it only tells the same.
        role: What it has to do with the answer, in the reader's language.
    """

    article: Article
    sentence: str
    role: str


def entries(result: Answer | NoAnswer, say: Say) -> list[Entry]:
    """Return the articles behind a result, each once: what is cited, who else tells it, then what else was read."""
    found: dict[str, Entry] = {}
    for entry in (*_cited(result, say), *_read(result, say)):
        found.setdefault(entry.article.id, entry)
    return list(found.values())


def evidence_card(result: Answer | NoAnswer, say: Say, kinds: Kinds, *, page: int) -> tuple[Card, int]:
    """Return a page of the articles behind a result, and how many pages there are."""
    found = entries(result, say)
    n_all = n_pages(len(found), ENTRIES_A_PAGE)
    heading, footer = words(result.question, AUTHOR_MAX_UNITS), page_footer(page, n_all, say)
    share = share_of(heading, footer, ENTRIES_A_PAGE)
    parts = tuple(_part(entry, share, say, kinds) for entry in page_of(found, page, ENTRIES_A_PAGE))
    return Card(heading, parts or (Part(text=say("Nothing else was found.")),), footer), n_all


def _cited(result: Answer | NoAnswer, say: Say) -> Iterator[Entry]:
    if isinstance(result, NoAnswer):
        citations = [result.nearest] if result.nearest else []
        role = say(not_an_answer(result.refusal))
    else:
        citations, role = list(result.citations), say(CITED)
    for citation in citations:
        yield Entry(citation.article, citation.quote.part(citation.quote.sentence), role)
    for citation in citations:
        for other in citation.others:
            yield Entry(other, "", say(TOLD_TOO))


def _read(result: Answer | NoAnswer, say: Say) -> Iterator[Entry]:
    for passage in result.explanation.passages if result.explanation else ():
        yield Entry(passage.article, passage.text, say(READ_TOO, why=say(VERDICTS[passage.verdict])))


def _part(entry: Entry, max_units: int, say: Say, kinds: Kinds) -> Part:
    left = max_units - units(entry.role) - MARKS_UNITS
    origin = source(entry.article, entry.sentence, say, kinds.get(entry.article.id), left)
    room = min(SENTENCE_MAX_UNITS, left - origin.units)
    text = f"> {cut(entry.sentence, room, one_line)}" if entry.sentence.strip() else ""
    return Part(text, origin.title, origin.facts, origin.link, entry.role)
