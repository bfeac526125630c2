"""What an answer or a refusal looks like.

Owns which pieces a card has and how much room each gets; decides nothing about what is an answer. All of a card
fits what Discord lets components show, and so it fits into embeds too.
"""

from bot.discord.cards.block_quote import block_quote
from bot.discord.cards.card import ANSWER_COLOUR, MARKS_UNITS, REFUSAL_COLOUR, Card, Note, Part, Words, share_of
from bot.discord.cards.pieces import (
    BRIEF_NAME_MAX_UNITS,
    date_and_age,
    day,
    one_line,
    publisher_name,
    source,
    words,
)
from bot.discord.cards.reasons import why
from bot.discord.escape import escape
from bot.discord.excerpt import excerpt
from bot.discord.limits import AUTHOR_MAX_UNITS, cut, take_lines, units
from bot.kinds import Kinds
from bot.refusals import not_an_answer
from bot.staleness import Stale, staleness
from bot.translations import Say
from index.answer import Answer, Citation, Disagreement, NoAnswer
from index.clusters import first_published

QUOTE_MAX_UNITS = 1500
ALSO_MAX_NAMES = 3
SAID_MAX_UNITS = 100
DIFFERENCE_MAX_UNITS = 600
REASON_MAX_UNITS = 1000
FOOTER_MAX_UNITS = 200


def answer_card(result: Answer | NoAnswer, say: Say, kinds: Kinds, *, dated: bool = False) -> Card:
    """Return the card of a result.

    Args:
        result: What was found.
        say: Speaks to who reads it.
        kinds: Who speaks in its articles.
        dated: Whether it says first who reported it first, and when.
    """
    heading = words(result.question, AUTHOR_MAX_UNITS)
    footer = _footer(result, say)
    room = share_of(heading, footer, 1)
    if isinstance(result, NoAnswer):
        return Card(heading, _refusal_parts(result, room, say, kinds), footer, colour=REFUSAL_COLOUR)
    notes = (*([_first_report(result, say)] if dated else []), *_notes(result, say))
    room -= sum(units(note.name) + units(note.text) + MARKS_UNITS for note in notes)
    share = room // len(result.citations)
    parts = tuple(citation_part(citation, share, say, kinds) for citation in result.citations)
    return Card(heading, parts, footer, notes, ANSWER_COLOUR)


def _refusal_parts(refusal: NoAnswer, room: int, say: Say, kinds: Kinds) -> tuple[Part, ...]:
    reason = Part(text=cut(why(refusal, say), REASON_MAX_UNITS, escape))
    if refusal.nearest is None:
        return (reason,)
    label = say(not_an_answer(refusal.refusal))
    share = room - units(reason.text) - MARKS_UNITS
    return reason, citation_part(refusal.nearest, share, say, kinds, answers=False, label=label)


def citation_part(
    citation: Citation, max_units: int, say: Say, kinds: Kinds, *, answers: bool = True, label: str = ""
) -> Part:
    """Return a quote with its source, within ``max_units``; only what answers has bold words."""
    quote, article = citation.quote, citation.article
    sentence = quote.part(quote.sentence)
    left = max_units - units(label) - MARKS_UNITS
    origin = source(article, sentence, say, kinds.get(article.id), left, _told_by(citation, say))
    room = min(QUOTE_MAX_UNITS, left - origin.units)
    shown = excerpt(quote, lambda part: units(block_quote(part, answers=answers)) <= room)
    return Part(block_quote(shown, answers=answers), origin.title, origin.facts, origin.link, label)


def _told_by(citation: Citation, say: Say) -> tuple[str, ...]:
    """Return a line that says how many tell the same, or nothing where nobody else does."""
    if not citation.others:
        return ()
    n_reports = citation.independent_reports
    reports = say.plural("{count} independent report", "{count} independent reports", count=n_reports)
    publishers = dict.fromkeys(article.publisher for article in citation.others)
    names = [publisher_name(name, say, BRIEF_NAME_MAX_UNITS) for name in publishers][:ALSO_MAX_NAMES]
    names += [say("more")] if len(publishers) > ALSO_MAX_NAMES else []
    return (say("{reports} · also {names}", reports=reports, names=", ".join(names)),)


def _first_report(answer: Answer, say: Say) -> Note:
    """Return who told the story of the first quote first, as far as anybody knows when."""
    citation = answer.citations[0]
    first = min((citation.article, *citation.others), key=first_published)
    who = publisher_name(first.publisher, say, BRIEF_NAME_MAX_UNITS)
    return Note(say("Reported first"), f"{who} · {date_and_age(first.published_at, say)}")


def _notes(answer: Answer, say: Say) -> tuple[Note, ...]:
    stale = staleness(answer)
    notes = [_stale(stale, say)] if stale else []
    return (*notes, *([_differing(answer, answer.disagreement, say)] if answer.disagreement else []))


def _differing(answer: Answer, disagreement: Disagreement, say: Say) -> Note:
    """Return what each of the disagreeing quotes says, a line each with its publisher and day; no verdict."""
    lines = []
    for said in disagreement.said:
        article = answer.citations[said.citation].article
        who = publisher_name(article.publisher, say, BRIEF_NAME_MAX_UNITS)
        lines.append(f"“{cut(said.text, SAID_MAX_UNITS, one_line)}” · {who} · {day(article.published_at, say)}")
    return Note(say("The reports differ"), take_lines(lines, DIFFERENCE_MAX_UNITS)[0])


def _stale(stale: Stale, say: Say) -> Note:
    text = say(stale.warning, day=date_and_age(stale.newest, say))
    return Note(f"⚠️ {say('There may be newer news')}", text)


def _footer(result: Answer | NoAnswer, say: Say) -> Words:
    parts = [
        say("generation {name}", name=result.generation),
        say("as of {moment} UTC", moment=f"{result.asked_at:%Y-%m-%d %H:%M}"),
    ]
    if result.timings_ms:
        parts.append(say("{milliseconds} ms", milliseconds=f"{_total_ms(result.timings_ms):.0f}"))
    return words(" · ".join(parts), FOOTER_MAX_UNITS)


def _total_ms(timings_ms: dict[str, float]) -> float:
    return timings_ms.get("total", sum(timings_ms.values()))
