"""The bot over a fake index, and a simulated Discord around it."""

from pathlib import Path

import discord
import pytest
import simcord

from bot import create_client, policy
from bot.settings import Settings
from tests.bot.fakes import FakeAnswering


@pytest.fixture(autouse=True)
def _own_data_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SPACE_NEWS_DATA_DIR", str(tmp_path / "data"))


@pytest.fixture(autouse=True)
def _no_pause_between_looks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(policy, "LOOK_SECONDS", 0.0)


@pytest.fixture
def answering() -> FakeAnswering:
    return FakeAnswering()


@pytest.fixture
def simcord_bot(answering: FakeAnswering) -> discord.Client:
    return create_client(Settings(reload_seconds=60.0, maintainer_role_id=None), answering)


@pytest.fixture
def channel(simcord_env: simcord.Env) -> simcord.ChannelHandle:
    return simcord_env.create_guild().create_text_channel("news")


@pytest.fixture
def alice(simcord_env: simcord.Env, channel: simcord.ChannelHandle) -> simcord.MemberActor:
    return simcord_env.guild.add_member(simcord_env.create_user("alice"))
