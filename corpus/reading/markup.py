"""HTML in small pieces, as feeds carry it, turned into plain text; and what a reader of a page never sees.

Owns which elements start a line of their own and which are not shown. Whole pages are ``reading.html``'s work.
"""

import re

from lxml import etree, html

_NOT_SHOWN = frozenset("script style noscript template iframe object svg math form button select textarea head".split())
_BLOCKS = frozenset(
    "p div section article header footer h1 h2 h3 h4 h5 h6 ul ol blockquote pre table figure figcaption dl hr".split()
)
_LINES = frozenset("br li tr dt dd".split())
_NEVER_REMOVED = frozenset({"html", "body", "main", "article"})
_NO_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_MARKUP = re.compile(r"<[a-zA-Z!/]|&[#\w]+;")
_GAPS = re.compile(r"\s*\n\s*\n\s*")
_STYLED_AWAY = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)


def markup_to_text(fragment: str) -> str:
    """Return what a reader would see of a piece of HTML; plain text comes back as it is."""
    if not _MARKUP.search(fragment):
        return fragment
    try:
        tree = html.fragment_fromstring(_NO_XML.sub("", fragment), create_parent="div")
    except (etree.LxmlError, ValueError):
        return re.sub(r"<[^>]*>", " ", fragment)
    parts: list[str] = []
    walk = etree.iterwalk(tree, events=("start", "end", "comment", "pi"))
    for event, element in walk:
        tag = element.tag if isinstance(element.tag, str) else ""
        if event == "start":
            if tag in _NOT_SHOWN or is_hidden(element):
                walk.skip_subtree()
                continue
            parts.append(("\n\n" if tag in _BLOCKS else "") + _line(element.text))
        elif event == "end" and not (tag in _NOT_SHOWN or is_hidden(element)):
            parts.append("\n\n" if tag in _BLOCKS else "\n" if tag in _LINES else "")
        if event != "start" and element is not tree:
            parts.append(_line(element.tail))
    return _GAPS.sub("\n\n", "".join(parts)).strip()


def remove_hidden(tree: html.HtmlElement) -> None:
    """Take out of a page what its reader never sees; the text after it stays."""
    for element in list(tree.iter(etree.Element)):
        if element.tag not in _NEVER_REMOVED and element.getparent() is not None and is_hidden(element):
            element.drop_tree()


def is_hidden(element: etree._Element) -> bool:
    """Say whether an element is marked as not to be shown."""
    return element.get("hidden") is not None or _STYLED_AWAY.search(element.get("style", "")) is not None


def _line(text: str | None) -> str:
    return re.sub(r"\s+", " ", text) if text else ""
