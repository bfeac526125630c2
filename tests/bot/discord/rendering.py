"""Discord's reading of a text, as far as the tests need it: what is live, how it looks, and what a person sees."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

import discord

LIVE = re.compile(
    r"@everyone|@here|<@[!&]?\d+>|<#\d+>|<a?:\w+:\d+>|</[^>\n]+:\d+>|<id:\w+>|<t:-?\d+(?::[tTdDfFR])?>"
    r"|discord(?:app)?\.(?:gg|com/invite)/\w",
    re.IGNORECASE,
)
OWN_TIMESTAMP = re.compile(r"<t:-?\d+:[DR]>")
HIDDEN = re.compile("[\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
_ESCAPED = re.compile(r"\\([^0-9A-Za-z\s])")
_BLOCKS = re.compile(r"(?P<quote>>>> |> )|(?P<heading>#{1,3} )|(?P<small>-# )|(?P<list>[ \t]*(?:[-*+]|\d{1,9}[.)]) )")
_INLINE = {
    "escape": r"\\[^0-9A-Za-z\s]",
    "time": r"<t:-?\d+:[DR]>",
    "code": r"(?P<ticks>`+)[\s\S]*?[^`](?P=ticks)(?!`)",
    "masked": r"\[(?P<label>(?:\\.|[^\[\]\\])*)\]\((?P<target>[^\s()]*)\)",
    "bold": r"\*\*(?P<bold_text>(?:\\[\s\S]|[^\\])+?)\*\*(?!\*)",
    "underline": r"__(?P<underline_text>(?:\\[\s\S]|[^\\])+?)__(?!_)",
    "italic": r"\*(?=\S)(?:\\.|[^*\\])+?\*|\b_(?:\\.|[^_\\])+?_\b",
    "strike": r"~~(?=\S)[\s\S]*?\S~~",
    "spoiler": r"\|\|[\s\S]+?\|\|",
    "emoji": r":(?!\d\d:)(?:[A-Za-z0-9+-]|_(?!_)){2,}:",
    "bare": r"(?:https?|steam)://[^\s<]+|<(?:https?://|mailto:|tel:)[^>\s]+>",
}
_TOKEN = re.compile("|".join(f"(?P<{name}>{rule})" for name, rule in _INLINE.items()))


@dataclass(frozen=True, slots=True)
class Run:
    """A run of text as it looks.

    Attributes:
        text: What a person sees.
        looks: How: "bold", "underline", "masked" and so on, and the block: "quote", "heading", "small", "list".
        target: Where a link leads.
    """

    text: str
    looks: frozenset[str]
    target: str = ""


def rendered(markdown: str) -> list[Run]:
    """Return a text as Discord's clients show it, line by line."""
    runs: list[Run] = []
    for line in markdown.split("\n"):
        looks: set[str] = set()
        while block := _BLOCKS.match(line):
            looks.add(str(block.lastgroup))
            line = line[block.end() :]
            if block.lastgroup != "quote":
                break
        runs += _inline(line, frozenset(looks))
        runs.append(Run("\n", frozenset()))
    return runs[:-1]


def _inline(text: str, looks: frozenset[str]) -> Iterator[Run]:
    position = 0
    for found in _TOKEN.finditer(text):
        if found.start() > position:
            yield Run(text[position : found.start()], looks)
        position = found.end()
        yield from _token(found, looks)
    if position < len(text):
        yield Run(text[position:], looks)


def _token(found: re.Match[str], looks: frozenset[str]) -> Iterator[Run]:
    kind = next(name for name in _INLINE if found[name] is not None)
    if kind == "escape":
        yield Run(found[0][1:], looks)
    elif kind in {"bold", "underline"}:
        yield from _inline(found[f"{kind}_text"], looks | {kind})
    elif kind == "masked":
        yield Run(seen(found["label"]), looks | {kind}, found["target"])
    else:
        yield Run(found[0], looks | {kind})


def looking(runs: list[Run], *wanted: str) -> str:
    """Return the text of the runs that look like all of ``wanted``."""
    return "".join(run.text for run in runs if run.looks.issuperset(wanted))


def bare(text: str) -> str:
    """Return a text without anything that is not seen: space, breaks, and what is taken out before it is shown."""
    kept = (character for character in text if character.isprintable() and not character.isspace())
    return "".join(kept)


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


def shown_texts(view: discord.ui.LayoutView) -> list[str]:
    """Return every text of a view, in order."""
    return [item.content for item in view.walk_children() if isinstance(item, discord.ui.TextDisplay)]
