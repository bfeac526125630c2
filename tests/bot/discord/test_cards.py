"""Cards: what they show, that they fit, that they ping nobody."""

import dataclasses
from datetime import UTC, datetime

import discord
import pytest
from hypothesis import given, settings

from bot.discord import limits
from bot.discord.cards.old import card, list_card, open_link
from bot.refusals import NEAREST, NEWEST
from index.answer import Answer, Disagreement, DisagreementKind, NoAnswer, Refusal, Said
from tests.bot.discord.rendering import HIDDEN, LIVE, OWN_TIMESTAMP, quoted, seen, texts
from tests.bot.discord.strategies import results
from tests.bot.fakes import FUELLING, LANDING, LANDING_TEXT, citation, landing_citation

ASKED_AT = datetime(2031, 5, 8, 12, 0, tzinfo=UTC)
LANDED = int(datetime(2031, 5, 6, 9, 30, tzinfo=UTC).timestamp())
FUEL_TEXT = "The fuelling test moved to June. No reason was given."


def an_answer(n_citations: int = 1) -> Answer:
    cited = (
        landing_citation(),
        citation(FUELLING, FUEL_TEXT, "The fuelling test moved to June.", "June"),
    )[:n_citations]
    return Answer("Where did Larkspur land?", ASKED_AT, cited, "g0001", {"search": 3.0, "read": 4.2})


def check_limits(embeds: list[discord.Embed]) -> None:
    assert 1 <= len(embeds) <= limits.EMBEDS_MAX
    assert sum(limits.embed_units(embed) for embed in embeds) <= limits.MESSAGE_MAX_UNITS
    for embed in embeds:
        assert limits.units(embed.title or "") <= limits.TITLE_MAX_UNITS
        assert limits.units(embed.description or "") <= limits.DESCRIPTION_MAX_UNITS
        assert limits.units(embed.author.name or "") <= limits.AUTHOR_MAX_UNITS
        assert limits.units(embed.footer.text or "") <= limits.FOOTER_MAX_UNITS
        assert embed.url is None


def test_answer_card() -> None:
    (embed,) = card(an_answer())

    assert embed.author.name == "Where did Larkspur land?"
    assert embed.title == "Larkspur reaches the ground"
    assert embed.description == (
        "> The Larkspur lander left its parking orbit on Monday. "
        "**It touched down __near the crater Vesna__ at 04:12 UTC.** Its two rovers will roll out next week.\n"
        f"Orbit Gazette · <t:{LANDED}:D> (<t:{LANDED}:R>)\n"
        "[Open at the quoted sentence](https://orbit.example/larkspur"
        "#:~:text=It%20touched%20down%20near%20the%20crater%20Vesna%20at%2004%3A12%20UTC.)"
    )
    assert embed.footer.text == "generation g0001 · as of 2031-05-08 12:00 UTC · 7 ms"


def test_second_citation_has_a_card_of_its_own() -> None:
    first, second = card(an_answer(2))

    assert first.footer.text is None
    assert second.author.name is None
    assert second.title == "Fuelling test moved"
    assert second.description == (
        "> **The fuelling test moved to __June__.** No reason was given.\n"
        "Starter corpus · undated\n"
        "Source: briefings/fuelling.md"
    )
    assert second.footer.text is not None


def test_refusal_says_so_before_it_shows_the_nearest() -> None:
    reason = "Nothing in the index says where it will land."
    refusal = NoAnswer("Where next?", ASKED_AT, Refusal.NO_ANSWER_IN_TOPIC, reason, landing_citation(), "g0001")
    first, second = card(refusal)

    assert (first.author.name, first.description) == ("Where next?", reason)
    assert second.author.name == NEAREST
    assert quoted(second.description or "") == LANDING_TEXT
    assert second.footer.text == "generation g0001 · as of 2031-05-08 12:00 UTC"


def test_refusal_with_something_older() -> None:
    refusal = NoAnswer("Who, this week?", ASKED_AT, Refusal.OLDER, "Only older news.", landing_citation(), "g0001")
    reason, older = card(refusal)

    assert reason.description == "Only older news."
    assert older.author.name == NEWEST == "Not an answer, but the newest that was found"
    assert f"<t:{LANDED}:D>" in (older.description or "")
    assert "**" not in (older.description or "")


def test_refusal_with_nothing_near() -> None:
    (embed,) = card(NoAnswer("Where?", ASKED_AT, Refusal.NOTHING_FOUND, "Nothing was found.", None, "g0001"))

    assert embed.description == "Nothing was found."
    assert embed.footer.text is not None


