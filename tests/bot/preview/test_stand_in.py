"""The stand-in for Discord: a real bot does what it does there, and is seen to do it."""

import asyncio
from collections.abc import AsyncIterator, Callable
from datetime import UTC, datetime

import pytest

from bot.errors import RequestError
from bot.preview import catalogue
from bot.preview.conversation import Change
from bot.preview.payloads import Json
from bot.preview.stand_in import StandIn
from tests.bot.preview.small_bot import SmallBot

MOMENT = datetime(2031, 5, 8, 12, 0, tzinfo=UTC)
WAIT_SECONDS = 5.0


@pytest.fixture
def bot() -> SmallBot:
    return SmallBot()


@pytest.fixture
async def stand_in(bot: SmallBot) -> AsyncIterator[StandIn]:
    stand_in = StandIn(bot, lambda: MOMENT)
    await stand_in.start()
    yield stand_in
    await bot.close()


def run(stand_in: StandIn, name: str, locale: str = "en-US", **values: str) -> None:
    leaf = catalogue.find(stand_in.commands, name)
    stand_in.run(leaf.command, catalogue.typed(leaf, values), locale)


async def until(condition: Callable[[], bool]) -> None:
    async with asyncio.timeout(WAIT_SECONDS):
        while not condition():
            await asyncio.sleep(0.01)


async def first(stand_in: StandIn, name: str, **values: str) -> Json:
    """Run a command and return the message that it gives."""
    run(stand_in, name, **values)
    await until(lambda: any(not message["flags"] & 128 for message in stand_in.conversation.messages()))
    return stand_in.conversation.messages()[0]


async def test_a_command_is_run_with_what_was_typed(stand_in: StandIn) -> None:
    said = await first(stand_in, "say", word="orbit", times="2", loud="true")

    assert said["content"] == "ORBITORBIT"
    assert said["preview"] == {"why": "You used /say"}


async def test_a_command_of_a_group_is_run(stand_in: StandIn) -> None:
    said = await first(stand_in, "index status")

    assert (said["content"], said["preview"]["why"]) == ("stands", "You used /index status")


async def test_what_thinks_first_is_seen_to(stand_in: StandIn) -> None:
    with stand_in.conversation.listening() as changes:
        run(stand_in, "wait")
        seen = [await anext(changes) for _ in range(3)]

    assert [change.payload["flags"] & 128 for change in seen] == [128, 0, 0]
    assert seen[0].payload["id"] == seen[1].payload["id"] != seen[2].payload["id"]
    assert seen[1].payload["components"][0]["content"] == "**0**"
    assert seen[2].payload["content"] == "and more"


async def test_a_private_answer_takes_the_place_of_the_thinking(stand_in: StandIn) -> None:
    run(stand_in, "whisper", "fr")
    await until(lambda: [m["content"] for m in stand_in.conversation.messages()] == ["fr"])

    (said,) = stand_in.conversation.messages()
    assert said["flags"] == 64


async def test_autocomplete_offers(stand_in: StandIn) -> None:
    leaf = catalogue.find(stand_in.commands, "say")
    typed = catalogue.typed(leaf, {"word": "orb"}, "word")

    assert await stand_in.offers(leaf.command, typed, "en-US") == [{"name": "orbit", "value": "orbit"}]


async def test_a_button_changes_its_message_each_time(stand_in: StandIn) -> None:
    said = await first(stand_in, "wait")
    for n in (1, 2):
        stand_in.use(said["id"], {"custom_id": f"count:{n - 1}", "component_type": 2}, "en-US")
        await until(lambda n=n: stand_in.conversation.messages()[0]["components"][0]["content"] == f"**{n}**")  # type: ignore[misc]

    assert stand_in.conversation.messages()[0]["id"] == said["id"]


async def test_a_menu_tells_what_was_chosen(stand_in: StandIn) -> None:
    said = await first(stand_in, "pick")
    data = {"custom_id": "where", "component_type": 8, "values": ["4"], "resolved": catalogue.resolved(["4"])}
    stand_in.use(said["id"], data, "en-US")
    await until(lambda: stand_in.conversation.messages()[0]["components"][0].get("content") == "in <#4>")


async def test_a_form_opens_and_is_sent(stand_in: StandIn) -> None:
    with stand_in.conversation.listening() as changes:
        run(stand_in, "form")
        opened: Change = await anext(changes)
    assert (opened.kind, opened.payload["title"]) == ("modal", "Keep answers")

    fields = [
        {"type": 18, "component": {"type": 4, "custom_id": "days", "value": "7"}},
        {"type": 18, "component": {"type": 3, "custom_id": "pick", "values": ["o", "p"]}},
    ]
    data = {"custom_id": opened.payload["custom_id"], "components": fields, "resolved": {}}
    stand_in.submit(None, data, "en-US")
    await until(lambda: [m["content"] for m in stand_in.conversation.messages()] == ["7 days of o, p"])


async def test_a_file_comes_with_its_text(stand_in: StandIn) -> None:
    (file,) = (await first(stand_in, "export"))["attachments"]

    assert (file["filename"], file["size"], file["preview_text"]) == ("kept.json", 11, '{"kept": 1}')


async def test_a_thread_has_a_name_and_what_is_deleted_is_gone(stand_in: StandIn) -> None:
    run(stand_in, "thread")
    await until(lambda: bool(stand_in.conversation.messages()))
    await asyncio.sleep(0.05)

    (said,) = stand_in.conversation.messages()
    assert (said["content"], stand_in.conversation.threads[said["channel_id"]]) == ("in here", "Larkspur")


async def test_a_reply_reaches_the_bot_as_a_mention(stand_in: StandIn, bot: SmallBot) -> None:
    said = await first(stand_in, "say", word="orbit")
    stand_in.reply(said["id"], "and before that?")
    await until(lambda: len(stand_in.conversation.messages()) == 3)

    (heard,) = bot.heard
    assert heard.content == "<@1> and before that?"
    assert heard.reference is not None
    assert heard.reference.message_id == int(said["id"])
    assert bot.user in heard.mentions
    answer = stand_in.conversation.messages()[-1]
    assert (answer["content"], answer["preview"]["why"]) == ("heard", "in reply to You")


async def test_what_the_preview_has_not_is_refused_as_by_discord(stand_in: StandIn) -> None:
    assert (await first(stand_in, "strange"))["content"] == "the preview has no such thing"


async def test_an_unknown_message_is_not_found(stand_in: StandIn) -> None:
    await first(stand_in, "failing")
    await until(lambda: stand_in.conversation.messages()[0]["content"] == "Unknown Message")


async def test_a_message_that_is_gone_is_told(stand_in: StandIn) -> None:
    with pytest.raises(RequestError, match="that message is gone"):
        stand_in.use("12", {"custom_id": "count:1", "component_type": 2}, "en-US")
    with pytest.raises(RequestError, match="that message is gone"):
        stand_in.reply("12", "hello")
