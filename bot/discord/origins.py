"""Who said what an answer showed: read from what was kept, without another search.

Owns reading the quotes of a kept answer, and the card that names where they come from.
"""

from collections.abc import Sequence

from bot.discord.answering import Answering
from bot.discord.cards.card import Card, Part, share_of
from bot.discord.cards.pieces import date_and_age, headline, link_to, one_line, place, publisher_name, words
from bot.discord.limits import AUTHOR_MAX_UNITS, cut
from bot.followup import Previous, Quoted
from bot.state import KeptAnswer
from bot.translations import Say
from corpus import Article
from corpus.errors import UnknownCitationError
from corpus.lookup import LookedUp

AS_OF_SECONDS = 20 * 60.0
"""A question that was kept later than this after its moment was asked as of another one: no answer takes so long."""
_SENTENCE_MAX_UNITS = 700
_HEADLINE_MAX_UNITS = 150


def quotes_of(answering: Answering, kept: KeptAnswer) -> list[LookedUp]:
    """Return the quotes that an answer showed, in its order; what the corpus no longer knows is left out. Blocks."""
    found: list[LookedUp] = []
    for citation_id in kept.citation_ids:
        try:
            found += answering.holdings.cited(citation_id)
        except UnknownCitationError:
            continue
    return found


def previous_of(kept: KeptAnswer, quotes: Sequence[LookedUp]) -> Previous:
    """Return a kept answer as what a follow-up follows."""
    is_as_of = abs((kept.kept_at - kept.asked_at).total_seconds()) > AS_OF_SECONDS
    quoted = tuple(
        Quoted(one.cited.publisher, one.cited.title, one.cited.sentence, article.published_at if article else None)
        for one in quotes
        for article in [one.article]
    )
    return Previous(kept.question, kept.filters, kept.asked_at if is_as_of else None, quoted)


def origins_card(question: str, quotes: Sequence[LookedUp], say: Say) -> Card:
    """Return a card that names publisher, date and headline of each quote, with its answering sentence."""
    heading = words(question, AUTHOR_MAX_UNITS)
    share = share_of(heading, None, len(quotes))
    return Card(heading, tuple(_part(one, share, say) for one in quotes))


def _part(one: LookedUp, max_units: int, say: Say) -> Part:
    article = one.article or _as_it_was(one)
    sentence = cut(one.cited.sentence, min(_SENTENCE_MAX_UNITS, max_units * 2 // 5), one_line)
    who = f"**{publisher_name(article.publisher, say)}** · {date_and_age(article.published_at, say)}"
    link_max_units = max_units // 4
    link = link_to(article, say, one.cited.sentence, link_max_units)
    facts = (f"> {sentence}", *(() if link else (place(article, say, link_max_units),)))
    return Part(who, headline(article, say, _HEADLINE_MAX_UNITS), facts, link)


def _as_it_was(one: LookedUp) -> Article:
    """Return the article of a quote that the corpus no longer holds, as it was cited; its date is lost."""
    cited = one.cited
    return Article(id=cited.article_id, url=cited.url, title=cited.title, publisher=cited.publisher, published_at=None)
