"""The buttons and menus of panels, whose ids say all that a click means: ``sn:<panel>:<what>[:<argument>]``.

Owns the ids, and how a click finds its panel: the client holds them as ``panels``, by their names. What a click does is
the panels' business.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol, Self

import discord
from discord import ui

from bot.discord.cards.card import ANSWER_COLOUR

PANELS = ("settings", "privacy", "gaps", "feedback")


@dataclass(frozen=True, slots=True)
class Act:
    """Something that was done to a control.

    Attributes:
        what: Which one.
        argument: What its id says besides.
        values: What a menu was left with.
        offered: What the menu had to offer, as it was shown.
    """

    what: str
    argument: str = ""
    values: tuple[str, ...] = ()
    offered: frozenset[str] = frozenset()


class Panel(Protocol):
    """Does what its controls ask for."""

    async def act(self, interaction: discord.Interaction[Any], act: Act) -> None:
        """Respond; whatever goes wrong is told, and nothing is raised."""


class Control(
    ui.DynamicItem[ui.Item[Any]],
    template=rf"sn:(?P<panel>{'|'.join(PANELS)}):(?P<what>[a-z_]+)(?::(?P<argument>[\w-]{{1,40}}))?",
):
    """A button or a menu of a panel."""

    def __init__(self, item: ui.Item[Any], panel: str, what: str, argument: str = "") -> None:
        """Wrap an item that has the id of ``control_id``."""
        super().__init__(item)
        self._panel = panel
        self._what = what
        self._argument = argument

    @classmethod
    async def from_custom_id(
        cls, interaction: discord.Interaction[Any], item: ui.Item[Any], match: re.Match[str], /
    ) -> Self:
        """Read the control that was used from its id."""
        return cls(item, match["panel"], match["what"], match["argument"] or "")

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        """Hand on what was done."""
        panels: Mapping[str, Panel] = interaction.client.panels
        data: Any = interaction.data  # the values of a menu of channels or roles are their ids
        options = self.item.options if isinstance(self.item, ui.Select) else ()
        act = Act(
            self._what, self._argument, tuple(data.get("values", ())), frozenset(option.value for option in options)
        )
        await panels[self._panel].act(interaction, act)


def control_id(panel: str, what: str, argument: str = "") -> str:
    """Return the id of a control."""
    return ":".join(["sn", panel, what, *([argument] if argument else [])])


def button(
    panel: str,
    what: str,
    label: str,
    argument: str = "",
    *,
    style: discord.ButtonStyle = discord.ButtonStyle.secondary,
    disabled: bool = False,
) -> Control:
    """Return a button of a panel."""
    made: ui.Button[Any] = ui.Button(
        label=label, style=style, disabled=disabled, custom_id=control_id(panel, what, argument)
    )
    return Control(made, panel, what, argument)


def layout(*items: ui.Item[Any] | Sequence[Control] | str) -> ui.LayoutView:
    """Return a view of texts, rows of controls and other items; it never times out."""
    container: ui.Container[ui.LayoutView] = ui.Container(accent_colour=ANSWER_COLOUR)
    for item in items:
        if isinstance(item, str):
            container.add_item(ui.TextDisplay(item))
        elif isinstance(item, ui.Item):
            container.add_item(item)
        elif item:
            container.add_item(ui.ActionRow(*item))
    view = ui.LayoutView(timeout=None)
    view.add_item(container)
    return view
