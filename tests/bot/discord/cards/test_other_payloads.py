"""Any text in the cards of articles, kept quotes, origins and watches, as test_payloads.py has it of answers."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.discord.article_cards import article_card, cited_card
from bot.discord.cards.shown import Shown
from bot.discord.limits import CONTENT_MAX_UNITS, units
from bot.discord.origins import origins_card
from bot.discord.watch_list import watch_line, watch_list
from bot.discord.watch_post import paused_sentence, watch_post
from bot.holdings import Listed
from bot.state.watch import Pause, Rhythm, Watch
from bot.translations import LANGUAGES, Say, translator
from corpus import Article, Version
from corpus.changes import Change, Piece
from corpus.citations import Cited
from corpus.lookup import LookedUp
from index.answer import Answer, Citation
from tests.bot.discord.cards.payloads import check_harmless, check_shown
from tests.bot.discord.strategies import answers, any_text, articles, citations, long_text, moments, urls

languages = st.sampled_from([translator(code) for code in LANGUAGES])
cited = st.builds(
    Cited,
    article_id=any_text,
    version=st.just(1),
    start_char=st.just(0),
    end_char=st.just(9),
    quote=long_text,
    sentence=long_text,
    url=urls,
    title=long_text,
    publisher=long_text,
    question=long_text,
    cited_at=moments,
)
looked_up = st.builds(
    LookedUp,
    cited=cited,
    article=articles | st.none(),
    present=st.just(Version("a", 2, "", "", None)) | st.none(),
    stands=st.booleans(),
    changes=st.lists(st.builds(Piece, st.sampled_from(Change), long_text), max_size=6).map(tuple),
)
watches = st.builds(
    Watch,
    question=long_text,
    maker_id=st.just(1),
    guild_id=st.just(2),
    channel_id=st.just(3),
    source=long_text,
    language=st.just("en"),
    rhythm=st.just(Rhythm()),
    begun=st.dates(),
    made_generation=st.just("g"),
    paused=st.sampled_from(Pause) | st.none(),
)


@settings(max_examples=50, deadline=None)
@given(citations, languages, st.integers(1, 9))
def test_any_article(citation: Citation, say: Say, versions: int) -> None:
    check_shown(Shown(article_card(Listed(citation, versions), say)))


@settings(max_examples=60, deadline=None)
@given(st.lists(looked_up, min_size=1, max_size=4), languages)
def test_any_kept_quote(found: list[LookedUp], say: Say) -> None:
    check_shown(Shown(cited_card(found, say)))


@settings(max_examples=60, deadline=None)
@given(long_text, st.lists(looked_up, min_size=1, max_size=3), languages)
def test_any_origin(question: str, found: list[LookedUp], say: Say) -> None:
    check_shown(Shown(origins_card(question, found, say)))


@settings(max_examples=50, deadline=None)
@given(watches, answers() | st.none(), st.integers(1, 99), languages)
def test_any_post_of_a_watch(watch: Watch, answer: Answer | None, n_more: int, say: Say) -> None:
    check_shown(watch_post(watch, answer, n_more, answer_id="x" * 16, say=say, kinds={}))


@settings(max_examples=50, deadline=None)
@given(st.lists(watches, max_size=35), languages)
def test_any_list_of_watches(listed: list[Watch], say: Say) -> None:
    direct = [replace(watch, channel_id=None) for watch in listed]  # else its channel is mentioned, by us
    check_shown(Shown(watch_list(direct, say)))
    for watch in direct:
        for sentence in (watch_line(watch, say), paused_sentence(watch, Pause.NOT_ALLOWED, say)):
            check_harmless(sentence)
            assert units(sentence) <= CONTENT_MAX_UNITS


@pytest.mark.parametrize("say", [translator(code) for code in LANGUAGES])
@pytest.mark.parametrize("quote", ["word " * 600, "a\n" * 2000])
@pytest.mark.parametrize("url", ["https://orbit.example/x", f"https://orbit.example/{'x' * 700}"])
def test_cards_that_are_full_in_every_part(quote: str, url: str, say: Say) -> None:
    moment = datetime(2031, 5, 8, tzinfo=UTC)
    article = Article("a", url, "T" * 900, "P" * 300, moment)
    changes = tuple(Piece(change, "new words " * 20) for change in [Change.REMOVED, Change.ADDED] * 9)
    shown = Cited("a", 1, 0, 9, quote, "S" * 2000, url, "T" * 900, "P" * 300, "", moment)
    full = LookedUp(shown, article, Version("a", 2, "", "", None), stands=False, changes=changes)

    check_shown(Shown(cited_card([full] * 3, say)))
    check_shown(Shown(origins_card("Q" * 900, [full] * 3, say)))
