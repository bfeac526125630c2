"""What an article and a kept quote look like.

Owns which pieces are shown and in how much room; what was asked when a quote was shown is nobody else's business and is
left out.
"""

from collections.abc import Sequence

from bot.discord.cards.answer import citation_part
from bot.discord.cards.card import MARKS_UNITS, Card, Part, share_of
from bot.discord.cards.pieces import day, headline, link_to, one_line, publisher_name, words
from bot.discord.escape import escape
from bot.discord.limits import AUTHOR_MAX_UNITS, CUT, TEXT_MAX_UNITS, cut, units
from bot.holdings import Listed
from bot.translations import Say
from corpus.changes import Change, Piece, shorten
from corpus.lookup import LookedUp
from index.answer import Citation

QUOTE_MAX_UNITS = 900
CHANGES_MAX_UNITS = 1000
CITED_SHOWN = 2
OTHERS_SHOWN = 5
FOOTER_MAX_UNITS = 200
_OTHER_MAX_UNITS = 100
_ID_MAX_UNITS = 200
_SPARE_UNITS = 400
_MARKS = {Change.KEPT: "", Change.REMOVED: "~~", Change.ADDED: "__"}


def article_card(listed: Listed, say: Say) -> Card:
    """Return an article: how it begins, where it comes from, how often it changed, and who else tells its story."""
    citation, article = listed.citation, listed.citation.article
    heading = words(say("Article {id}", id=article.id), AUTHOR_MAX_UNITS)
    facts = [say.plural("read in {count} version", "read in {count} versions", listed.versions)]
    if article.authors:
        facts.insert(0, say("by {names}", names=cut(say.listed(article.authors), _OTHER_MAX_UNITS, one_line)))
    others = _others(citation, say)
    room = TEXT_MAX_UNITS - units(heading.markdown) - sum(map(units, [*facts, others])) - _SPARE_UNITS
    parts = [citation_part(citation, room, say, {}), Part(text=" · ".join(facts))]
    return Card(heading, (*parts, *([Part(text=others, label=say("Also told in"))] if others else [])))


def cited_card(found: Sequence[LookedUp], say: Say) -> Card:
    """Return quotes as they were cited, the newest first, and what became of each."""
    newest = list(reversed(found))[:CITED_SHOWN]
    heading = words(say("As it was cited: {id}", id=newest[0].cited.id), AUTHOR_MAX_UNITS)
    n_left = len(found) - len(newest)
    more = say.plural("and {count} more of this article", "and {count} more of this article", n_left)
    footer = words(more, FOOTER_MAX_UNITS) if n_left else None
    share = share_of(heading, footer, len(newest))
    return Card(heading, tuple(_cited_part(one, share, say) for one in newest), footer)


def _others(citation: Citation, say: Say) -> str:
    lines = [
        f"{day(other.published_at, say)} · {publisher_name(other.publisher, say, _OTHER_MAX_UNITS)} · "
        f"{headline(other, say, _OTHER_MAX_UNITS)}"
        for other in citation.others[:OTHERS_SHOWN]
    ]
    n_left = len(citation.others) - len(lines)
    return "\n".join([*lines, *([say("and {count} more", count=n_left)] if n_left else [])])


def _cited_part(found: LookedUp, max_units: int, say: Say) -> Part:
    """Return a quote with what became of it, within ``max_units``; of what is left, the changes take half at most."""
    cited = found.cited
    facts = (
        f"{publisher_name(cited.publisher, say)} · "
        + say("cited {day}, version {version}", day=day(cited.cited_at, say), version=cited.version),
        _standing(found, say),
    )
    link = link_to(found.article, say, cited.sentence, max_units // 4) if found.article else None
    title = cut(cited.title, min(AUTHOR_MAX_UNITS, max_units // 6), one_line) or say("Untitled")
    beside = [title, *facts, *([link.markdown] if link and not link.is_button else [])]
    left = max_units - sum(units(text) + 1 for text in beside) - MARKS_UNITS
    changes = _changes(found.changes, min(CHANGES_MAX_UNITS, left // 2), say)
    quote = _quoted(cited.quote, min(QUOTE_MAX_UNITS, left - units(changes)))
    return Part("\n".join(filter(None, [quote, changes])), title, facts, link)


def _quoted(text: str, max_units: int) -> str:
    mark = "> "
    return mark + cut(text, max_units - len(mark), lambda part: escape(part).replace("\n", f"\n{mark}"))


def _standing(found: LookedUp, say: Say) -> str:
    if found.article is None or found.present is None:
        return say("The corpus no longer holds this article.")
    gone_at = found.article.withdrawn_at
    gone = say("Its page was found gone on {day}.", day=day(gone_at, say)) + " " if gone_at else ""
    if not found.changes:
        return gone + say("The text is unchanged since.")
    changed = say("The text has changed; version {number} is the present one.", number=found.present.number)
    stands = say("The quoted sentence still stands there.")
    lost = say("The quoted sentence is no longer there.")
    return f"{gone}{changed} {stands if found.stands else lost}"


def _changes(pieces: tuple[Piece, ...], max_units: int, say: Say) -> str:
    """Return what changed, a few words around each: what was taken out is struck, what was added underlined."""
    title, end = f"**{say('What changed')}**\n", escape(CUT)
    shown, room = [], max_units - units(title) - units(end)
    for piece in shorten(pieces):
        text = _marked(piece)
        if units(text) > room:
            shown.append(end)
            break
        shown.append(text)
        room -= units(text) + 1
    return f"{title}{' '.join(shown)}" if shown else ""


def _marked(piece: Piece) -> str:
    if piece.change is Change.LEFT_OUT:
        return escape(CUT)
    text = one_line(piece.text)
    mark = _MARKS[piece.change]
    return f"{mark}{text}{mark}" if text else ""
