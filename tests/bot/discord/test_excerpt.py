"""What is kept of a quote that is too long."""

from hypothesis import given
from hypothesis import strategies as st

from bot.discord.excerpt import Excerpt, excerpt
from index.answer import Quote
from tests.bot.discord.strategies import quotes
from tests.bot.fakes import LANDING_SENTENCE, landing_citation


def length(part: Excerpt) -> int:
    return len(part.before + part.lead + part.answer + part.rest + part.after)


def test_a_short_quote_stays_whole() -> None:
    part = excerpt(landing_citation().quote, lambda part: length(part) <= 1000)

    assert part == Excerpt(
        before="The Larkspur lander left its parking orbit on Monday. ",
        lead="It touched down ",
        answer="near the crater Vesna",
        rest=" at 04:12 UTC.",
        after=" Its two rovers will roll out next week.",
        cut_before=False,
        cut_after=False,
    )


def test_neighbours_go_first_and_words_stay_whole() -> None:
    part = excerpt(landing_citation().quote, lambda part: length(part) <= 80)

    assert (part.before, part.lead + part.answer + part.rest, part.after) == (
        "on Monday. ",
        LANDING_SENTENCE,
        " Its two rovers",
    )
    assert part.cut_before
    assert part.cut_after


def test_the_answer_outlives_its_sentence() -> None:
    part = excerpt(landing_citation().quote, lambda part: length(part) <= 35)

    assert part == Excerpt("", "down ", "near the crater Vesna", " at 04:12", "", cut_before=True, cut_after=True)


@given(quotes(), st.integers(1, 400))
def test_an_excerpt_is_a_slice_that_fits(quote: Quote, max_chars: int) -> None:
    part = excerpt(quote, lambda part: length(part) <= max_chars)
    kept = part.before + part.lead + part.answer + part.rest + part.after

    assert len(kept) <= max_chars
    assert kept in quote.text
    assert part.lead + part.answer + part.rest in quote.part(quote.sentence)
    assert part.answer in quote.part(quote.answer)
    assert part.cut_before or quote.text.startswith(kept)
    assert part.cut_after or quote.text.endswith(kept)
