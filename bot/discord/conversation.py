"""Messages: a mention, a direct message, and what is said to an answer.

Owns telling which messages are for the bot and what they follow; what a follow-up means is bot/followup's, and how a
question is answered is asking.py's. Without the privileged intent Discord hands over the text of a message only in a
direct message and where the bot is mentioned. A reply mentions the one it replies to, unless its author switched that
off or it replies to the response of a command; the bot hears nothing then.
"""

import asyncio
import re
from dataclasses import dataclass, replace

import discord
from discord.ext import commands

from bot import policy
from bot.discord.answering import Answering
from bot.discord.asking import Asking, Wanted
from bot.discord.delivery import Reply
from bot.discord.keeping import Keeping
from bot.discord.origins import origins_card, previous_of, quotes_of
from bot.discord.request import parse_question
from bot.discord.servers import Servers
from bot.errors import UnclearQuestionError
from bot.followup import Again, Remark, StandsAlone, Unclear, WhoSaid, is_remark, read_message
from bot.messages import message as marked
from bot.state import GuildSettings, KeptAnswer, Place, answer_of_message
from bot.state.answers import latest_answer_in
from bot.translations import Say, translator

HOW_TO = marked(
    "Ask me about space news and I answer with a dated quote and its source: {mention} followed by your question, or "
    "`/ask`."
)
NOTHING_QUOTED = marked("The answer before quoted nothing, so there is no source to name.")


@dataclass(frozen=True, slots=True)
class _Heard:
    """A message that may be for the bot.

    Attributes:
        message: The message.
        text: What it says, without the bot's name.
        is_addressed: Whether it names the bot, or nobody else is there; a mere reply may be a remark to others.
        settings: What its server chose; None in a direct message.
    """

    message: discord.Message
    text: str
    is_addressed: bool
    settings: GuildSettings | None

    @property
    def language(self) -> str:
        """The language of the server, as Discord writes it; "" in a direct message, which does not tell."""
        if self.settings is not None and self.settings.language:
            return self.settings.language
        return self.message.guild.preferred_locale.value if self.message.guild else ""

    @property
    def say(self) -> Say:
        """What speaks where the message stands."""
        return translator(self.language)


class ConversationCog(commands.Cog):
    """Answers what is said to the bot, rather than commanded."""

    def __init__(
        self, bot: commands.AutoShardedBot, answering: Answering, asking: Asking, keeping: Keeping, servers: Servers
    ) -> None:
        self._bot = bot
        self._answering = answering
        self._asking = asking
        self._keeping = keeping
        self._servers = servers

    @commands.Cog.listener()
    async def on_message(self, message: discord.Message) -> None:
        """Answer what is a question to the bot, where it may answer."""
        heard = None if message.author.bot or message.is_system() else self._heard(message)
        if heard is None:
            return
        in_thread = heard.settings is not None and heard.settings.place is Place.THREAD
        reply = Reply(message, in_thread=in_thread, say=heard.say)
        try:
            await self._respond(heard, reply)
        except Exception as error:
            await reply.report(error)

    def _heard(self, message: discord.Message) -> _Heard | None:
        """Return what may have been said to the bot, or None where nothing was, or where it may not answer."""
        assert self._bot.user is not None
        settings = self._servers.settings(message.guild.id if message.guild else None)
        parent_id = message.channel.parent_id if isinstance(message.channel, discord.Thread) else None
        if not policy.may_answer_in(settings, message.channel.id, parent_id):
            return None
        name = re.compile(rf"<@!?{self._bot.user.id}>")
        is_addressed = message.guild is None or name.search(message.content) is not None
        text = name.sub(" ", message.content).strip()
        is_reply = message.reference is not None and self._bot.user in message.mentions
        return _Heard(message, text, is_addressed, settings) if is_addressed or (is_reply and text) else None

    async def _respond(self, heard: _Heard, reply: Reply) -> None:
        message = heard.message
        if not self._is_let_in(heard):
            return
        kept = await self._answer_before(message)
        if kept is None and not heard.is_addressed:
            return  # a reply to something else that the bot said
        if not heard.text or (kept is None and is_remark(heard.text)):
            assert self._bot.user is not None
            self._asking.admitting.admit_look(message.author.id, _guild_id(message))
            await reply.say_plainly(heard.say(HOW_TO, mention=self._bot.user.mention))
            return
        quotes = await asyncio.to_thread(quotes_of, self._answering, kept) if kept else []
        previous = previous_of(kept, quotes) if kept else None
        reading = read_message(
            heard.text,
            previous,
            message.created_at,
            is_addressed=heard.is_addressed,
            is_reply=_replied_to(message) is not None,
        )
        match reading:
            case Unclear(reason):
                raise UnclearQuestionError(reason)
            case WhoSaid():
                if not quotes or kept is None:
                    raise UnclearQuestionError(NOTHING_QUOTED)
                self._asking.admitting.admit_question(message.author.id, kept.guild_id)
                await self._asking.show_again(kept, origins_card(heard.text, quotes, heard.say), reply)
            case Again():
                await self._asking.answer(_following(heard, reading, kept), reply)
            case StandsAlone():
                await self._asking.answer(_wanted(heard, parse_question(heard.text)), reply)
            case Remark():
                pass

    def _is_let_in(self, heard: _Heard) -> bool:
        """Tell whether a message is looked into; of who has to wait, a question complains and a remark is left alone.

        Raises:
            WaitError: It may be a question, and its author has to wait with it.
        """
        message, admitting = heard.message, self._asking.admitting
        reading = read_message(heard.text, None, message.created_at, is_addressed=heard.is_addressed)
        if isinstance(reading, Remark):
            return admitting.may_ask(message.author.id, _guild_id(message))
        admitting.check_question(message.author.id, _guild_id(message))
        return True

    async def _answer_before(self, message: discord.Message) -> KeptAnswer | None:
        """Return the answer that a message may follow: what it replies to, else the last of its thread or of a talk."""
        replied_to = _replied_to(message)
        if replied_to is not None:
            return await self._keeping.run(answer_of_message, replied_to)
        if message.guild is None or isinstance(message.channel, discord.Thread):
            return await self._keeping.run(latest_answer_in, message.channel.id)
        return None


def _replied_to(message: discord.Message) -> int | None:
    """Return the message that a message is a direct reply to."""
    return message.reference.message_id if message.reference is not None else None


def _guild_id(message: discord.Message) -> int | None:
    return message.guild.id if message.guild else None


def _wanted(heard: _Heard, question: str) -> Wanted:
    message = heard.message
    return Wanted(
        question=question,
        asked_at=message.created_at,
        user_id=message.author.id,
        guild_id=_guild_id(message),
        channel_id=message.channel.id,
        locale=heard.language,
    )


def _following(heard: _Heard, again: Again, kept: KeptAnswer | None) -> Wanted:
    wanted = _wanted(heard, parse_question(again.question))
    return replace(
        wanted,
        asked_at=again.as_of or wanted.asked_at,
        filters=again.filters,
        previous_id=kept.answer_id if kept else None,
    )
