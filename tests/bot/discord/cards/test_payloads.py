"""Any text in any card: Discord takes it, it pings nobody, and no markup leaves its quote."""

import dataclasses

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.discord.cards import answer_shown
from bot.discord.cards.answer import answer_card
from bot.discord.cards.buttons import Click, ListPage, Verb, turn_answer, turn_list
from bot.discord.cards.context import context_card, quoted
from bot.discord.cards.evidence import evidence_card
from bot.discord.cards.pages import list_card, timeline_card
from bot.discord.cards.pieces import headline, link_or_place, one_line
from bot.discord.cards.shown import Shown
from bot.discord.cards.why import why_card
from bot.discord.limits import CUT
from bot.translations import LANGUAGES, Say, translator
from corpus import Article
from corpus.sources import Kind
from index.answer import Answer, NoAnswer, Timeline
from index.explanation import Explanation
from tests.bot.discord.cards.payloads import ALWAYS, check_shown, runs_of
from tests.bot.discord.rendering import bare, looking
from tests.bot.discord.strategies import any_text, articles, explanations, long_text, results, timelines

ANSWER_ID = "x" * 16
languages = st.sampled_from([translator(code) for code in LANGUAGES])


@settings(max_examples=60, deadline=None)
@given(results, languages, st.booleans(), st.sampled_from([{}, {"a": Kind.COMMUNITY}]))
def test_any_answer(result: Answer | NoAnswer, say: Say, private: bool, kinds: dict[str, Kind]) -> None:
    check_shown(answer_shown(result, answer_id=ANSWER_ID, say=say, kinds=kinds, private=private))


@settings(max_examples=40, deadline=None)
@given(results, explanations(), languages, st.integers(0, 4))
def test_any_evidence_and_any_why(result: Answer | NoAnswer, explanation: Explanation, say: Say, page: int) -> None:
    explained = dataclasses.replace(result, explanation=explanation)
    card, n_all = evidence_card(explained, say, {}, page=page)

    check_shown(Shown(card, lambda: turn_answer(Click(Verb.MORE, ANSWER_ID, page), n_all, say)))
    check_shown(Shown(why_card(explained, say)))


@settings(max_examples=30, deadline=None)
@given(results, languages)
def test_any_context(result: Answer | NoAnswer, say: Say) -> None:
    for citation in quoted(result):
        check_shown(Shown(context_card(result, citation, say, {}, page=0, n_all=3)))


@settings(max_examples=60, deadline=None)
@given(timelines, long_text, languages, st.integers(0, 2))
def test_any_timeline(told: Timeline, title: str, say: Say, page: int) -> None:
    turned = ListPage("timeline", page, "x" * 70)
    check_shown(Shown(timeline_card(told, title, say, {}, page=page), lambda: turn_list(turned, 3, say)))


@settings(max_examples=60, deadline=None)
@given(st.lists(articles, max_size=12), long_text, any_text, languages)
def test_any_list(listed: list[Article], title: str, footer: str, say: Say) -> None:
    lines = [f"**{headline(one, say, 150)}** · {link_or_place(one, say)}" for one in listed]
    check_shown(Shown(list_card(title, lines, say, footer=footer)))


@settings(max_examples=80, deadline=None)
@given(results)
def test_no_markup_leaves_its_quote(result: Answer | NoAnswer) -> None:
    card = answer_card(result, translator("en"), {})
    runs = runs_of(card)

    strange = [run for run in runs if not run.looks <= ALWAYS]
    assert strange == [], strange
    for run in runs:
        assert "masked" not in run.looks or run.target.startswith("http")
    for part, citation in zip(card.parts[-len(quoted(result)) :], quoted(result), strict=False):
        shown = [run for run in runs_of(dataclasses.replace(card, parts=(part,))) if "quote" in run.looks]
        text = bare("".join(run.text for run in shown))
        whole = bare(seen_text(citation.quote.text))
        for piece in filter(None, text.split(bare(CUT))):
            assert piece in whole
        assert looking(shown, "bold") == "" or isinstance(result, Answer)
        assert bare(looking(shown, "bold")) in bare(seen_text(citation.quote.part(citation.quote.sentence)))
        assert bare(looking(shown, "underline")) in bare(seen_text(citation.quote.part(citation.quote.answer)))


def seen_text(text: str) -> str:
    """Return a text as it is shown: what cannot be sent is replaced."""
    return "".join("\ufffd" if "\ud800" <= character <= "\udfff" else character for character in text)


@given(any_text)
def test_a_line_stays_one_line(text: str) -> None:
    assert "\n" not in one_line(text)
