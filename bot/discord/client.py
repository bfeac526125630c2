"""The Discord client: which events it wants, which commands it has, when it looks for a new index.

Owns the wiring only. It asks for no privileged intent: mentions, direct messages and interactions carry their text
without.
"""

import asyncio
import logging

import discord
from discord.ext import commands, tasks

from bot.discord.about import AboutCog
from bot.discord.admitting import Admitting
from bot.discord.answering import Answering
from bot.discord.articles import ArticlesCog
from bot.discord.ask import AskCog
from bot.discord.asking import Asking, Found
from bot.discord.cards.buttons import AnswerButton, ListButton
from bot.discord.clicks import AnswerClicks
from bot.discord.conversation import ConversationCog
from bot.discord.corpus_admin import CorpusCog
from bot.discord.failures import Tree
from bot.discord.forgetting import ForgettingCog
from bot.discord.index_admin import IndexCog
from bot.discord.jobs import Jobs
from bot.discord.keeping import Keeping
from bot.discord.known import Known
from bot.discord.lists import PagedLists
from bot.discord.localised import CommandTranslator
from bot.discord.maintenance import Maintenance
from bot.discord.menus import MenusCog
from bot.discord.panels import Panel, add_panels
from bot.discord.servers import Servers
from bot.discord.sources import SourcesCog
from bot.discord.topics import TopicsCog
from bot.discord.watch_cog import WatchCog
from bot.discord.watchdog import Watchdog
from bot.question_queue import QuestionQueue
from bot.settings import Settings
from bot.state.state import STATE_FILE
from index.errors import IndexingError

FINISH_SECONDS = 5.0
"""How long the bot stays to answer those who asked before it was told to stop."""
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
        self._known = Known(answering)
        self.jobs = Jobs()
        self.keeping = Keeping(settings.data_dir / STATE_FILE)
        self.servers = Servers(self.keeping)
        self._admitting = Admitting(self.servers)
        self.lists = PagedLists(answering, self.servers, self._admitting)
        self.questions: QuestionQueue[Found] = QuestionQueue(
            workers=settings.question_workers, max_waiting=settings.questions_waiting
        )
        self.asking = Asking(answering, self.keeping, self.servers, self.questions, self._admitting)
        self.clicks = AnswerClicks(answering, self.keeping, self.servers, self._admitting)
        self._watchdog = Watchdog()
        self.panels: dict[str, Panel] = {}
        self._reload_loop = tasks.loop(seconds=settings.reload_seconds)(self._reload)

    async def setup_hook(self) -> None:
        """Add the commands, register them, and start to look for new generations."""
        await self.tree.set_translator(CommandTranslator())
        await self.servers.load()
        await self.add_cog(AskCog(self.asking, self._known))
        await self.add_cog(ConversationCog(self, self._answering, self.asking, self.keeping, self.servers))
        await self.add_cog(TopicsCog(self._known, self.lists))
        await self.add_cog(SourcesCog(self._known, self.lists))
        await self.add_cog(ArticlesCog(self._answering, self._known, self.servers, self._admitting))
        await self.add_cog(MenusCog(self, self.asking))
        role_id = self._settings.maintainer_role_id
        await self.add_cog(AboutCog(self, self._answering, self.servers, self.jobs, role_id))
        maintenance = Maintenance(self, self._known, self.jobs, role_id)
        await self.add_cog(IndexCog(self._answering, self._known, maintenance))
        await self.add_cog(CorpusCog(self._answering, self._known, maintenance))
        await self.add_cog(WatchCog(self, self._settings, self._answering, self._known))
        self.add_dynamic_items(AnswerButton, ListButton)
        await self.add_cog(ForgettingCog(self, self.keeping, self.servers, self._settings.retention_days))
        self.panels = await add_panels(
            self, self._answering, self._known.questions, self.keeping, self.servers, self._settings
        )
        if self._settings.sync_commands:
            await self._sync()
        self._reload_loop.start()
        self._watchdog.start()

    async def on_message(self, message: discord.Message, /) -> None:
        """Do nothing: there are no prefix commands, and questions are ConversationCog's."""

    async def close(self) -> None:
        """Stop looking for new generations, leave Discord, then close what is kept."""
        self._reload_loop.cancel()
        self._watchdog.stop()
        await self.asking.finish(FINISH_SECONDS)
        await super().close()
        await self.questions.close()
        await self.clicks.close()
        await self.lists.close()
        await self.keeping.close()

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
            await self._known.refresh()
        except IndexingError as error:
            _log.warning("could not look for a new index: %s", error)
        except Exception:
            # The old generation goes on answering, and the next turn tries again.
            _log.exception("could not look for a new index")
