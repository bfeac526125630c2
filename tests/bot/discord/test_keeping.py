"""Calling the state from an event loop."""

import asyncio
import threading
from pathlib import Path

import pytest

from bot.discord.keeping import Keeping
from bot.state import State, find_answer, keep_answer
from tests.bot.state.values import ANSWER


def failing(_: State) -> None:
    raise KeyError("missing")


async def test_work_runs_in_one_thread_of_its_own_in_the_order_in_which_it_was_asked_for(tmp_path: Path) -> None:
    keeping = Keeping(tmp_path / "data" / "bot.db")
    done: list[int] = []

    def work(_: State, number: int) -> int:
        done.append(number)
        return threading.get_ident()

    threads = await asyncio.gather(*(keeping.run(work, number) for number in range(20)))
    await keeping.close()

    assert done == list(range(20))
    assert len(set(threads)) == 1
    assert threads[0] != threading.get_ident()


async def test_nothing_is_opened_before_it_is_needed(tmp_path: Path) -> None:
    keeping = Keeping(tmp_path / "data" / "bot.db")
    await keeping.close()

    assert not (tmp_path / "data").exists()


async def test_a_failure_comes_to_the_caller_and_the_next_call_goes_on(tmp_path: Path) -> None:
    keeping = Keeping(tmp_path / "bot.db")

    with pytest.raises(KeyError):
        await keeping.run(failing)
    await keeping.run(keep_answer, ANSWER)
    assert await keeping.run(find_answer, ANSWER.answer_id) == ANSWER
    await keeping.close()


async def test_closing_finishes_what_was_asked_for_and_may_be_done_twice(tmp_path: Path) -> None:
    keeping = Keeping(tmp_path / "bot.db")
    kept = asyncio.ensure_future(keeping.run(keep_answer, ANSWER))
    await asyncio.sleep(0)
    await keeping.close()
    await keeping.close()
    await kept

    with State.open(tmp_path / "bot.db") as state:
        assert find_answer(state, ANSWER.answer_id) == ANSWER
