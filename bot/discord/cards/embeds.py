"""A card as embeds: how it is sent where Discord refuses components.

Owns the arrangement only. No embed has a link of its own, because Discord merges embeds whose links are the same.
"""

import discord

from bot.discord.cards.card import Card, Part


def embeds(card: Card) -> list[discord.Embed]:
    """Return the embeds of one message, the heading on top and the footer at the foot."""
    made = [_embed(part, card.colour) for part in card.parts]
    if made[0].author.name:  # what stands above a part may not take the place of the heading
        made.insert(0, discord.Embed(colour=card.colour))
    made[0].set_author(name=card.heading.plain)
    for note in card.notes:
        made[0].add_field(name=note.name, value=note.text, inline=False)
    if card.footer:
        made[-1].set_footer(text=card.footer.plain)
    return made


def _embed(part: Part, colour: int) -> discord.Embed:
    lines = [part.text, *part.facts, *([part.link.markdown] if part.link else [])]
    description = "\n".join(filter(None, lines)).strip() or "…"  # Discord refuses a blank one
    embed = discord.Embed(title=part.title or None, description=description, colour=colour)
    return embed.set_author(name=part.label) if part.label else embed
