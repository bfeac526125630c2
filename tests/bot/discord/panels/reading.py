"""Reading what a panel shows."""

from typing import Any

import simcord

from tests.bot.discord.simulated import response_of

Component = dict[str, Any]


def shown(result: simcord.InteractionResult) -> list[Component]:
    """Return every component of the message, depth first."""
    return list(_walk(response_of(result).components))


def text_of(result: simcord.InteractionResult) -> str:
    """Return all texts of the message, a line each."""
    return "\n".join(component["content"] for component in shown(result) if "content" in component)


def controls_of(result: simcord.InteractionResult) -> dict[str, Component]:
    """Return the buttons and menus of the message by their ids."""
    return {component["custom_id"]: component for component in shown(result) if "custom_id" in component}


def ticked(control: Component) -> list[str]:
    """Return what a menu has ticked."""
    if "options" in control:
        return [option["value"] for option in control["options"] if option.get("default")]
    return [str(value["id"]) for value in control.get("default_values", ())]


def _walk(components: list[Component]) -> list[Component]:
    found = []
    for component in components:
        inner = [*component.get("components", ())]
        inner += [component["accessory"]] if "accessory" in component else []
        found += [component, *_walk(inner)]
    return found
