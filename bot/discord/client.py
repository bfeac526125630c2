"""The Discord client: which events it wants, which commands it has, when it looks for a new index.

Owns the wiring only. It asks for no privileged intent: mentions, direct messages and interactions carry their text
without.
"""

import asyncio
import logging

import discord
from discord.ext import commands, tasks

from bot.discord.answering import Answering
from bot.discord.ask import AskCog
from bot.discord.failures import Tree
from bot.discord.index_admin import IndexCog
from bot.discord.known_sources import KnownSources
from bot.discord.sources import SourcesCog
from bot.settings import Settings
from index.errors import IndexingError

_log = logging.getLogger(__name__)


class SpaceNewsBot(commands.AutoShardedBot):
    """Answers questions from whatever it is given to find the answers."""

    def __init__(self, settings: Settings, answering: Answering) -> None:
        # Voice is not used, so that its absence is not worth a warning.
        discord.VoiceClient.warn_nacl = False
        discord.VoiceClient.warn_dave = False
        super().__init__(
            command_prefix=commands.when_mentioned,
            help_command=None,
            tree_cls=Tree,
            intents=discord.Intents(guilds=True, guild_messages=True, dm_messages=True),
            allowed_mentions=discord.AllowedMentions.none(),
            max_messages=None,
            shard_count=settings.shard_count,
            shard_ids=sorted(settings.shard_ids) or None,  # type: ignore[arg-type]  # None, its default, means all
        )
        self._settings = settings
        self._answering = answering
        self._known_sources = KnownSources(answering)
        self._reload_loop = tasks.loop(seconds=settings.reload_seconds)(self._reload)

    async def setup_hook(self) -> None:
        """Add the commands, register them, and start to look for new generations."""
        await self.add_cog(AskCog(self, self._answering, self._known_sources))
        await self.add_cog(SourcesCog(self._answering, self._known_sources))
        role_id = self._settings.maintainer_role_id
        await self.add_cog(IndexCog(self, self._answering, self._known_sources, role_id))
        if self._settings.sync_commands:
            await self._sync()
        self._reload_loop.start()

    async def on_message(self, message: discord.Message, /) -> None:
        """Do nothing: there are no prefix commands, and questions are AskCog's."""

    async def close(self) -> None:
        """Stop looking for new generations, then leave Discord."""
        self._reload_loop.cancel()
        await super().close()

    async def _sync(self) -> None:
        """Register the commands; the bot can answer mentions even where Discord refuses them."""
        guild_ids = sorted(self._settings.command_guild_ids)
        guilds: list[discord.Object | None] = [discord.Object(guild_id) for guild_id in guild_ids] or [None]
        for where in guilds:
            if where:
                self.tree.copy_global_to(guild=where)
            try:
                await self.tree.sync(guild=where)
            except discord.HTTPException as error:
                _log.error("Discord refused the commands for %s: %s", where.id if where else "all servers", error)

    async def _reload(self) -> None:
        """Move to a newly published generation, if there is one."""
        try:
            if await asyncio.to_thread(self._answering.reload_if_published):
                _log.info("moved to a newly published index")
            await self._known_sources.refresh()
        except IndexingError as error:
            _log.warning("could not look for a new index: %s", error)
        except Exception:
            # The old generation goes on answering, and the next turn tries again.
            _log.exception("could not look for a new index")
