"""Whatever servers choose and people ask, Discord accepts the panels and nothing in them can ping."""

import re
from dataclasses import replace
from typing import Any

import discord
import pytest
from discord import ui
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.discord.panels.privacy_view import ask_for_me, ask_for_server, confirm_view, privacy_view
from bot.discord.panels.review_view import PAGE_ITEMS, Place, feedback_view, gaps_view
from bot.discord.panels.settings import cooldowns_form
from bot.discord.panels.settings_changes import What
from bot.discord.panels.settings_view import Choices, settings_view, sources_view
from bot.state import GuildSettings, Verdict
from bot.state.belongings import Belongings
from bot.state.gaps import Gap
from bot.state.reviewing import Rated
from bot.translations import ENGLISH, LANGUAGES, Say, translator
from index.answer import Refusal
from tests.bot.discord.strategies import HOSTILE, any_text, long_text
from tests.bot.state.test_guild_settings import CHOSEN, IDS
from tests.bot.state.values import ANSWER, MOMENT

SAYS = st.sampled_from([translator(language) for language in LANGUAGES])
PUBLISHERS = st.lists(st.sampled_from(HOSTILE) | any_text, max_size=30) | st.just([f"Wire {n}" for n in range(60)])
PING = re.compile(r"@(?:everyone|here)|<[@#][!&]?\d+>")


def check(view: ui.LayoutView) -> None:
    """Discord's rules for components, version 2."""
    components = [item.to_component_dict() for item in view.walk_children()]
    assert len(components) <= 40
    assert sum(len(component.get("content", "").encode("utf-16-le")) // 2 for component in components) <= 4000
    ids = [component["custom_id"] for component in components if "custom_id" in component]
    assert len(ids) == len(set(ids))
    for component in components:
        check_component(component)


def check_component(component: dict[str, Any]) -> None:
    assert len(component.get("custom_id", "")) <= 100
    if component["type"] == discord.ComponentType.text_display.value:
        assert component["content"].strip()
        assert not PING.search(component["content"])
    if component["type"] == discord.ComponentType.button.value:
        assert 1 <= len(component["label"]) <= 80
    options = component.get("options", [])
    if component["type"] == discord.ComponentType.string_select.value:
        assert 1 <= len(options) <= 25
        assert len({option["value"] for option in options}) == len(options)
        assert component["min_values"] <= component["max_values"] <= len(options)
    for option in options:
        assert 1 <= len(option["label"]) <= 100
        assert 1 <= len(option["value"]) <= 100
    assert len(component.get("placeholder") or "") <= 150
    assert len(component.get("default_values", [])) <= component.get("max_values", 25)


@settings(max_examples=25, deadline=None)
@given(chosen=CHOSEN, channel_ids=st.lists(IDS, max_size=60), at_most_days=st.integers(1, 365), say=SAYS)
def test_settings(chosen: GuildSettings, channel_ids: list[int], at_most_days: int, say: Say) -> None:
    role_ids = [chosen.maintainer_role_id] if chosen.maintainer_role_id else []
    everywhere = replace(chosen, channels=frozenset(channel_ids))
    choices = Choices(channel_ids, role_ids, at_most_days)

    check(settings_view(chosen, choices, say))
    check(settings_view(everywhere, choices, say))


@settings(max_examples=25, deadline=None)
@given(
    included=st.frozensets(any_text | long_text, max_size=4),
    excluded=st.frozensets(any_text, max_size=3),
    publishers=PUBLISHERS,
    what=st.sampled_from([What.INCLUDED, What.EXCLUDED]),
    page=st.integers(0, 9),
    say=SAYS,
)
def test_sources(
    included: frozenset[str], excluded: frozenset[str], publishers: list[str], what: What, page: int, say: Say
) -> None:
    chosen = GuildSettings(1, sources_included=included, sources_excluded=excluded)

    check(sources_view(chosen, publishers, what, page, say))
    check(settings_view(chosen, Choices([], [], 30), say))


@settings(max_examples=25, deadline=None)
@given(questions=st.lists(long_text, max_size=PAGE_ITEMS), page=st.integers(0, 99), total=st.integers(0, 400), say=SAYS)
def test_reviews(questions: list[str], page: int, total: int, say: Say) -> None:
    place = Place.of(page, total)
    gaps = [
        Gap(f"a{number}", question, refusal, number + 1, MOMENT)
        for number, (question, refusal) in enumerate(zip(questions, Refusal, strict=False))
    ]
    rated = [
        Rated(replace(ANSWER, answer_id=f"a{number}", question=question), dict.fromkeys(Verdict, number))
        for number, question in enumerate(questions)
    ]

    check(gaps_view(gaps, place, say))
    check(feedback_view(rated, place, say))


@settings(max_examples=25, deadline=None)
@given(chosen=CHOSEN | st.none(), manages=st.booleans(), say=SAYS, n_rows=st.integers(0, 10**9))
def test_privacy(chosen: GuildSettings | None, manages: bool, say: Say, n_rows: int) -> None:
    check(privacy_view(chosen, 30, manages=manages, say=say))
    check(confirm_view(ask_for_server(n_rows, say), "forget_server", say))
    check(confirm_view(ask_for_me(Belongings(n_rows, n_rows), say), "forget_me", say))


@pytest.mark.parametrize("language", LANGUAGES)
async def test_the_form_of_cooldowns_fits_in_every_language(language: str) -> None:
    form = cooldowns_form(GuildSettings(1), translator(language)).to_dict()

    labels = [label["label"] for label in form["components"]]
    assert len(labels) == 2
    assert max(map(len, [form["title"], *labels])) <= 45


def test_every_refusal_and_verdict_has_words() -> None:
    gaps = [Gap(f"a{number}", "Why?", refusal, 1, MOMENT) for number, refusal in enumerate(Refusal)]

    check(gaps_view(gaps, Place(0, len(gaps)), ENGLISH))
    check(feedback_view([Rated(ANSWER, dict.fromkeys(Verdict, 1))], Place(0, 1), ENGLISH))


def test_a_page_that_is_no_longer_there_is_the_last_one() -> None:
    assert Place.of(7, 11) == Place(2, 11)
    assert Place.of(7, 0) == Place(0, 0)
    assert Place.of(1, 11).first == 5
