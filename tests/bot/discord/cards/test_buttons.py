"""Buttons: what they carry, and which pages they turn to."""

import re

import pytest

from bot.discord.cards.buttons import (
    AnswerButton,
    Click,
    ListButton,
    ListPage,
    Verb,
    answer_rows,
    turn_answer,
    turn_list,
)
from bot.translations import ENGLISH

ANSWER_ID = "aZ09_-aZ09_-"


def test_rows() -> None:
    rows = answer_rows(ANSWER_ID, ENGLISH, quotes=True, private=True)

    assert [[button.custom_id for button in row] for row in rows] == [
        [f"sn:{verb}:{ANSWER_ID}" for verb in ("context", "more", "why", "timeline", "share")],
        [f"sn:{verb}:{ANSWER_ID}" for verb in ("helpful", "nothelpful", "wrongsource")],
    ]


def test_what_quotes_nothing_has_no_context_and_no_wrong_source() -> None:
    rows = answer_rows(ANSWER_ID, ENGLISH, quotes=False, private=False)

    verbs = [button.custom_id.split(":")[1] for row in rows for button in row]
    assert verbs == ["more", "why", "timeline", "helpful", "nothelpful"]


@pytest.mark.parametrize(
    ("page", "n_pages", "expected"),
    [(None, 1, []), (None, 3, ["1"]), (1, 3, ["0", "2"]), (2, 3, ["1"]), (7, 3, ["1"])],
)
def test_turning(page: int | None, n_pages: int, expected: list[str]) -> None:
    rows = turn_answer(Click(Verb.MORE, ANSWER_ID, page), n_pages, ENGLISH)

    assert [button.custom_id.split(":")[3] for row in rows for button in row] == expected


@pytest.mark.parametrize("key", ["", "topic: with : colons", "two\nlines"])
def test_a_list_button_carries_its_key_unchanged(key: str) -> None:
    ((button,),) = turn_list(ListPage("timeline", 0, key), 2, ENGLISH)

    found = ListButton.__discord_ui_compiled_template__.fullmatch(button.custom_id)
    assert found is not None
    assert (found["name"], found["page"], found["key"]) == ("timeline", "1", key)


def test_no_button_is_taken_for_another() -> None:
    patterns: list[re.Pattern[str]] = [
        AnswerButton.__discord_ui_compiled_template__,
        ListButton.__discord_ui_compiled_template__,
    ]
    ids = [f"sn:{verb}:{ANSWER_ID}:3" for verb in Verb] + ["sn:page:latest:0:x"]

    assert [sum(pattern.fullmatch(custom_id) is not None for pattern in patterns) for custom_id in ids] == [1] * len(
        ids
    )
