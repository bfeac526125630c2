"""Answers and refusals: what both forms of a card show."""

import dataclasses
from datetime import UTC, datetime, timedelta

import discord
import pytest

from bot.discord.cards import answer_shown
from bot.discord.cards.pieces import link_or_place
from bot.refusals import NEAREST, NEWEST
from bot.translations import ENGLISH
from corpus.sources import Kind
from index.answer import Answer, Disagreement, DisagreementKind, NoAnswer, Refusal, Said
from tests.bot.discord.rendering import quoted, seen, shown_texts
from tests.bot.fakes import FUELLING, LANDING, LANDING_TEXT, citation, landing_citation

ASKED_AT = datetime(2031, 5, 8, 12, 0, tzinfo=UTC)
LANDED = int(datetime(2031, 5, 6, 9, 30, tzinfo=UTC).timestamp())
FUEL_TEXT = "The fuelling test moved to June. No reason was given."
LANDING_QUOTE = (
    "> The Larkspur lander left its parking orbit on Monday. "
    "**It touched down __near the crater Vesna__ at 04:12 UTC.** Its two rovers will roll out next week."
)
AT_THE_SENTENCE = (
    "https://orbit.example/larkspur#:~:text=It%20touched%20down%20near%20the%20crater%20Vesna%20at%2004%3A12%20UTC."
)
KINDS = {LANDING.id: Kind.PRESS}


def an_answer(n_citations: int = 1) -> Answer:
    cited = (
        landing_citation(),
        citation(FUELLING, FUEL_TEXT, "The fuelling test moved to June.", "June"),
    )[:n_citations]
    return Answer("Where did Larkspur land?", ASKED_AT, cited, "g0001", {"search": 3.0, "read": 4.2})


def view_of(result: Answer | NoAnswer) -> list[str]:
    """Return the texts of the rich form, in order."""
    return shown_texts(answer_shown(result, answer_id="a1", say=ENGLISH, kinds=KINDS).view())


def embeds_of(result: Answer | NoAnswer) -> list[discord.Embed]:
    return answer_shown(result, answer_id="a1", say=ENGLISH, kinds=KINDS).embeds()


def test_answer_as_components() -> None:
    assert view_of(an_answer()) == [
        "### Where did Larkspur land?",
        LANDING_QUOTE,
        f"**Larkspur reaches the ground**\nOrbit Gazette · press · <t:{LANDED}:D> (<t:{LANDED}:R>)",
        "-# generation g0001 · as of 2031-05-08 12:00 UTC · 7 ms",
    ]


def test_the_link_of_a_source_is_a_button_beside_it() -> None:
    view = answer_shown(an_answer(), answer_id="a1", say=ENGLISH).view()

    (section,) = [item for item in view.walk_children() if isinstance(item, discord.ui.Section)]
    assert isinstance(section.accessory, discord.ui.Button)
    assert section.accessory.label == "Open at the quote"
    assert section.accessory.url == AT_THE_SENTENCE


def test_answer_as_embeds() -> None:
    (embed,) = embeds_of(an_answer())

    assert embed.author.name == "Where did Larkspur land?"
    assert embed.title == "Larkspur reaches the ground"
    assert embed.description == (
        f"{LANDING_QUOTE}\nOrbit Gazette · press · <t:{LANDED}:D> (<t:{LANDED}:R>)\n"
        f"[Open at the quote]({AT_THE_SENTENCE})"
    )
    assert embed.footer.text == "generation g0001 · as of 2031-05-08 12:00 UTC · 7 ms"
    assert embed.url is None


def test_every_citation_has_its_source() -> None:
    first, second = embeds_of(an_answer(2))

    assert first.footer.text is None
    assert second.author.name is None
    assert second.title == "Fuelling test moved"
    assert second.description == (
        "> **The fuelling test moved to __June__.** No reason was given.\n"
        "Starter corpus · undated\n"
        "Source: briefings/fuelling.md"
    )
    assert second.footer.text is not None
    assert view_of(an_answer(2))[3] == (
        "> **The fuelling test moved to __June__.** No reason was given.\n"
        "**Fuelling test moved**\n"
        "Starter corpus · undated\n"
        "Source: briefings/fuelling.md"
    )


def test_refusal_says_so_before_it_shows_the_nearest() -> None:
    reason = "Nothing in the index says where it will land."
    refusal = NoAnswer("Where next?", ASKED_AT, Refusal.NO_ANSWER_IN_TOPIC, reason, landing_citation(), "g0001")

    assert view_of(refusal)[:3] == ["### Where next?", reason, f"**{NEAREST}**\n> {LANDING_TEXT}"]
    first, second = embeds_of(refusal)
    assert (first.author.name, first.description) == ("Where next?", reason)
    assert second.author.name == NEAREST
    assert quoted(second.description or "") == LANDING_TEXT
    assert second.footer.text == "generation g0001 · as of 2031-05-08 12:00 UTC"


def test_refusal_with_something_older() -> None:
    refusal = NoAnswer("Who, this week?", ASKED_AT, Refusal.OLDER, "Only older news.", landing_citation(), "g0001")
    reason, older = embeds_of(refusal)

    assert reason.description == "Only older news."
    assert older.author.name == NEWEST == "Not an answer, but the newest that was found"
    assert f"<t:{LANDED}:D>" in (older.description or "")
    assert "**" not in (older.description or "")


def test_refusal_with_nothing_near() -> None:
    refusal = NoAnswer("Where?", ASKED_AT, Refusal.NOTHING_FOUND, "Nothing was found.", None, "g0001")
    (embed,) = embeds_of(refusal)

    assert embed.description == "Nothing was found."
    assert embed.footer.text is not None
    assert view_of(refusal)[1] == "Nothing was found."


