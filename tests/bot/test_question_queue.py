"""A line with bounds, in which the same question stands once."""

import asyncio
import threading
from collections.abc import AsyncIterator, Callable
from contextlib import ExitStack

import pytest

from bot.errors import BusyError
from bot.question_queue import QuestionQueue

WAIT_SECONDS = 5


@pytest.fixture
async def queue() -> AsyncIterator[QuestionQueue[str]]:
    queue: QuestionQueue[str] = QuestionQueue(workers=1, max_waiting=2)
    yield queue
    await queue.close()


class Work:
    """Counts how often it is done; is done when it may be."""

    def __init__(self) -> None:
        self.n_begun = 0
        self.begun = threading.Event()
        self.may_end = threading.Event()

    def __call__(self) -> str:
        self.n_begun += 1
        self.begun.set()
        assert self.may_end.wait(WAIT_SECONDS)
        return "done"


def done_at_once(result: str) -> Callable[[], str]:
    return lambda: result


async def ask(queue: QuestionQueue[str], key: str, work: Callable[[], str]) -> str:
    with queue.turn(key) as turn:
        return await turn.answer(work)


async def begun(work: Work) -> None:
    assert await asyncio.to_thread(work.begun.wait, WAIT_SECONDS)


async def test_same_question_in_line_is_computed_once(queue: QuestionQueue[str]) -> None:
    work, other = Work(), Work()
    asked = [asyncio.create_task(ask(queue, "a", one)) for one in (work, other, other)]
    await begun(work)
    work.may_end.set()

    assert await asyncio.gather(*asked) == ["done", "done", "done"]
    assert (work.n_begun, other.n_begun) == (1, 0)


async def test_question_is_computed_again_once_it_was_answered(queue: QuestionQueue[str]) -> None:
    assert await ask(queue, "a", done_at_once("first")) == "first"
    assert await ask(queue, "a", done_at_once("second")) == "second"


async def test_full_line_refuses_another_question_but_not_the_same(queue: QuestionQueue[str]) -> None:
    with ExitStack() as stack:
        for key in ("a", "b"):
            stack.enter_context(queue.turn(key))

        with pytest.raises(BusyError), queue.turn("c"):
            pass
        with queue.turn("a") as turn:
            assert await turn.answer(done_at_once("shared")) == "shared"

    assert await ask(queue, "c", done_at_once("room again")) == "room again"


async def test_busy_says_how_long_the_line_takes() -> None:
    queue: QuestionQueue[str] = QuestionQueue(workers=2, max_waiting=30)
    with ExitStack() as stack:
        for number in range(30):
            stack.enter_context(queue.turn(number))
        with pytest.raises(BusyError) as error, queue.turn("another"):
            pass
    await queue.close()

    assert error.value.seconds == 3  # 30 questions of 0.2 s on two threads
    assert str(error.value) == "Many questions are waiting just now; try again in 3 s."


async def test_no_more_than_the_workers_compute_at_once(queue: QuestionQueue[str]) -> None:
    first, second = Work(), Work()
    asked = [asyncio.create_task(ask(queue, key, work)) for key, work in (("a", first), ("b", second))]
    await begun(first)
    await asyncio.sleep(0.02)
    assert second.n_begun == 0

    first.may_end.set()
    second.may_end.set()
    assert await asyncio.gather(*asked) == ["done", "done"]


async def test_who_gives_up_leaves_the_answer_to_the_others(queue: QuestionQueue[str]) -> None:
    work = Work()
    first, second = (asyncio.create_task(ask(queue, "a", work)) for _ in range(2))
    await begun(work)
    first.cancel()
    work.may_end.set()

    assert await second == "done"
    assert first.cancelled() or first.cancelling()


async def test_what_nobody_waits_for_is_never_begun(queue: QuestionQueue[str]) -> None:
    first, forgotten = Work(), Work()
    running = asyncio.create_task(ask(queue, "a", first))
    await begun(first)
    waiting = asyncio.create_task(ask(queue, "b", forgotten))
    await asyncio.sleep(0)
    waiting.cancel()
    await asyncio.wait({waiting})
    first.may_end.set()
    await running

    assert await ask(queue, "c", done_at_once("next")) == "next"
    assert forgotten.n_begun == 0


async def test_failure_reaches_everybody_who_shares_it(queue: QuestionQueue[str]) -> None:
    def fail() -> str:
        raise ZeroDivisionError

    asked = [asyncio.create_task(ask(queue, "a", fail)) for _ in range(2)]

    outcomes = await asyncio.gather(*asked, return_exceptions=True)
    assert [type(outcome) for outcome in outcomes] == [ZeroDivisionError, ZeroDivisionError]
    assert await ask(queue, "a", done_at_once("after")) == "after"
