"""Who may rebuild."""

from typing import Any

import discord
import pytest

from bot import create_client
from bot.discord.index_admin import status_card
from bot.discord.maintainers import owner_ids
from bot.settings import Settings
from bot.translations import ENGLISH
from index.record import GateResult
from tests.bot.fakes import FakeAnswering, FakeStatus
from tests.bot.wire import payloads


def team_member(id_: int, *, accepted: bool) -> dict[str, Any]:
    return {"user": payloads.user(id_), "team_id": "9", "membership_state": 2 if accepted else 1, "role": "developer"}


@pytest.mark.parametrize(
    ("team", "expected"),
    [
        (None, {payloads.OWNER_ID}),
        (
            {
                "id": "9",
                "name": "team",
                "icon": None,
                "owner_user_id": "11",
                "members": [
                    team_member(11, accepted=True),
                    team_member(12, accepted=True),
                    team_member(13, accepted=False),
                ],
            },
            {11, 12},
        ),
    ],
)
async def test_owner_ids(team: dict[str, Any] | None, expected: set[int]) -> None:
    client = create_client(Settings(), FakeAnswering())
    data: Any = {**payloads.application(), "team": team}

    assert owner_ids(discord.AppInfo(client._connection, data)) == expected


def test_a_card_tells_which_gates_hold_an_index_back() -> None:
    gates = (GateResult("vectors", True, "fine"), GateResult("count", False, "4 passages, 1000 in @everyone's"))

    card = status_card("Held back", FakeStatus(published=False, gates=gates), ENGLISH)
    (held_back,) = [line for line in card.parts[0].text.split("\n") if "Held back" in line]

    assert held_back.startswith("**Held back by: count** · 4 passages, 1000 in")
    assert "@everyone" not in held_back
    insisted_on = status_card("Index", FakeStatus(gates=gates), ENGLISH)
    assert "Held back" not in insisted_on.parts[0].text
