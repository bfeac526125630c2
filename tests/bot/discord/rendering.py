"""Discord's reading of a text, as far as the tests need it: what is live, and what a person sees."""

import re

import discord

LIVE = re.compile(
    r"@everyone|@here|<@[!&]?\d+>|<#\d+>|<a?:\w+:\d+>|</[^>\n]+:\d+>|<id:\w+>|<t:-?\d+(?::[tTdDfFR])?>"
    r"|discord(?:app)?\.(?:gg|com/invite)/\w",
    re.IGNORECASE,
)
OWN_TIMESTAMP = re.compile(r"<t:-?\d+:[DR]>")
HIDDEN = re.compile("[\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
_ESCAPED = re.compile(r"\\([^0-9A-Za-z\s])")


def seen(markdown: str) -> str:
    """Return what is left when backslashes and breaks are taken away again."""
    return _ESCAPED.sub(r"\1", markdown).replace("\u200b", "")


def quoted(description: str) -> str:
    """Return the text of the block quote, still escaped."""
    lines = [line for line in description.split("\n") if line.startswith("> ")]
    return "\n".join(line.removeprefix("> ") for line in lines)


def texts(embed: discord.Embed) -> list[str]:
    """Return every text of an embed that Discord counts."""
    found = [embed.title, embed.description, embed.footer.text, embed.author.name]
    found += [text for field in embed.fields for text in (field.name, field.value)]
    return [text for text in found if text]
