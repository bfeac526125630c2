"""A card as Discord's components (version 2), with its buttons under it.

Owns the arrangement: which component shows which piece. Cuts nothing and escapes nothing.
"""

from collections.abc import Sequence
from typing import Any

from discord import ui

from bot.discord.cards.card import Card, Part

Rows = Sequence[Sequence[ui.Item[Any]]]


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
    above = [f"**{part.label}**"] if part.label else []
    told = [part.text] if part.text else []
    source = [f"**{part.title}**"] if part.title else []
    source += part.facts
    if part.link is None or not part.link.is_button:
        return [_text(*above, *told, *source, *([part.link.markdown] if part.link else []))]
    button: ui.Button[ui.LayoutView] = ui.Button(label=part.link.label, url=part.link.url)
    quoted: list[ui.Item[ui.LayoutView]] = [_text(*above, *told)] if above or told else []
    return [*quoted, ui.Section(_text(*source), accessory=button)]


def _text(*lines: str) -> ui.TextDisplay[ui.LayoutView]:
    """Return lines as a text; Discord refuses a blank one."""
    return ui.TextDisplay("\n".join(lines).strip() or "…")