def test_every_line_of_a_quote_is_quoted_and_bold_by_itself() -> None:
    text = "One line.\nThe answer\nruns on. Last."
    cited = citation(LANDING, text, "The answer\nruns on.", "answer")
    (embed,) = card(Answer("What?", ASKED_AT, (cited,), "g0001"))

    assert (embed.description or "").split("\n")[:3] == ["> One line.", "> **The __answer__**", "> **runs on.** Last."]


def test_it_says_how_many_tell_the_same() -> None:
    names = ("Selene Post", "Selene Post", "Wire *", "Evening Moon", "Pad Notes")
    others = tuple(dataclasses.replace(FUELLING, publisher=name) for name in names)
    cited = dataclasses.replace(landing_citation(), independent_reports=3, others=others)
    (embed,) = card(Answer("Where?", ASKED_AT, (cited,), "g0001"))

    assert (embed.description or "").split("\n")[2] == (
        r"3 independent reports · also Selene Post, Wire \*, Evening Moon, more"
    )


def test_it_says_on_what_the_reports_differ_without_a_verdict() -> None:
    answer = an_answer(2)
    said = (Said(0, "near the crater Vesna"), Said(1, "June"))
    first, second = card(dataclasses.replace(answer, disagreement=Disagreement(DisagreementKind.DATE, said)))

    (field,) = first.fields
    assert field.name == "The reports differ"
    assert field.value == f"“near the crater Vesna” · Orbit Gazette · <t:{LANDED}:D>\n“June” · Starter corpus · undated"
    assert second.fields == []


def test_a_cut_is_marked() -> None:
    text = "First words. " * 200 + "The answer is here." + " Last words." * 200
    cited = citation(LANDING, text, "The answer is here.", "here")
    (embed,) = card(Answer("What?", ASKED_AT, (cited,), "g0001"))
    shown = seen(quoted(embed.description or ""))

    assert shown.startswith("[…] ")
    assert shown.endswith(" […]")
    assert "**The answer is __here__.**" in shown
    assert shown.removeprefix("[…] ").removesuffix(" […]").replace("**", "").replace("__", "") in text


def test_hostile_article_shows_and_does_nothing() -> None:
    text = "@everyone [free](https://evil.example) <@1> # now. It landed. ||x||"
    article = dataclasses.replace(LANDING, title="# @here **hi**", publisher="<@&5>")
    (embed,) = card(Answer("@everyone?", ASKED_AT, (citation(article, text, "It landed.", "landed"),), "g0001"))

    assert embed.title == r"\# @​here \*\*hi\*\*"
    assert (embed.description or "").split("\n")[0] == (
        "> @\u200beveryone \\[free\\](https\\://evil.example) <\u200b@\u200b1> # now. **It __landed__.** \\|\\|x\\|\\|"
    )
    assert embed.author.name == "@\u200beveryone?"


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://a.example/x_(y)", "[Open at the quoted sentence](https://a.example/x_%28y%29#:~:text=Done.)"),
        ("https://a.example/" + "x" * 760, f"[Open the source](https://a.example/{'x' * 760})"),
        ("https://a.example/@everyone", "[Open at the quoted sentence](https://a.example/%40everyone#:~:text=Done.)"),
        ("https://discord.gg/abc", "Source: https\\://discord.\u200bgg/abc"),
        ("javascript:alert(1)", "Source: javascript:alert(1)"),
        ("briefings/a_b.md", r"Source: briefings/a\_b.md"),
    ],
)
def test_links(url: str, expected: str) -> None:
    assert open_link(dataclasses.replace(LANDING, url=url), "Done.") == expected


def test_a_link_that_is_too_long_is_cut_and_dead() -> None:
    shown = open_link(dataclasses.replace(LANDING, url="https://a.example/" + "x" * 900), "Done.")

    assert shown.startswith(r"Source: https\://a.example/xxx")
    assert shown.endswith(r"xxx \[…\]")


def test_list_card_counts_what_it_leaves_out() -> None:
    embed = list_card("Sources", ["x" * 1000] * 10)

    assert (embed.description or "").endswith("\nand 6 more")


@settings(max_examples=200, deadline=None)
@given(results)
def test_any_card_fits_and_mentions_nobody(result: Answer | NoAnswer) -> None:
    embeds = card(result)

    check_limits(embeds)
    for text in (text for embed in embeds for text in texts(embed)):
        assert not LIVE.search(OWN_TIMESTAMP.sub("", text))
        assert not HIDDEN.search(text)
        text.encode("utf-8")
