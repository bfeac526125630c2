"""`/watch add`, `list`, `edit`, `pause`, `resume` and `remove`.

Owns who may do what, and where a watch posts: in the channel that it was made in where the bot belongs to that server,
otherwise to its maker. Everything is told to the one who acts alone. When watches are asked is watch_rounds.py's.
"""

import asyncio
import logging
from datetime import UTC
from typing import TYPE_CHECKING

import discord
from discord import app_commands
from discord.ext import commands, tasks

from bot.discord.answering import Answering
from bot.discord.asking import place_of
from bot.discord.cards.shown import Shown
from bot.discord.escape import plain
from bot.discord.failures import reporting
from bot.discord.install import everywhere
from bot.discord.known import Choices, Known
from bot.discord.limits import CHOICE_MAX_UNITS, CHOICES_MAX, cut
from bot.discord.lists import find_publisher
from bot.discord.localised import say_to
from bot.discord.maintainers import manages_server
from bot.discord.request import QUESTION_MAX_CHARS, QUESTION_MIN_CHARS, parse_question
from bot.discord.watch_list import watch_line, watch_list
from bot.discord.watch_rounds import WatchRounds
from bot.discord.watch_telling import WatchTelling
from bot.errors import UnknownWatchError, WatchNotYoursError, WatchPlaceError
from bot.messages import message
from bot.policy import may_answer_in, watch_share
from bot.settings import Settings
from bot.state.watch import DAILY_CAP_MAX, Pause, Rhythm, Watch
from bot.state.watches import (
    add_watch,
    find_watch,
    pause_watch,
    remove_watch,
    save_rhythm,
    watches_of_guild,
    watches_of_maker,
)
from bot.watch_hours import changed_rhythm, zone_names
from index.errors import NoGenerationError

if TYPE_CHECKING:
    from bot.discord.client import SpaceNewsBot

_log = logging.getLogger(__name__)
_HOURS = "Keep silent in these hours, for example 22:00-07:00; “off” for never"
_ZONE = "The time zone of the hours, for example Europe/Berlin"
_CAP = "Show at most so many stories a day and count the others"
_DIGEST = "Post once a day at this time, for example 08:00; “off” for at once"
_WATCH = "Which watch"
_DailyCap = app_commands.Range[int, 1, DAILY_CAP_MAX]


