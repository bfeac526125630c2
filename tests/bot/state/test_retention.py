"""What is too old goes, from the file too."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from bot.state import GuildSettings, State, Verdict, find_answer, give_verdict, keep_answer, save_guild_settings
from bot.state.retention import purge
from tests.bot.state.values import ANSWER, MOMENT


def test_each_server_keeps_as_long_as_it_chose_within_what_the_installation_allows(state: State) -> None:
    save_guild_settings(state, GuildSettings(1, retention_days=7))
    save_guild_settings(state, GuildSettings(2, retention_days=365))
    save_guild_settings(state, GuildSettings(3))
    for guild_id in (1, 2, 3, 4, None):
        for days in (6, 8, 29, 31):
            kept_at = MOMENT - timedelta(days=days)
            answer = replace(ANSWER, answer_id=f"{guild_id}-{days}", guild_id=guild_id, kept_at=kept_at)
            keep_answer(state, answer)
            give_verdict(state, answer.answer_id, 5, Verdict.HELPFUL, MOMENT)

    assert purge(state, MOMENT, 30) == 7

    kept = {row[0] for row in state.connection.execute("SELECT id FROM answers")}
    assert kept == {"1-6"} | {f"{guild_id}-{days}" for guild_id in (2, 3, 4, None) for days in (6, 8, 29)}
    assert {row[0] for row in state.connection.execute("SELECT answer_id FROM feedback")} == kept
    assert purge(state, MOMENT, 30) == 0


def test_a_day_is_kept_to_its_end(state: State) -> None:
    keep_answer(state, replace(ANSWER, kept_at=MOMENT - timedelta(days=30)))

    assert purge(state, MOMENT, 30) == 0
    assert purge(state, MOMENT + timedelta(microseconds=1), 30) == 1
    assert find_answer(state, ANSWER.answer_id) is None


def test_what_was_purged_stands_in_no_file(state: State, path: Path) -> None:
    secret = "Where is the marmalade?"
    for number in range(50):
        keep_answer(state, replace(ANSWER, answer_id=f"a{number}", question=secret))
    purge(state, MOMENT + timedelta(days=31), 30)

    assert [file.name for file in path.parent.iterdir() if b"marmalade" in file.read_bytes()] == []