def test_every_line_of_a_quote_is_quoted_and_bold_by_itself() -> None:
    text = "One line.\nThe answer\nruns on. Last."
    cited = citation(LANDING, text, "The answer\nruns on.", "answer")

    quote = view_of(Answer("What?", ASKED_AT, (cited,), "g0001"))[1]

    assert quote.split("\n") == ["> One line.", "> **The __answer__**", "> **runs on.** Last."]


def test_it_says_how_many_tell_the_same() -> None:
    names = ("Selene Post", "Selene Post", "Wire *", "Evening Moon", "Pad Notes")
    others = tuple(dataclasses.replace(FUELLING, publisher=name) for name in names)
    cited = dataclasses.replace(landing_citation(), independent_reports=3, others=others)

    source = view_of(Answer("Where?", ASKED_AT, (cited,), "g0001"))[2]

    assert source.split("\n")[2] == r"3 independent reports · also Selene Post, Wire \*, Evening Moon, more"


def test_it_says_on_what_the_reports_differ_without_a_verdict() -> None:
    said = (Said(0, "near the crater Vesna"), Said(1, "June"))
    answer = dataclasses.replace(an_answer(2), disagreement=Disagreement(DisagreementKind.DATE, said))
    lines = f"“near the crater Vesna” · Orbit Gazette · <t:{LANDED}:D>\n“June” · Starter corpus · undated"

    assert view_of(answer)[1] == f"**The reports differ**\n{lines}"
    first, second = embeds_of(answer)
    (field,) = first.fields
    assert (field.name, field.value) == ("The reports differ", lines)
    assert second.fields == []


def test_it_warns_where_the_evidence_is_older_than_the_question_implies() -> None:
    asked_at = ASKED_AT + timedelta(days=60)
    answer = dataclasses.replace(an_answer(), question="Where is Larkspur now?", asked_at=asked_at)
    warning = f"You asked how things stand, and the newest of these quotes is of <t:{LANDED}:D> (<t:{LANDED}:R>)."

    assert view_of(answer)[1] == f"**⚠️ There may be newer news**\n{warning}"
    assert embeds_of(answer)[0].fields[0].value == warning


def test_a_cut_is_marked() -> None:
    text = "First words. " * 200 + "The answer is here." + " Last words." * 200
    cited = citation(LANDING, text, "The answer is here.", "here")
    shown = seen(quoted(view_of(Answer("What?", ASKED_AT, (cited,), "g0001"))[1]))

    assert shown.startswith("[…] ")
    assert shown.endswith(" […]")
    assert "**The answer is __here__.**" in shown
    assert shown.removeprefix("[…] ").removesuffix(" […]").replace("**", "").replace("__", "") in text


def test_hostile_article_shows_and_does_nothing() -> None:
    text = "@everyone [free](https://evil.example) <@1> # now. It landed. ||x||"
    article = dataclasses.replace(LANDING, title="# @here **hi**", publisher="<@&5>")
    answer = Answer("@everyone?", ASKED_AT, (citation(article, text, "It landed.", "landed"),), "g0001")
    (embed,) = embeds_of(answer)

    assert embed.title == r"\# @​here \*\*hi\*\*"
    assert view_of(answer)[1] == (
        "> @\u200beveryone \\[free\\](https\\://evil.example) <\u200b@\u200b1> # now. **It __landed__.** \\|\\|x\\|\\|"
    )
    assert embed.author.name == "@\u200beveryone?"


def test_a_whole_sentence_that_answers_is_bold_alone() -> None:
    cited = citation(LANDING, "It landed. It drove.", "It landed.", "It landed.")

    assert view_of(Answer("Did it?", ASKED_AT, (cited,), "g0001"))[1] == "> **It landed.** It drove."


def test_nothing_takes_effect_across_the_parts_of_a_quote() -> None:
    text = "Write to @everyone or |||x||| now."
    cited = citation(LANDING, text, "everyone or |", "one or |")

    assert view_of(Answer("What?", ASKED_AT, (cited,), "g0001"))[1] == (
        "> Write to @**every__one or |__**\\|\\|x\\|\\|\\| now."
    )


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://a.example/x_(y)", "[Open the source](https://a.example/x_%28y%29)"),
        ("https://a.example/@everyone", "[Open the source](https://a.example/%40everyone)"),
        ("https://discord.gg/abc", "Source: https\\://discord.\u200bgg/abc"),
        ("javascript:alert(1)", "Source: javascript:alert(1)"),
        ("briefings/a_b.md", r"Source: briefings/a\_b.md"),
    ],
)
def test_links(url: str, expected: str) -> None:
    assert link_or_place(dataclasses.replace(LANDING, url=url), ENGLISH) == expected


@pytest.mark.parametrize(
    "url", ["https://localhost/a", "https://a.example:1/b", "https://me@a.example/b", "https://a.example/" + "x" * 500]
)
def test_a_link_that_discord_may_not_take_is_no_button(url: str) -> None:
    article = dataclasses.replace(LANDING, url=url)
    cited = citation(article, "It landed.", "It landed.", "landed")
    view = answer_shown(Answer("Did it?", ASKED_AT, (cited,), "g0001"), answer_id="a1", say=ENGLISH).view()

    assert not [item for item in view.walk_children() if isinstance(item, discord.ui.Section)]
    assert "[Open" in shown_texts(view)[1]


def test_a_link_that_is_too_long_is_cut_and_dead() -> None:
    shown = link_or_place(dataclasses.replace(LANDING, url="https://a.example/" + "x" * 900), ENGLISH)

    assert shown.startswith(r"Source: https\://a.example/xxx")
    assert shown.endswith(r"xxx \[…\]")
