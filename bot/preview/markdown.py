r"""Discord's markdown, as its clients show it.

Owns the reading: emphasis, spoilers, code, quotes, headings, small print, lists, links, mentions, times, escapes.
Everything else is text. Discord reads like this: at each place the first rule that matches wins; quotes, headings,
small print and lists begin at the start of a line, and a quote lasts only as long as each line begins with ``>``.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from types import MappingProxyType

from bot.preview.markup import Node, element

MAX_DEPTH = 12
"""Discord nests no deeper either; what is written deeper stays text."""

NO_NAMES: Mapping[str, str] = MappingProxyType({})
_ITEM = re.compile(r"( *)([-*]|\d{1,9}\.) +([^\n]*)(?:\n|$)")
_QUOTE_MARK = re.compile(r"^ *> ", re.MULTILINE)
_TEXT = re.compile(r"[^\\*_`~|<\[h\n#>\-0-9 ]+|[\s\S]")
_WEB = re.compile(r"https?://", re.IGNORECASE)
_STEP_CHARS = 2
"""By how much a list inside a list is indented."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where in a text something is read.

    Attributes:
        names: What ``@id`` (people), ``&id`` (roles) and ``#id`` (channels) are called.
        depth: How many things it stands in.
        blocks: Whether quotes, headings, small print and lists may begin here.
        quoted: Whether it stands in a quote.
        linked: Whether it stands in a link.
    """

    names: Mapping[str, str]
    depth: int = 0
    blocks: bool = True
    quoted: bool = False
    linked: bool = False

    def inline(self) -> "Place":
        """Return a place inside, where no line begins."""
        return replace(self, depth=self.depth + 1, blocks=False)


Build = Callable[[re.Match[str], Place], Node]


@dataclass(frozen=True, slots=True)
class Rule:
    """What is looked for, and what becomes of it.

    Attributes:
        pattern: What matches.
        build: Returns the node.
        block: Whether it begins at the start of a line only.
    """

    pattern: re.Pattern[str]
    build: Build
    block: bool = False

    def allowed(self, place: Place, *, line_start: bool) -> bool:
        """Tell whether it may begin at a place."""
        return not self.block or (place.blocks and line_start)


def markdown(text: str, names: Mapping[str, str] = NO_NAMES) -> list[Node]:
    """Return what a text shows.

    Args:
        text: As Discord is sent it.
        names: What ``@id`` (people), ``&id`` (roles) and ``#id`` (channels) are called.
    """
    return _read(text, Place(names))


def inline_markdown(text: str, names: Mapping[str, str] = NO_NAMES, *, linked: bool = False) -> list[Node]:
    """Return what a text shows where no line begins, such as in a title; where it is ``linked``, no link either."""
    return _read(text, Place(names, blocks=False, linked=linked))


def _read(text: str, place: Place) -> list[Node]:
    nodes: list[Node] = []
    at = 0
    while at < len(text):
        found, node = _first(text, at, place)
        at = found.end()
        if isinstance(node, str) and nodes and isinstance(nodes[-1], str):
            nodes[-1] += node
        else:
            nodes.append(node)
    return nodes


def _first(text: str, at: int, place: Place) -> tuple[re.Match[str], Node]:
    """Return the first thing that is read at ``at``."""
    line_start = at == 0 or text[at - 1] == "\n"
    for rule in _RULES.get(text[at], ()) if place.depth < MAX_DEPTH else ():
        found = rule.pattern.match(text, at) if rule.allowed(place, line_start=line_start) else None
        if found and (node := rule.build(found, place)) is not None:
            return found, node
    plain = _TEXT.match(text, at)
    assert plain is not None
    return plain, plain[0]


def _wrapped(tag: str, css: str | None = None) -> Build:
    def build(found: re.Match[str], place: Place) -> Node:
        return element(tag, *_read(found[found.lastindex or 0], place.inline()), css=css)

    return build


def _spoiler(found: re.Match[str], place: Place) -> Node:
    inside = element("span", *_read(found[1], place.inline()))
    return element("span", inside, css="spoiler", role="button", tabindex="0", aria_expanded="false")


def _code_block(found: re.Match[str], _: Place) -> Node:
    return element("pre", element("code", found[1]), tabindex="0")


def _quote(found: re.Match[str], place: Place) -> Node:
    if place.quoted:
        return None
    text = found[1] if found[1] is not None else _QUOTE_MARK.sub("", found[2]).removesuffix("\n")
    return element("blockquote", *_read(text, replace(place, depth=place.depth + 1, quoted=True)))


def _heading(found: re.Match[str], place: Place) -> Node:
    # A card stands below the page's own two levels.
    level = str(len(found[1]) + 2)
    return element(f"h{level}", *_read(found[2], place.inline()))


def _list(found: re.Match[str], place: Place) -> Node:
    items = [(len(item[1]) // _STEP_CHARS, item[2], item[3]) for item in _ITEM.finditer(found[0])]
    return _items(items, replace(place, depth=place.depth + 1, blocks=False))


def _items(items: list[tuple[int, str, str]], place: Place) -> Node:
    """Return a list of the items that are indented least; those below each stand inside it."""
    level, mark, _ = items[0]
    made = element("ul") if mark in "-*" else element("ol", start=mark.rstrip("."))
    at = 0
    while at < len(items):
        end = at + 1
        while end < len(items) and items[end][0] > level and place.depth < MAX_DEPTH:
            end += 1
        inner = [_items(items[at + 1 : end], place.inline())] if end > at + 1 else []
        made.append(element("li", *_read(items[at][2], place), *inner))
        at = end
    return made


def _link(found: re.Match[str], place: Place) -> Node:
    if place.linked:
        return None
    return anchor(found[2], *_read(found[1], replace(place.inline(), linked=True)))


def _bare_link(found: re.Match[str], place: Place) -> Node:
    return found[1] if place.linked else anchor(found[1], found[1])


def anchor(url: str, *children: Node, css: str | None = None) -> Node:
    """Return a link that opens beside the page and tells the other side nothing of it; text, where it is none."""
    if not _WEB.match(url):
        return element("span", *children, css=css)
    return element("a", *children, href=url, target="_blank", rel="noopener noreferrer nofollow", css=css)


def _mention(found: re.Match[str], place: Place) -> Node:
    kind = {"@": "@", "@!": "@", "@&": "&", "#": "#"}[found[1]]
    shown = "#" if kind == "#" else "@"
    return element("span", shown + place.names.get(kind + found[2], "unknown"), css="mention")


def _command(found: re.Match[str], _: Place) -> Node:
    return element("span", f"/{found[1]}", css="mention")


def _emoji(found: re.Match[str], _: Place) -> Node:
    return f":{found[1]}:"


def _time(found: re.Match[str], _: Place) -> Node:
    try:
        moment = datetime.fromtimestamp(int(found[1]), UTC)
    except (OverflowError, OSError, ValueError):
        return None
    return moment_node(moment, found[2] or "f")


def moment_node(moment: datetime, form: str) -> Node:
    """Return a time that the page writes anew in the reader's language and time zone.

    Args:
        moment: Aware.
        form: One of Discord's letters ``tTdDfFR``.
    """
    utc = moment.astimezone(UTC)
    return element("time", f"{utc:%Y-%m-%d %H:%M} UTC", datetime=f"{utc:%Y-%m-%dT%H:%M:%SZ}", data_form=form)


def _rule(pattern: str, build: Build, *, block: bool = False) -> Rule:
    return Rule(re.compile(pattern), build, block)


_URL = r"https?://"
_ESCAPED = _rule(r"\\([^0-9A-Za-z\s])", lambda found, _: found[1])
_BLOCKS = {
    "quote": _rule(r" *>>> ([\s\S]+)|((?: *> [^\n]*(?:\n|$))+)", _quote, block=True),
    "heading": _rule(r" *(#{1,3}) +([^\n]+?) *(?:\n|$)", _heading, block=True),
    "small": _rule(r" *-# +([^\n]+)(?:\n|$)", _wrapped("small"), block=True),
    "list": _rule(r"(?: *(?:[-*]|\d{1,9}\.) +[^\n]*(?:\n|$))+", _list, block=True),
}
_EVERY_BLOCK = tuple(_BLOCKS.values())
_RULES: dict[str, tuple[Rule, ...]] = {
    "\\": (_ESCAPED,),
    "`": (
        _rule(r"```(?:[\w+.#-]*\n)?\n*([^\n][\s\S]*?)\n*```", _code_block),
        _rule(r"(?P<ticks>`+)(?P<code>[\s\S]*?[^`])(?P=ticks)(?!`)", lambda found, _: element("code", found["code"])),
    ),
    "*": (
        _BLOCKS["list"],
        _rule(r"\*\*((?:\\[\s\S]|[^\\])+?)\*\*(?!\*)", _wrapped("strong")),
        _rule(r"\*(?=\S)((?:\*\*|\\[\s\S]|\s+(?:\\[\s\S]|[^*\s\\]|\*\*)|[^\s*\\])+?)\*(?!\*)", _wrapped("em")),
    ),
    "_": (
        _rule(r"__((?:\\[\s\S]|[^\\])+?)__(?!_)", _wrapped("u")),
        _rule(r"\b_((?:__|\\[\s\S]|[^\\_])+?)_\b", _wrapped("em")),
    ),
    "~": (_rule(r"~~((?:\\[\s\S]|[^\\])+?)~~", _wrapped("s")),),
    "|": (_rule(r"\|\|((?:\\[\s\S]|[^\\])+?)\|\|", _spoiler),),
    "[": (_rule(r"\[((?:\\[\s\S]|[^\[\]\\])+)\]\(<?(" + _URL + r"(?:\([^\s()<>]*\)|[^\s()<>])+)>?\)", _link),),
    "h": (_rule(rf"({_URL}[^\s<]*[^\s<.,:;\"')\]])", _bare_link),),
    "<": (
        _rule(r"<(@[!&]?|#)(\d{1,20})>", _mention),
        _rule(r"</([^>\n:]{1,100}):\d{1,20}>", _command),
        _rule(r"<a?:(\w{1,32}):\d{1,20}>", _emoji),
        _rule(r"<t:(-?\d{1,17})(?::([tTdDfFR]))?>", _time),
        _rule(rf"<({_URL}[^\s<>]+)>", _bare_link),
    ),
    ">": (_BLOCKS["quote"],),
    "#": (_BLOCKS["heading"],),
    "-": (_BLOCKS["small"], _BLOCKS["list"]),
    " ": _EVERY_BLOCK,
    **dict.fromkeys("0123456789", (_BLOCKS["list"],)),
}
"""What may begin with a character, the first match winning."""
