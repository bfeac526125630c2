"""How soon the bot responds to many people who ask at once, and how soon it has answered them all.

    python -m benchmarks.discord_load --questions 200 --data-dir data

The bot runs as it does in service, in a process of its own, over the index in the data folder (the starter corpus is
built there if there is none). Discord is the tests' stand-in on a loopback address, in this process. Each question is
another one of the golden set. Once with a steady gateway, once with one that goes away in the middle.
"""

import argparse
import asyncio
import os
import sys
import tempfile
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from itertools import cycle, islice
from pathlib import Path

from bot.state import GuildSettings, State, save_guild_settings
from bot.state.guild_settings import GUILD_QUESTIONS_PER_MINUTE_MAX
from bot.state.state import STATE_FILE
from index.evaluation.starter_sets import load_golden
from tests.bot.wire import payloads
from tests.bot.wire.crowd import all_answered, ask_at_once, fared, longest_silence_seconds, percentile
from tests.bot.wire.fake_discord import TOKEN, FakeDiscord

_PROGRAM = """
import sys
from discord.http import Route
Route.BASE = sys.argv.pop()
from bot.cli import main
main()
"""
_START_SECONDS, _ANSWER_SECONDS = 300.0, 890.0
"""An index may have to be built first; after fifteen minutes Discord takes no answer any more."""
_WARM_UP = 900_000
"""Number of the first question, which opens the index."""


def main() -> None:
    """Run both and print what came of them."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--questions", type=int, default=200)
    parser.add_argument("--data-dir", type=Path, help="default: a folder that is built and thrown away")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        asyncio.run(_measure(options.questions, options.data_dir or Path(folder)))


async def _measure(n_questions: int, data_dir: Path) -> None:
    questions = list(islice(cycle(one.text for one in load_golden().questions), n_questions))
    with State.open(data_dir / STATE_FILE) as state:
        save_guild_settings(
            state, GuildSettings(payloads.GUILD_ID, guild_questions_per_minute=GUILD_QUESTIONS_PER_MINUTE_MAX)
        )
    for reconnects in (False, True):
        async with FakeDiscord() as discord, _bot(discord, data_dir):
            await _run(discord, questions, reconnects=reconnects)


@asynccontextmanager
async def _bot(discord: FakeDiscord, data_dir: Path) -> AsyncIterator[None]:
    """Run the bot until it was stopped; the first question is answered, so that its index is open."""
    environment = os.environ | {"SPACE_NEWS_DATA_DIR": str(data_dir), "SPACE_NEWS_DISCORD_TOKEN": TOKEN}
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-c", _PROGRAM, "run", discord.base, env=environment, stdout=asyncio.subprocess.DEVNULL
    )
    try:
        async with asyncio.timeout(_START_SECONDS):
            await discord.identified.wait()
        await ask_at_once(discord, ["What is in the news?"], first_number=_WARM_UP)
        await all_answered(discord, {_WARM_UP}, _START_SECONDS)
        yield
    finally:
        process.terminate()
        await process.wait()


async def _run(discord: FakeDiscord, questions: list[str], *, reconnects: bool) -> None:
    half = len(questions) // 2 if reconnects else len(questions)
    began = time.perf_counter()
    sent_at = await ask_at_once(discord, questions[:half])
    if reconnects:
        await discord.ask_to_reconnect()
        sent_at |= await ask_at_once(discord, questions[half:], first_number=half + 1)
    await all_answered(discord, set(sent_at), _ANSWER_SECONDS)
    ended = time.perf_counter()
    outcomes = fared(discord, sent_at).values()
    firsts = [one.first_seconds for one in outcomes if one.first_seconds is not None]
    fulls = [one.full_seconds for one in outcomes if one.full_seconds is not None]
    silence = longest_silence_seconds(discord, began, ended)
    sys.stdout.write(
        f"{'gateway goes away in the middle' if reconnects else 'steady gateway'}: {len(sent_at)} questions, "
        f"{sum(one.was_busy for one in outcomes)} told to come again, {len(sent_at) - len(fulls)} lost, "
        f"{sum(one.n_answers > 1 for one in outcomes)} answered twice\n"
        f"  first response: p50 {1000 * percentile(firsts, 0.5):.0f} ms, p99 {1000 * percentile(firsts, 0.99):.0f} ms\n"
        f"  full answer: p50 {percentile(fulls, 0.5):.1f} s, p99 {percentile(fulls, 0.99):.1f} s, "
        f"all in {ended - began:.1f} s\n"
        f"  heartbeats: the latest came {1000 * max(0.0, silence):.0f} ms late, "
        f"{discord.operations.count(2)} identified, load of the machine {os.getloadavg()[0]:.1f}\n"
    )
    sys.stdout.flush()


if __name__ == "__main__":
    main()
