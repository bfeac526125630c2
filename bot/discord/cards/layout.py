"""A card as Discord's components (version 2), with its buttons under it.

Owns the arrangement: which component shows which piece. Cuts nothing and escapes nothing.
"""

import re
from collections.abc import Sequence

from discord import ui

from bot.discord.cards.card import Card, Link, Part
from bot.discord.limits import BUTTON_LABEL_MAX_UNITS, BUTTON_URL_MAX_UNITS, units

Button = ui.Button[ui.LayoutView] | ui.DynamicItem[ui.Button[ui.LayoutView]]
Rows = Sequence[Sequence[Button]]

_SURE_URL = re.compile(
    r"https?://(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,}(?::\d{2,5})?(?:[/?#][!-~]*)?", re.IGNORECASE
)
"""What Discord is sure to take as the link of a button. It refuses the whole message for one that it does not take,
while a link in a text is at worst not live."""


def layout(card: Card, rows: Rows = ()) -> ui.LayoutView:
    """Return a view that shows a card; it never times out, since its buttons outlive the process."""
    view = ui.LayoutView(timeout=None)
    container: ui.Container[ui.LayoutView] = ui.Container(accent_colour=card.colour)
    container.add_item(ui.TextDisplay(f"### {card.heading.markdown}"))
    for note in card.notes:
        container.add_item(ui.TextDisplay(f"**{note.name}**\n{note.text}"))
    for number, part in enumerate(card.parts):
        if number or card.notes:
            container.add_item(ui.Separator())
        for item in _items(part):
            container.add_item(item)
    if card.footer:
        container.add_item(ui.Separator(visible=False))
        container.add_item(ui.TextDisplay(f"-# {card.footer.markdown}"))
    view.add_item(container)
    for row in rows:
        view.add_item(ui.ActionRow(*row))
    return view


def _items(part: Part) -> list[ui.Item[ui.LayoutView]]:
    button = _button(part.link) if part.link else None
    above = [f"**{part.label}**"] if part.label else []
    source = [f"**{part.title}**"] if part.title else []
    source += part.facts
    if not button:
        source += [part.link.markdown] if part.link else []
        return [ui.TextDisplay("\n".join([*above, part.text, *source]).strip())]
    told = "\n".join([*above, *([part.text] if part.text else [])])
    items: list[ui.Item[ui.LayoutView]] = [ui.TextDisplay(told)] if told else []
    return [*items, ui.Section("\n".join(source), accessory=button)]


def _button(link: Link) -> ui.Button[ui.LayoutView] | None:
    """Return a link as a button, where Discord is sure to take it."""
    fits = units(link.url) <= BUTTON_URL_MAX_UNITS and units(link.label) <= BUTTON_LABEL_MAX_UNITS
    return ui.Button(label=link.label, url=link.url) if fits and _SURE_URL.fullmatch(link.url) else None
