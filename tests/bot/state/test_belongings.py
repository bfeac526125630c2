"""Handing over and forgetting what is kept of a server or of a person."""

import json
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.state import (
    GuildSettings,
    KeptAnswer,
    State,
    Verdict,
    find_answer,
    give_verdict,
    guild_settings,
    keep_answer,
    save_guild_settings,
)
from bot.state.belongings import (
    OF_GUILD,
    OF_NOBODY,
    OF_USER,
    Belongings,
    count_of_guild,
    count_of_user,
    delete_guild,
    delete_user,
    export_guild,
)
from index.answer import Refusal
from tests.bot.state.values import ANSWER, MOMENT

GUILDS = (11, 12, None)
USERS = (101, 102)
KEPT = st.lists(
    st.tuples(
        st.sampled_from(GUILDS),
        st.none() | st.sampled_from(USERS),
        st.none() | st.sampled_from(Refusal),
        st.dictionaries(st.sampled_from(USERS), st.sampled_from(Verdict)),
    ),
    max_size=6,
)
Kept = list[tuple[int | None, int | None, Refusal | None, dict[int, Verdict]]]


def marker(guild_id: int | None) -> str:
    return f"marker-of-{guild_id}"


def fill(state: State, kept: Kept) -> list[KeptAnswer]:
    answers = []
    for number, (guild_id, user_id, refusal, verdicts) in enumerate(kept):
        question = f"{marker(guild_id)} {number}"
        answer = replace(ANSWER, answer_id=f"a{number}", guild_id=guild_id, user_id=user_id, question=question)
        answer = replace(answer, refusal=refusal, message_id=1000 + number)
        keep_answer(state, answer)
        for voter, verdict in verdicts.items():
            give_verdict(state, answer.answer_id, voter, verdict, MOMENT)
        answers.append(answer)
    for guild_id in GUILDS:
        if guild_id is not None:
            save_guild_settings(state, GuildSettings(guild_id, sources_excluded=frozenset({marker(guild_id)})))
    return answers


def contents(state: State) -> list[str]:
    return list(state.connection.iterdump())


def test_every_table_belongs_to_a_server_and_every_name_of_a_person_is_known(state: State) -> None:
    tables = {row[0] for row in state.connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")}
    columns = {table: {row[1] for row in state.connection.execute(f"PRAGMA table_info({table})")} for table in tables}

    assert tables == OF_NOBODY | set(OF_GUILD)
    assert {table for table, names in columns.items() if names & {"user_id", "maker_id"}} == set(OF_USER)


@settings(max_examples=15, deadline=None)
@given(kept=KEPT)
def test_deleting_a_server_leaves_nothing_of_it_and_all_of_the_others(
    tmp_path_factory: pytest.TempPathFactory, kept: Kept
) -> None:
    folder = tmp_path_factory.mktemp("state")
    with State.open(folder / "bot.db") as state, State.open(folder / "without.db") as without:
        answers = fill(state, kept)

        n_rows = sum(count_of_guild(state, 11).values())
        assert delete_guild(state, 11) == n_rows

        assert set(count_of_guild(state, 11).values()) == {0}
        assert export_guild(state, 11) == {table: [] for table in OF_GUILD}
        assert guild_settings(state, 11) == GuildSettings(11)
        assert not [line for line in contents(state) if marker(11) in line]
        assert [file for file in folder.glob("bot.db*") if marker(11).encode() in file.read_bytes()] == []
        assert [find_answer(state, answer.answer_id) for answer in answers] == [
            None if answer.guild_id == 11 else answer for answer in answers
        ]
        fill(without, [row for row in kept if row[0] != 11])
        for table in OF_GUILD:
            query = f"SELECT count(*) FROM {table}"
            n_others = without.connection.execute(query).fetchone()[0] - (table == "guild_settings")
            assert state.connection.execute(query).fetchone()[0] == n_others


@settings(max_examples=15, deadline=None)
@given(kept=KEPT)
def test_an_export_holds_all_rows_of_the_server_and_of_no_other(
    tmp_path_factory: pytest.TempPathFactory, kept: Kept
) -> None:
    with State.open(tmp_path_factory.mktemp("state") / "bot.db") as state:
        answers = [answer for answer in fill(state, kept) if answer.guild_id == 11]

        exported = export_guild(state, 11)

        assert {table: len(rows) for table, rows in exported.items()} == count_of_guild(state, 11)
        assert [row["question"] for row in exported["answers"]] == [answer.question for answer in answers]
        text = json.dumps(exported)
        assert marker(12) not in text
        assert marker(None) not in text
        assert not {"salt", "voter"} & {name for rows in exported.values() for row in rows for name in row}


@settings(max_examples=15, deadline=None)
@given(kept=KEPT)
def test_a_person_may_have_all_forgotten_that_can_be_found_of_them(
    tmp_path_factory: pytest.TempPathFactory, kept: Kept
) -> None:
    with State.open(tmp_path_factory.mktemp("state") / "bot.db") as state:
        answers = fill(state, kept)
        named = [answer for answer in answers if answer.user_id == 101]
        n_verdicts = sum(101 in verdicts for *_, verdicts in kept)
        expected = Belongings(len(named), n_verdicts)
        others = count_of_user(state, 102)
        lost = sum(102 in verdicts for _, user_id, _, verdicts in kept if user_id == 101)

        assert count_of_user(state, 101) == expected
        assert delete_user(state, 101) == expected
        assert count_of_user(state, 101) == Belongings(0, 0)
        assert [answer for answer in answers if find_answer(state, answer.answer_id) is None] == named
        assert count_of_user(state, 102) == replace(others, verdicts=others.verdicts - lost)


def test_forgetting_goes_through_where_another_connection_is_open(state: State, path: Path) -> None:
    keep_answer(state, ANSWER)
    with State.open(path) as other:
        assert delete_guild(other, 11) == 1
        assert find_answer(state, ANSWER.answer_id) is None