@everywhere
class WatchCog(commands.GroupCog, name="watch", description="Standing questions: what is new is posted once."):
    """The group `/watch`, and the loop that works for it."""

    def __init__(
        self,
        bot: "SpaceNewsBot",
        settings: Settings,
        answering: Answering,
        known: Known,
    ) -> None:
        self._settings = settings
        self._answering = answering
        self._keeping = bot.keeping
        self._servers = bot.servers
        self._known = known
        self.rounds = WatchRounds(
            answering,
            bot.keeping,
            WatchTelling(bot, answering, bot.keeping, bot.servers, discord.utils.utcnow),
            asks_per_second=settings.watch_asks_per_second,
            people_wait=lambda: not bot.questions.is_empty,
            clock=discord.utils.utcnow,
        )
        self._loop = tasks.loop(seconds=settings.watch_seconds)(self._round)

    async def cog_load(self) -> None:
        """Begin to make rounds."""
        await asyncio.to_thread(zone_names)
        self._loop.start()

    async def cog_unload(self) -> None:
        """Stop, wherever the round stands."""
        running = self._loop.get_task()
        self._loop.cancel()
        if running is not None:
            await asyncio.wait({running})

    @app_commands.command(name="add", description="Ask a question again and again, and post what is new.")
    @app_commands.describe(
        question="What you want to hear of",
        source="Only articles from this source",
        quiet=_HOURS,
        zone=_ZONE,
        daily_cap=_CAP,
        digest=_DIGEST,
        direct="Send it to me as a direct message instead of posting it here",
    )
    async def add(
        self,
        interaction: discord.Interaction,
        question: app_commands.Range[str, QUESTION_MIN_CHARS, QUESTION_MAX_CHARS],
        source: str | None = None,
        quiet: str | None = None,
        zone: str | None = None,
        daily_cap: _DailyCap | None = None,
        digest: str | None = None,
        direct: bool = False,
    ) -> None:
        """Make a watch."""
        async with reporting(interaction):
            wanted = parse_question(question)
            rhythm = changed_rhythm(Rhythm(), quiet, zone, daily_cap, digest)
            await interaction.response.defer(thinking=True, ephemeral=True)
            guild_id, channel_id = (None, None) if direct else self._place(interaction)
            publisher = find_publisher(await asyncio.to_thread(self._answering.sources), source) if source else ""
            begun = interaction.created_at.astimezone(UTC).date()
            generation, held = await self._baseline(interaction)
            watch = Watch(
                question=wanted,
                maker_id=interaction.user.id,
                guild_id=guild_id,
                channel_id=channel_id,
                source=publisher,
                language=interaction.locale.value,
                rhythm=rhythm,
                begun=begun,
                made_generation=generation,
            )
            await self._keeping.run(add_watch, watch, held, interaction.created_at, **self._limits(interaction))
            say = say_to(interaction)
            made = say("What is new from now on will be posted:")
            await interaction.edit_original_response(content=f"{made}\n{watch_line(watch, say)}")

    @app_commands.command(name="list", description="Show the watches of this server, and your own.")
    async def show_all(self, interaction: discord.Interaction) -> None:
        """List what is watched."""
        async with reporting(interaction):
            await interaction.response.defer(thinking=True, ephemeral=True)
            shown = Shown(watch_list(await self._watches(interaction), say_to(interaction)))
            await shown.send_with(interaction.edit_original_response)

    @app_commands.command(name="edit", description="Change when a watch posts, and how much.")
    @app_commands.describe(watch=_WATCH, quiet=_HOURS, zone=_ZONE, daily_cap=_CAP, digest=_DIGEST)
    async def edit(
        self,
        interaction: discord.Interaction,
        watch: str,
        quiet: str | None = None,
        zone: str | None = None,
        daily_cap: _DailyCap | None = None,
        digest: str | None = None,
    ) -> None:
        """Change the rhythm of a watch."""
        async with reporting(interaction):
            changed_rhythm(Rhythm(), quiet, zone, daily_cap, digest)  # complains before anything is looked up
            await interaction.response.defer(thinking=True, ephemeral=True)
            found = await self._own(interaction, watch)
            rhythm = changed_rhythm(found.rhythm, quiet, zone, daily_cap, digest)
            await self._keeping.run(save_rhythm, found.watch_id, rhythm)
            await self._confirm(interaction, message("Changed:"), found.watch_id)

    @app_commands.command(name="pause", description="Let a watch be silent until it is resumed.")
    @app_commands.describe(watch=_WATCH)
    async def pause(self, interaction: discord.Interaction, watch: str) -> None:
        """Pause a watch."""
        await self._set_pause(interaction, watch, Pause.BY_HAND, message("Paused:"))

    @app_commands.command(name="resume", description="Let a paused watch post again.")
    @app_commands.describe(watch=_WATCH)
    async def resume(self, interaction: discord.Interaction, watch: str) -> None:
        """Resume a watch; it posts what is still fresh of the time between."""
        await self._set_pause(interaction, watch, None, message("Posts again:"))

    @app_commands.command(name="remove", description="Forget a watch.")
    @app_commands.describe(watch=_WATCH)
    async def remove(self, interaction: discord.Interaction, watch: str) -> None:
        """Remove a watch with all that is kept of it."""
        async with reporting(interaction):
            await interaction.response.defer(thinking=True, ephemeral=True)
            found = await self._own(interaction, watch)
            await self._keeping.run(remove_watch, found.watch_id)
            say = say_to(interaction)
            await interaction.edit_original_response(content=f"{say('Removed:')}\n{watch_line(found, say)}")

    @add.autocomplete("source")
    async def _offer_sources(self, interaction: discord.Interaction, typed: str) -> Choices:
        return self._known.sources.choices(typed)

    @add.autocomplete("zone")
    @edit.autocomplete("zone")
    async def _offer_zones(self, interaction: discord.Interaction, typed: str) -> Choices:
        wanted = typed.strip().casefold()
        found = [name for name in zone_names() if wanted in name.casefold()]
        return [app_commands.Choice(name=name, value=name) for name in found[:CHOICES_MAX]]

    @edit.autocomplete("watch")
    @pause.autocomplete("watch")
    @resume.autocomplete("watch")
    @remove.autocomplete("watch")
    async def _offer_watches(self, interaction: discord.Interaction, typed: str) -> Choices:
        wanted = typed.strip().casefold()
        found = [one for one in await self._watches(interaction) if wanted in one.question.casefold()]
        changeable = [one for one in found if _may_change(interaction, one)]
        return [
            app_commands.Choice(name=cut(one.question, CHOICE_MAX_UNITS, plain), value=one.watch_id)
            for one in changeable[:CHOICES_MAX]
        ]

    async def _round(self) -> None:
        try:
            await self.rounds.round()
        except Exception:
            # What was not done is done by a later round.
            _log.exception("a round over the watches broke off")

    def _limits(self, interaction: discord.Interaction) -> dict[str, int]:
        """Return how many watches there may be when the one who acts adds one."""
        per_guild = self._settings.watches_per_guild
        share = per_guild if manages_server(interaction) else watch_share(per_guild)
        return {"per_guild": per_guild, "per_maker": self._settings.watches_per_person, "share": share}

    def _place(self, interaction: discord.Interaction) -> tuple[int | None, int | None]:
        """Return the server and the channel that a watch posts in, or neither.

        Raises:
            WatchPlaceError: It could not post here, or whoever adds it could not.
        """
        guild_id, channel_id = _server(interaction), interaction.channel_id
        if guild_id is None or channel_id is None:
            return None, None
        if not _may_post(interaction, interaction.app_permissions):
            raise WatchPlaceError(message("I may not post in this channel; let me, or choose another."))
        if not _may_post(interaction, interaction.permissions):
            raise WatchPlaceError(message("You may not write in this channel; choose one in which you may."))
        if not may_answer_in(self._servers.settings(guild_id), *place_of(interaction)):
            raise WatchPlaceError(message("This server lets me answer in other channels only; choose one of those."))
        return guild_id, channel_id

    async def _baseline(self, interaction: discord.Interaction) -> tuple[str, list[str]]:
        """Return the generation that answers, and what it holds of today; before a first one, all is new."""
        begun = interaction.created_at.astimezone(UTC).date()
        try:
            baseline = await asyncio.to_thread(self._answering.standing.baseline, begun)
        except NoGenerationError:
            return "", []
        return baseline.generation, [*baseline.article_ids]

    async def _set_pause(self, interaction: discord.Interaction, wanted: str, why: Pause | None, told: str) -> None:
        async with reporting(interaction):
            await interaction.response.defer(thinking=True, ephemeral=True)
            found = await self._own(interaction, wanted)
            await self._keeping.run(pause_watch, found.watch_id, why)
            await self._confirm(interaction, told, found.watch_id)

    async def _confirm(self, interaction: discord.Interaction, told: str, watch_id: str) -> None:
        say = say_to(interaction)
        watch = await self._keeping.run(find_watch, watch_id)
        line = watch_line(watch, say) if watch else ""
        await interaction.edit_original_response(content=f"{say(told)}\n{line}")

    async def _watches(self, interaction: discord.Interaction) -> list[Watch]:
        """Return the watches to show: of this server and one's own direct ones; outside of servers all of one's own."""
        own = await self._keeping.run(watches_of_maker, interaction.user.id)
        guild_id = _server(interaction)
        if guild_id is None:
            return own
        of_guild = await self._keeping.run(watches_of_guild, guild_id)
        return [one for one in of_guild if _may_see(interaction, one)] + [one for one in own if one.guild_id is None]

    async def _own(self, interaction: discord.Interaction, wanted: str) -> Watch:
        """Return a watch that the one who acts may change.

        Raises:
            UnknownWatchError: There is none here.
            WatchNotYoursError: It is somebody else's.
        """
        found = next((one for one in await self._watches(interaction) if one.watch_id == wanted.strip()), None)
        if found is None:
            raise UnknownWatchError(wanted)
        if not _may_change(interaction, found):
            raise WatchNotYoursError
        return found


