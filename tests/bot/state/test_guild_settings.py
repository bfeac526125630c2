"""What servers chose."""

from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.state import GuildSettings, Place, State, guild_settings, save_guild_settings
from bot.state.guild_settings import all_guild_settings
from tests.bot.discord.strategies import HOSTILE

IDS = st.integers(1, 2**63 - 1)
NAMES = st.frozensets(st.sampled_from(HOSTILE), max_size=3)
CHOSEN = st.builds(
    GuildSettings,
    guild_id=IDS,
    channels=st.frozensets(IDS, max_size=3),
    sources_included=NAMES,
    sources_excluded=NAMES,
    language=st.sampled_from(["", "en", "ru"]),
    place=st.sampled_from(Place),
    user_cooldown_seconds=st.integers(0, 3600),
    guild_questions_per_minute=st.integers(1, 600),
    maintainer_role_id=st.none() | IDS,
    private_by_default=st.booleans(),
    keeps_user_ids=st.booleans(),
    retention_days=st.none() | st.integers(1, 365),
)


def test_a_server_that_chose_nothing_has_the_defaults(state: State) -> None:
    assert guild_settings(state, 7) == GuildSettings(
        guild_id=7,
        channels=frozenset(),
        sources_included=frozenset(),
        sources_excluded=frozenset(),
        language="",
        place=Place.INLINE,
        user_cooldown_seconds=5,
        guild_questions_per_minute=30,
        maintainer_role_id=None,
        private_by_default=False,
        keeps_user_ids=False,
        retention_days=None,
    )
    assert all_guild_settings(state) == []


@settings(max_examples=50, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(chosen=CHOSEN)
def test_settings_come_back_as_they_were_chosen(state: State, chosen: GuildSettings) -> None:
    save_guild_settings(state, chosen)

    assert guild_settings(state, chosen.guild_id) == chosen
    assert chosen in all_guild_settings(state)


def test_each_server_has_its_own_and_a_later_choice_replaces_the_first(state: State, path: Path) -> None:
    save_guild_settings(state, GuildSettings(7, place=Place.THREAD))
    save_guild_settings(state, GuildSettings(8, language="fr"))
    save_guild_settings(state, GuildSettings(7, private_by_default=True))

    with State.open(path) as other:
        assert all_guild_settings(other) == [GuildSettings(7, private_by_default=True), GuildSettings(8, language="fr")]
