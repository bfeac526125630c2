"""Which quotes disagree, and which only look like it."""

from datetime import date

import pytest

from corpus import Span
from index.answer import Disagreement, DisagreementKind, Said
from index.coverage import held_terms, names_held
from index.disagreement.claims import Claim, compare
from index.lexicon import Lexicon
from index.terms import terms

MURMUR = "How many satellites does the Murmur network have?"
CONDOR = "When will the Condor rocket launch?"
HEAD = "Who is the head of the Nordic Space Agency?"


def claim(question: str, lexicon: Lexicon, said: tuple[str, str], title: str = "") -> Claim:
    """Return a claim of the newest first: a sentence, and the words in it that answer."""
    sentence, answer = said
    context = f"{title}. {sentence}"
    held = held_terms(context, lexicon)
    at = sentence.index(answer)
    names = names_held(question, held, lexicon)
    return Claim(sentence, Span(at, at + len(answer)), context, held, names, date(2031, 6, 2))


def compared(question: str, lexicon: Lexicon, *said: tuple[str, str]) -> Disagreement | None:
    idf = dict.fromkeys(terms(question), 1.0)
    return compare(question, idf, [claim(question, lexicon, one) for one in said], lexicon)


def test_an_update_of_a_number_is_shown_by_both_values(lexicon: Lexicon) -> None:
    newer = ("As of June 1, the Murmur network has 350 satellites.", "350")
    older = ("As of March 1, the Murmur network had 301 satellites.", "301 satellites")
    assert compared(MURMUR, lexicon, newer, older) == Disagreement(
        DisagreementKind.NUMBER, (Said(0, "350 satellites"), Said(1, "301 satellites"))
    )


def test_a_date_that_slips(lexicon: Lexicon) -> None:
    newer = ("The Condor rocket will now launch on May 24.", "May 24")
    older = ("The Condor rocket will launch on May 10, 2031.", "May 10, 2031")
    same = ("The Condor rocket will launch in May 2031.", "May 2031")
    assert compared(CONDOR, lexicon, newer, same, older) == Disagreement(
        DisagreementKind.DATE, (Said(0, "May 24"), Said(2, "May 10, 2031"))
    )


def test_another_name(lexicon: Lexicon) -> None:
    newer = ("The head of the Nordic Space Agency is Henrik Aalto.", "Henrik Aalto")
    older = ("The head of the Nordic Space Agency, Ilse Brandt, spoke.", "Ilse Brandt")
    assert compared(HEAD, lexicon, newer, older) == Disagreement(
        DisagreementKind.NAME, (Said(0, "Henrik Aalto"), Said(1, "Ilse Brandt"))
    )


@pytest.mark.parametrize(
    ("question", "one", "other"),
    [
        pytest.param(
            MURMUR,
            ("Murmur, a network, has 1,300 satellites.", "1,300"),
            ("Murmur network: 1.3 thousand satellites.", "1.3 thousand"),
            id="another writing",
        ),
        pytest.param(
            CONDOR,
            ("The Condor rocket will launch May 10.", "May 10"),
            ("The Condor rocket will launch in May 2031.", "May 2031"),
            id="a part of the date",
        ),
        pytest.param(
            HEAD,
            ("Brandt, head of the Nordic Space Agency, spoke.", "Brandt"),
            ("The Nordic Space Agency's head Ilse Brandt spoke.", "Ilse Brandt"),
            id="a part of the name",
        ),
        pytest.param(
            MURMUR,
            ("The Murmur network has 350 satellites.", "350"),
            ("The Siskin network has 24 satellites.", "24"),
            id="something else",
        ),
        pytest.param(
            MURMUR,
            ("The Murmur network has 350 satellites.", "350"),
            ("The Murmur network has 12 antennas.", "12 antennas"),
            id="other things counted",
        ),
        pytest.param(
            CONDOR,
            ("Condor 2 is a rocket to launch on May 24.", "May 24"),
            ("Condor 3 is a rocket to launch on June 1.", "June 1"),
            id="the next of a series",
        ),
        pytest.param(
            "How long did the Ibis burn last?",
            ("On May 3 the burn of Ibis lasted 301 seconds.", "301 seconds"),
            ("On May 9 the burn of Ibis lasted 90 seconds.", "90 seconds"),
            id="another day",
        ),
        pytest.param(
            MURMUR,
            ("The Murmur network has 350 satellites.", "350"),
            ("The Murmur network is to have 900 satellites.", "900"),
            id="a plan and what came of it",
        ),
        pytest.param(
            HEAD,
            ("Brandt leads 40 people at the Nordic Space Agency as head.", "40 people"),
            ("As head of the Nordic Space Agency, she led 30 people.", "30 people"),
            id="not what was asked",
        ),
        pytest.param(
            MURMUR,
            ("The Murmur network has 350 satellites.", "350"),
            ("The Murmur network has 24 satellites, built by students.", "24 satellites, built by students"),
            id="more than the value",
        ),
    ],
)
def test_no_disagreement_is_invented(
    lexicon: Lexicon, question: str, one: tuple[str, str], other: tuple[str, str]
) -> None:
    assert compared(question, lexicon, one, other) is None
    assert compared(question, lexicon, other, one) is None


def test_one_quote_cannot_disagree(lexicon: Lexicon) -> None:
    assert compared(MURMUR, lexicon) is None
    assert compared(MURMUR, lexicon, ("The Murmur network has 350 satellites.", "350")) is None


def test_a_name_by_another_phrase_is_the_same(lexicon: Lexicon) -> None:
    one = ("The tug was named Deorbit Vehicle by the Agency.", "Deorbit Vehicle")
    other = ("The tug was named USDV by the Agency.", "USDV")
    assert compared("Who was named by the Agency?", lexicon, one, other) is None
