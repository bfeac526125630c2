"""What lies behind an answer, and why it was given."""

from dataclasses import replace
from datetime import UTC, datetime

from bot.discord.cards.evidence import ENTRIES_A_PAGE, Entry, entries, evidence_card
from bot.discord.cards.shown import Shown
from bot.discord.cards.why import why_card
from bot.translations import ENGLISH
from index.answer import Answer, NoAnswer, Refusal
from tests.bot.discord.rendering import shown_texts
from tests.bot.fakes import FUELLING, LANDING, LANDING_SENTENCE, explanation, landing_citation

ASKED_AT = datetime(2031, 5, 8, 12, 0, tzinfo=UTC)
COPY = replace(LANDING, id="copy", publisher="Selene Post")


def answer() -> Answer:
    cited = replace(landing_citation(), others=(COPY,), independent_reports=2)
    return Answer("Where?", ASKED_AT, (cited,), "g0001", explanation=explanation())


def test_every_article_once_what_was_cited_first() -> None:
    assert entries(answer(), ENGLISH) == [
        Entry(LANDING, LANDING_SENTENCE, "Cited"),
        Entry(COPY, "", "Tells the same"),
        Entry(FUELLING, LANDING_SENTENCE, "Read too, not cited: below the threshold"),
    ]


def test_a_refusal_has_its_nearest_first() -> None:
    refusal = NoAnswer("Where?", ASKED_AT, Refusal.NO_ANSWER_IN_TOPIC, "No.", landing_citation(), "g0001")

    assert entries(refusal, ENGLISH) == [Entry(LANDING, LANDING_SENTENCE, "Not an answer, but the nearest passage")]


def test_pages() -> None:
    others = tuple(replace(LANDING, id=f"copy-{number}", title=f"Copy {number}") for number in range(ENTRIES_A_PAGE))
    result = replace(answer(), citations=(replace(landing_citation(), others=others),))
    card, n_pages = evidence_card(result, ENGLISH, {}, page=1)

    assert n_pages == 2
    assert [part.title for part in card.parts] == ["Copy 3", "Fuelling test moved"]
    assert card.footer is not None
    assert card.footer.plain == "page 2 of 2"


def test_nothing_behind_a_refusal() -> None:
    refusal = NoAnswer("Where?", ASKED_AT, Refusal.NOTHING_FOUND, "No.", None, "g0001")
    card, n_pages = evidence_card(refusal, ENGLISH, {}, page=0)

    assert (n_pages, [part.text for part in card.parts]) == (1, ["Nothing else was found."])


def test_why() -> None:
    landed = int(datetime(2031, 5, 6, 9, 30, tzinfo=UTC).timestamp())

    assert shown_texts(Shown(why_card(answer(), ENGLISH)).view()) == [
        "### Where?",
        "**Why**\n1 of 2 passages is cited.\n"
        "Time: none named, 2031-05-09, when it was asked; a date counts x1\n"
        "Topic: a passage covers 0.80 of the question; below 0.40 it counts as another topic",
        f"`1` **Larkspur reaches the ground** · Orbit Gazette · <t:{landed}:D> · cited\n"
        "`2` **Fuelling test moved** · Starter corpus · undated · below the threshold",
        "What speaks for each, in log-odds; shown from a confidence of 0.30\n"
        "```\n"
        "                 1      2\n"
        "relevance    +1.00  +1.00\n"
        "names        +0.00  +0.00\n"
        "bias         +0.20  +0.20\n"
        "confidence    0.77   0.20\n"
        "```",
    ]


def test_why_of_what_was_not_explained() -> None:
    card = why_card(replace(answer(), explanation=None), ENGLISH)

    assert [part.text for part in card.parts] == ["Nothing is known of how this came about."]
