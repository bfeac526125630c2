"""How a maintainer's command runs: who may, one at a time, with progress, and with what came of it in the end.

Owns that order; what is done is index_admin's and corpus_admin's.
"""

from collections.abc import Callable
from typing import TypeVar

import discord
from discord.ext import commands

from bot.discord.answering import Progress
from bot.discord.cards.card import REFUSAL_COLOUR, Card
from bot.discord.cards.pages import lines_card
from bot.discord.failures import describe, reporting
from bot.discord.jobs import Job, Jobs
from bot.discord.known import Known
from bot.discord.localised import say_to
from bot.discord.maintainers import runs_the_bot
from bot.discord.progress import follow, show
from bot.errors import NotMaintainerError
from bot.translations import Say

T = TypeVar("T")
Work = Callable[[Callable[[Progress], None]], T]


class Maintenance:
    """Runs jobs for those who run the bot.

    Attributes:
        jobs: What is being done.
    """

    def __init__(self, bot: commands.AutoShardedBot, known: Known, jobs: Jobs, role_id: int | None) -> None:
        """Take whose bot it is.

        Args:
            bot: Its application names the owners.
            known: Read again after every job, since any may change what there is.
            jobs: What is being done.
            role_id: The role that the installation trusts besides.
        """
        self._bot = bot
        self._known = known
        self.jobs = jobs
        self._role_id = role_id

    async def run(
        self, interaction: discord.Interaction, job: Job, work: Work[T], show_done: Callable[[T, Say], Card]
    ) -> None:
        """Do a job on a thread, and show what came of it, or what went wrong, to the one who asked alone.

        Args:
            interaction: The command, unanswered.
            job: What is being done.
            work: Blocks; calls what it is given with its progress.
            show_done: Makes the card of what ``work`` returned.
        """
        async with reporting(interaction):
            self.check(interaction)
            say = say_to(interaction)
            with self.jobs.at(job):
                await interaction.response.defer(thinking=True, ephemeral=True)
                try:
                    card = show_done(await follow(interaction, self.jobs, job, work, say), say)
                    await self._known.refresh()
                except Exception as error:
                    # Discord takes no mere sentence in place of the card that showed progress.
                    card = lines_card(say(job.value), [describe(error, say)], say, colour=REFUSAL_COLOUR)
            await show(interaction, card)

    def check(self, interaction: discord.Interaction) -> None:
        """Let those through who run the bot.

        Raises:
            NotMaintainerError: Whoever acts does not.
        """
        if not runs_the_bot(self._bot, interaction.user, self._role_id):
            raise NotMaintainerError
