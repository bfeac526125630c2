"""What a click on a button under an answer does.

Owns the way of a click: acknowledge it, find the answer it belongs to, make what is wanted on a thread, show it. An
answer is not kept word for word, but asked again of the generation that gave it.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from typing import Any

import discord

from bot import policy
from bot.discord.admitting import Admitting
from bot.discord.answering import Answering
from bot.discord.asking import place_of
from bot.discord.cards.answer import answer_card
from bot.discord.cards.buttons import Click, Verb, answer_rows, turn_answer
from bot.discord.cards.card import Card
from bot.discord.cards.context import context_card, quoted
from bot.discord.cards.evidence import evidence_card
from bot.discord.cards.pages import STORIES_A_PAGE, n_pages, timeline_card
from bot.discord.cards.shown import Shown
from bot.discord.cards.why import why_card
from bot.discord.failures import UNSENT, reporting
from bot.discord.keeping import Keeping
from bot.discord.servers import Servers
from bot.discord.showing import reader
from bot.errors import AnswerGoneError, AnswerSharedError, AnswerSharingError, NotSharedHereError
from bot.kinds import Kinds
from bot.messages import message
from bot.question_queue import QuestionQueue
from bot.state import KeptAnswer, Verdict, find_answer, give_verdict, share_answer
from bot.translations import Say
from index.answer import Answer, NoAnswer

STORIES = 20
"""A timeline tells at most so many, as on the command line."""
VERDICTS = {
    Verb.HELPFUL: Verdict.HELPFUL,
    Verb.NOT_HELPFUL: Verdict.NOT_HELPFUL,
    Verb.WRONG_SOURCE: Verdict.WRONG_SOURCE,
}
THANKS = {
    Verb.HELPFUL: message("Thank you. Noted as helpful; another of these buttons changes that."),
    Verb.NOT_HELPFUL: message("Thank you. Noted as not helpful; another of these buttons changes that."),
    Verb.WRONG_SOURCE: message("Thank you. Noted as a wrong source; another of these buttons changes that."),
}
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Made:
    """What a click wants to see.

    Attributes:
        card: The card.
        n_pages: How many pages there are of it.
        has_quotes: Whether its answer quotes anything.
    """

    card: Card
    n_pages: int = 1
    has_quotes: bool = False


class AnswerClicks:
    """Does what the buttons under answers ask for."""

    def __init__(
        self,
        answering: Answering,
        keeping: Keeping,
        servers: Servers,
        admitting: Admitting,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        """Put the parts together.

        Args:
            answering: Answers again.
            keeping: Keeps the answers.
            servers: What each server chose.
            admitting: Lets clicks in.
            clock: Tells the time (aware, UTC).
        """
        self._answering = answering
        self._looking_back = answering.looking_back
        self._keeping = keeping
        self._servers = servers
        self._admitting = admitting
        self._clock = clock
        self._queue: QuestionQueue[Made] = QuestionQueue(workers=1, max_waiting=20)
        self._sharing: set[str] = set()

    async def close(self) -> None:
        """Let the thread end."""
        await self._queue.close()

    async def clicked(self, interaction: discord.Interaction[Any], click: Click) -> None:
        """Respond to a click; whatever goes wrong is told to the one who clicked, and nothing is raised."""
        say = reader(interaction, self._servers)
        async with reporting(interaction):
            self._admitting.admit_look(interaction.user.id, interaction.guild_id)
            if click.verb in VERDICTS:
                await self._judge(interaction, click, say)
            elif click.verb is Verb.SHARE:
                await self._share(interaction, click, say)
            else:
                await self._look(interaction, click, say)

    async def _judge(self, interaction: discord.Interaction[Any], click: Click, say: Say) -> None:
        await interaction.response.defer(thinking=True, ephemeral=True)
        verdict = VERDICTS[click.verb]
        is_kept = await self._keeping.run(give_verdict, click.answer_id, interaction.user.id, verdict, self._clock())
        if not is_kept:
            raise AnswerGoneError
        await interaction.edit_original_response(content=say(THANKS[click.verb]))

    async def _look(self, interaction: discord.Interaction[Any], click: Click, say: Say) -> None:
        """Show what is behind an answer to the one who clicked; a page takes the place of the one that was clicked."""
        if click.page is None:
            await interaction.response.defer(thinking=True, ephemeral=True)
        else:
            await interaction.response.defer()
        made = await self._made(click, await self._kept(click), say)
        page = Shown(made.card, lambda: turn_answer(click, made.n_pages, say))
        await page.send_with(interaction.edit_original_response)

    async def _share(self, interaction: discord.Interaction[Any], click: Click, say: Say) -> None:
        """Show a private answer to all, then take its button away."""
        await interaction.response.defer()
        if not policy.may_answer_in(self._servers.settings(interaction.guild_id), *place_of(interaction)):
            raise NotSharedHereError
        if click.answer_id in self._sharing:
            raise AnswerSharingError
        self._sharing.add(click.answer_id)
        try:
            kept = await self._kept(click)
            if not kept.private:  # its button could not be taken away
                raise AnswerSharedError
            made = await self._made(click, kept, say)
            answer = Shown(made.card, lambda: answer_rows(click.answer_id, say, quotes=made.has_quotes, private=False))
            posted = await answer.send_with(interaction.followup.send, wait=True)
            await self._keeping.run(share_answer, click.answer_id, posted.channel.id, posted.id)
            await self._take_share_away(interaction, answer)
        finally:
            self._sharing.discard(click.answer_id)

    async def _take_share_away(self, interaction: discord.Interaction[Any], answer: Shown) -> None:
        try:
            await answer.send_with(interaction.edit_original_response)
        except UNSENT as error:
            _log.info("a shared answer keeps its button, since its message cannot be edited: %s", error)

    async def _kept(self, click: Click) -> KeptAnswer:
        kept = await self._keeping.run(find_answer, click.answer_id)
        if kept is None:
            raise AnswerGoneError
        return kept

    async def _made(self, click: Click, kept: KeptAnswer, say: Say) -> Made:
        with self._queue.turn((click, say.language)) as turn:
            return await turn.answer(partial(self._make, click, kept, say))

    def _make(self, click: Click, kept: KeptAnswer, say: Say) -> Made:
        page = click.page or 0
        if click.verb is Verb.TIMELINE:
            return self._timeline(kept, page, say)
        result = self._again(kept)
        if click.verb is Verb.WHY:
            return Made(why_card(result, say))
        kinds = self._looking_back.kinds(result)
        if click.verb is Verb.CONTEXT:
            return self._context(result, kinds, page, say)
        if click.verb is Verb.MORE:
            return Made(*evidence_card(result, say, kinds, page=page))
        return Made(answer_card(result, say, kinds), has_quotes=bool(quoted(result)))

    def _again(self, kept: KeptAnswer) -> Answer | NoAnswer:
        return self._looking_back.again(
            kept.question, asked_at=kept.asked_at, filters=kept.filters, generation=kept.generation
        )

    def _context(self, result: Answer | NoAnswer, kinds: Kinds, page: int, say: Say) -> Made:
        citations = quoted(result)
        citation = citations[min(page, len(citations) - 1)]
        around = self._looking_back.surroundings(citation, generation=result.generation)
        card = context_card(result, around, say, kinds, page=page, n_all=len(citations))
        return Made(card, len(citations))

    def _timeline(self, kept: KeptAnswer, page: int, say: Say) -> Made:
        topic = self._looking_back.topic(kept.question, asked_at=kept.asked_at)
        told = self._answering.timeline(topic, asked_at=kept.asked_at, limit=STORIES, filters=kept.filters)
        title = say("Timeline: {topic}", topic=topic)
        card = timeline_card(told, title, say, self._looking_back.kinds(told), page=page)
        return Made(card, n_pages(len(told.citations), STORIES_A_PAGE))
