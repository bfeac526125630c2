"""The conversation: whoever listens hears all of it, in order, and it does not grow without end."""

from bot.preview.conversation import LISTENER_MAX_CHANGES, MESSAGES_MAX, Change, Conversation


def said(number: int, text: str = "") -> dict[str, str]:
    return {"id": str(number), "content": text}


async def heard(conversation: Conversation) -> list[Change]:
    with conversation.listening() as changes:
        conversation.close()
        return [change async for change in changes]


async def test_who_comes_late_hears_what_was_said() -> None:
    conversation = Conversation()
    conversation.put(said(1))
    conversation.put(said(2))
    conversation.put(said(1, "edited"))
    conversation.remove("2")
    conversation.remove("2")

    assert await heard(conversation) == [Change("message", said(1, "edited"))]


async def test_who_listens_hears_what_changes() -> None:
    conversation = Conversation()
    with conversation.listening() as changes:
        conversation.put(said(1))
        conversation.open({"title": "Form"})
        conversation.remove("1")
        conversation.close()
        told = [change async for change in changes]

    assert told == [Change("message", said(1)), Change("modal", {"title": "Form"}), Change("gone", {"id": "1"})]


async def test_the_oldest_message_goes_first() -> None:
    conversation = Conversation()
    for number in range(MESSAGES_MAX + 2):
        conversation.put(said(number))

    assert len(conversation.messages()) == MESSAGES_MAX
    assert conversation.messages()[0]["id"] == "2"
    assert conversation.message("1") is None


async def test_who_reads_nothing_is_let_go() -> None:
    conversation = Conversation()
    with conversation.listening() as changes:
        for _ in range(LISTENER_MAX_CHANGES + 1):
            conversation.put(said(1))

        assert [change async for change in changes] == []
