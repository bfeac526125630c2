"""Many people who ask at the same moment, and how the bot fared with them.

Owns sending the questions over the fake's gateway and reading, from the calls that the bot made, who was answered when.
"""

import asyncio
import time
from dataclasses import dataclass

from tests.bot.wire import payloads
from tests.bot.wire.fake_discord import HEARTBEAT_MS, FakeDiscord, Request

FIRST_USER_ID = 10_000
_MESSAGE, _DEFERRED = 4, 5


@dataclass(frozen=True, slots=True)
class Fared:
    """What became of one question.

    Attributes:
        first_seconds: How long the first response took; None where none came.
        full_seconds: How long it took until the answer or the honest refusal stood there; None where none came.
        n_answers: How often something final was sent.
        was_busy: Whether it was told to come again.
    """

    first_seconds: float | None
    full_seconds: float | None
    n_answers: int
    was_busy: bool


async def ask_at_once(discord: FakeDiscord, questions: list[str], first_number: int = 1) -> dict[int, float]:
    """Let a person each ask, as fast as the gateway takes it; return when each question was sent, by its number."""
    sent_at = {}
    for number, question in enumerate(questions, start=first_number):
        asked = payloads.slash(number, FIRST_USER_ID + number, "ask", question=question)
        sent_at[number] = time.perf_counter()
        await discord.dispatch("INTERACTION_CREATE", asked)
    return sent_at


async def all_acknowledged(discord: FakeDiscord, numbers: set[int], timeout_seconds: float) -> None:
    """Wait until each question got its first response."""
    async with asyncio.timeout(timeout_seconds):
        while numbers - {number for number in map(_responds, discord.requests) if number}:
            await asyncio.sleep(0.01)


async def all_answered(discord: FakeDiscord, numbers: set[int], timeout_seconds: float) -> None:
    """Wait until each question got something final."""
    async with asyncio.timeout(timeout_seconds):
        while numbers - {number for number in map(_answers, discord.requests) if number}:
            await asyncio.sleep(0.02)


def fared(discord: FakeDiscord, sent_at: dict[int, float]) -> dict[int, Fared]:
    """Return what became of each question, by its number."""
    responses: dict[int | None, list[Request]] = {number: [] for number in sent_at}
    finals: dict[int | None, list[Request]] = {number: [] for number in sent_at}
    for request in discord.requests:
        if (number := _responds(request)) in responses:
            responses[number].append(request)
        if (number := _answers(request)) in finals:
            finals[number].append(request)
    return {
        number: Fared(
            first_seconds=responses[number][0].at - at if responses[number] else None,
            full_seconds=finals[number][0].at - at if finals[number] else None,
            n_answers=len(finals[number]),
            was_busy=any(one.method == "POST" for one in finals[number]),
        )
        for number, at in sent_at.items()
    }


def longest_silence_seconds(discord: FakeDiscord, since: float, until: float) -> float:
    """Return the longest time without a heartbeat between two moments, less the time that is between two anyway."""
    beats = [since, *(at for at in discord.heartbeats if since < at < until), until]
    return max(after - before for before, after in zip(beats, beats[1:], strict=False)) - HEARTBEAT_MS / 1000


def percentile(values: list[float], share: float) -> float:
    """Return the smallest value that at least that share of the values does not exceed."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def _responds(request: Request) -> int | None:
    """Return the number of the question that a call is the first response to."""
    parts = request.path.split("/")
    return _number(parts[2]) if parts[0] == "interactions" and parts[-1] == "callback" else None


def _answers(request: Request) -> int | None:
    """Return the number of the question that a call answers for good."""
    parts = request.path.split("/")
    if request.method == "PATCH" and parts[0] == "webhooks" and parts[-1] == "@original":
        return _number(parts[2])
    is_message = parts[-1] == "callback" and request.body["type"] == _MESSAGE
    return _responds(request) if is_message else None


def _number(token: str) -> int:
    return int(token.removeprefix("token"))
