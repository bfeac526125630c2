r"""Makes any text harmless on a copy: it shows as it was written and does nothing.

Owns what Discord would act on: markdown, links, mentions, emoji, invisible characters. Used in the last step only;
offsets and quotes are never taken from an escaped text.

Most of it is done with backslashes, which Discord's clients take away again. What is looked for in the raw
text too is broken with a zero-width space instead: ``@everyone``, ``<@1>``, ``<#1>``, ``</ask:1>``, invites.
"""

import re

_BREAK = "\u200b"
_LINE_ENDS = re.compile("\r\n?|[\u2028\u2029\x0b\x0c\x85]")
_INVISIBLE = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x9f\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b\u200e\u200f\u202a-\u202e"
    "\u2060-\u206f\u3164\ufeff\uffa0\ufff9-\ufffb\U000e0000-\U000e007f]"
    # Joiners spell words in some scripts and make up emoji; between plain letters they only hide something.
    "|(?<![^\x00-\x7f])[\u200c\u200d]"
)
_SURROGATE = re.compile("[\ud800-\udfff]")
_INVITE = r"(?:(?<=discord)|(?<=discordapp))\.(?=gg/|com/invite/)"
_MENTION = re.compile(rf"@(?=everyone|here|[!&]?\d)|<(?=[@#:/+A-Za-z])|{_INVITE}", re.IGNORECASE)
_MARKUP = re.compile(
    r"""
      [\\*_`\[\]]                           # emphasis, code, masked links
    | \|(?=\|) | (?<=\|)\|                  # spoilers
    | ~(?=~) | (?<=~)~                      # strikethrough
    | :(?=//)                               # links
    | :(?!(?<=\d:)\d\d:\d)(?=[\w+-]+:)      # emoji by name, but not 12:30:00
    | ^[-+\#>]                              # lists, headings, small print, quotes
    """,
    re.VERBOSE | re.MULTILINE,
)
_INDENTED_MARKER = re.compile(r"^([ \t]+)([-+#>])|^([ \t]*\d+)([.)])(?=\s|$)", re.MULTILINE)


def escape(text: str) -> str:
    """Return a copy that shows as ``text`` where markdown is read."""
    marked = _MARKUP.sub(r"\\\g<0>", _visible(text))
    marked = _INDENTED_MARKER.sub(_escape_marker, marked)
    return _MENTION.sub(rf"\g<0>{_BREAK}", marked)


def plain(text: str) -> str:
    """Return a one-line copy for the places where markdown is not read, such as the name above a card."""
    return _MENTION.sub(rf"\g<0>{_BREAK}", " ".join(_visible(text).split()))


def is_invite(url: str) -> bool:
    """Tell whether a link would invite to a Discord server."""
    return re.search(_INVITE, url, re.IGNORECASE) is not None


def _visible(text: str) -> str:
    """Take out what cannot be seen, and what cannot be sent."""
    return _SURROGATE.sub("\ufffd", _INVISIBLE.sub("", _LINE_ENDS.sub("\n", text)))


def _escape_marker(found: re.Match[str]) -> str:
    before, marker = (found[1], found[2]) if found[2] else (found[3], found[4])
    return f"{before}\\{marker}"
