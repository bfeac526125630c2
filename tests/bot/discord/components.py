"""Reading messages that are made of components."""

from collections.abc import Iterator
from typing import Any

import discord
import simcord

from tests.bot.discord.simulated import response_of

Component = dict[str, Any]
TEXT, BUTTON = 10, 2


def components_of(result: simcord.InteractionResult) -> Iterator[Component]:
    """Yield every component of a response, those inside of others too, in the order in which they are read."""
    for component in response_of(result).components:
        yield from _within(component)


def shown_text(result: simcord.InteractionResult) -> str:
    """Return all that a response says."""
    return "\n".join(part["content"] for part in components_of(result) if part["type"] == TEXT)


def text_of(message: discord.Message | None) -> str:
    """Return all that a message says, whether in components, in embeds or as content."""
    assert message is not None
    components = [one for component in message.components for one in _within(component.to_dict())]  # type: ignore[arg-type]
    texts = [part["content"] for part in components if part["type"] == TEXT]
    return "\n".join([message.content, *texts, *(embed.description or "" for embed in message.embeds)]).strip()


def button_ids(result: simcord.InteractionResult) -> dict[str, str]:
    """Return the ids of the buttons of a response that do something, by what stands on them."""
    buttons = (part for part in components_of(result) if part["type"] == BUTTON and "custom_id" in part)
    return {button["label"]: button["custom_id"] for button in buttons}


def _within(component: Component) -> Iterator[Component]:
    yield component
    for inner in (*component.get("components", ()), *filter(None, [component.get("accessory")])):
        yield from _within(inner)