def _server(interaction: discord.Interaction) -> int | None:
    """Return the server that something happens in, if the bot belongs to it: a person may bring it along elsewhere."""
    guild_id = interaction.guild_id
    return guild_id if guild_id is not None and interaction.client.get_guild(guild_id) is not None else None


def _may_post(interaction: discord.Interaction, allowed: discord.Permissions) -> bool:
    """Tell whether who has these permissions in the channel may write in it."""
    is_thread = isinstance(interaction.channel, discord.Thread)
    return allowed.view_channel and (allowed.send_messages_in_threads if is_thread else allowed.send_messages)


def _may_change(interaction: discord.Interaction, watch: Watch) -> bool:
    return watch.maker_id == interaction.user.id or (watch.guild_id is not None and manages_server(interaction))


def _may_see(interaction: discord.Interaction, watch: Watch) -> bool:
    """Tell whether somebody may know of a server's watch: whoever sees the channel that it posts in."""
    if _may_change(interaction, watch):
        return True
    guild, member = interaction.guild, interaction.user
    channel = guild.get_channel_or_thread(watch.channel_id) if guild and watch.channel_id else None
    if channel is None or not isinstance(member, discord.Member):
        return watch.channel_id == interaction.channel_id  # the library may not know a thread
    return channel.permissions_for(member).view_channel
