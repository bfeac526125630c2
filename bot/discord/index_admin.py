"""`/index`: what the maintainers do with the index.

Owns the commands and what they show in the end. The bot goes on answering from the old generation meanwhile.
"""

import asyncio
from collections.abc import Sequence

import discord
from discord import app_commands
from discord.ext import commands

from bot.discord.answering import Answering, IndexStatus
from bot.discord.cards.card import REFUSAL_COLOUR, Card
from bot.discord.cards.pages import lines_card
from bot.discord.cards.pieces import date_and_age, one_line
from bot.discord.cards.shown import Shown
from bot.discord.failures import reporting
from bot.discord.install import where_installed
from bot.discord.jobs import Job
from bot.discord.known import Choices, Known
from bot.discord.limits import cut
from bot.discord.localised import say_to
from bot.discord.maintenance import Maintenance
from bot.translations import Say
from index.verify import Verified

_VALUE_MAX_UNITS = 200
_GENERATIONS_SHOWN = 10


@where_installed
class IndexCog(commands.GroupCog, name="index", description="The index that answers come from (maintainers only)."):
    """`/index status`, `rebuild`, `rollback` and `verify`."""

    def __init__(self, answering: Answering, known: Known, maintenance: Maintenance) -> None:
        self._answering = answering
        self._known = known
        self._maintenance = maintenance

    @app_commands.command(name="status", description="Show the index that answers, and the earlier ones.")
    async def status(self, interaction: discord.Interaction) -> None:
        """Show the generation that answers now, and those that a rollback could choose."""
        async with reporting(interaction):
            self._maintenance.check(interaction)
            await interaction.response.defer(thinking=True, ephemeral=True)
            status, names = await asyncio.to_thread(self._standing)
            say = say_to(interaction)
            others = [_value(name) for name in names if name != status.generation][:_GENERATIONS_SHOWN]
            card = status_card(say("Index"), status, say, others)
            await Shown(card).send_with(interaction.edit_original_response)

    @app_commands.command(name="rebuild", description="Build the index anew and move to it.")
    async def rebuild(self, interaction: discord.Interaction) -> None:
        """Build a new generation, with progress, and move to it."""
        await self._maintenance.run(interaction, Job.REBUILD, self._answering.rebuild, _rebuilt_card)

    @app_commands.command(name="rollback", description="Let an earlier index answer again, until the next rebuild.")
    @app_commands.describe(generation="Its name; the one published before, if left out")
    async def rollback(self, interaction: discord.Interaction, generation: str | None = None) -> None:
        """Go back to an earlier generation."""
        await self._maintenance.run(
            interaction,
            Job.ROLLBACK,
            lambda _: self._roll_back(generation),
            lambda status, say: status_card(say("An earlier index answers now, until the next rebuild"), status, say),
        )

    @rollback.autocomplete("generation")
    async def _offer_generations(self, interaction: discord.Interaction, typed: str) -> Choices:
        return self._known.generations.choices(typed)

    @app_commands.command(name="verify", description="Compare every file of every index with its checksum.")
    async def verify(self, interaction: discord.Interaction) -> None:
        """Look for damage."""
        await self._maintenance.run(interaction, Job.VERIFY, lambda _: self._answering.upkeep.verify(), _verified_card)

    def _standing(self) -> tuple[IndexStatus, tuple[str, ...]]:
        return self._answering.status(), tuple(self._answering.upkeep.generations())

    def _roll_back(self, generation: str | None) -> IndexStatus:
        self._answering.upkeep.rollback(generation)
        self._answering.reload_if_published()
        return self._answering.status()


def status_card(title: str, status: IndexStatus, say: Say, others: Sequence[str] = ()) -> Card:
    """Return what the generation is made of, and the names of the others that stand, escaped."""
    failed = [gate for gate in status.gates if not (gate.passed or status.published)]
    facts = [
        (say("Generation"), _value(status.generation)),
        (say("Built"), date_and_age(status.built_at, say)),
        (say("Articles"), say.number(status.articles)),
        (say("Passages"), say.number(status.passages)),
        (say("Size"), say("{megabytes} MB", megabytes=f"{status.bytes / 1_000_000:.1f}")),
        (say("Encoder"), _value(status.encoder)),
        (say("Digest"), _value(status.digest)),
        *((say("Held back by: {gate}", gate=_value(gate.name)), _value(gate.detail)) for gate in failed),
        *([(say("Earlier ones that stand"), " · ".join(others))] if others else []),
    ]
    return lines_card(title, [f"**{name}** · {value}" for name, value in facts], say)


def _rebuilt_card(status: IndexStatus, say: Say) -> Card:
    published = say("The new index answers now")
    held_back = say("The new index was held back; the last one answers")
    return status_card(published if status.published else held_back, status, say)


def _verified_card(verified: Verified, say: Say) -> Card:
    if not verified.damages:
        n_generations = say.plural("{count} index", "{count} indexes", len(verified.generations))
        return lines_card(say(Job.VERIFY.value), [say("Nothing is damaged: {indexes}", indexes=n_generations)], say)
    title = say.plural("{count} damaged file", "{count} damaged files", len(verified.damages))
    return lines_card(title, [_value(str(damage)) for damage in verified.damages], say, colour=REFUSAL_COLOUR)


def _value(text: str) -> str:
    return cut(text, _VALUE_MAX_UNITS, one_line) or "–"
