"""HTML made of elements, so that text can never become markup.

Owns the making and the writing of elements; knows nothing of what they show.
"""

import re
from typing import Any, TypeAlias

from lxml.html import builder, tostring

Node: TypeAlias = Any
"""A text or an element of lxml, which ships no types."""

_LINE_ENDS = re.compile("\r\n?")
_UNFIT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""What no document may hold."""


def element(tag: str, *children: Node, **attributes: str | bool | None) -> Node:
    """Return an element, which takes its children from where they stood before.

    Args:
        tag: Its name.
        children: Texts and elements, in order.
        attributes: ``css`` stands for ``class``, and an underscore for a hyphen. True gives an empty attribute; False
            and None give none.
    """
    written = {_attribute(name): _value(value) for name, value in attributes.items() if value not in (None, False)}
    return builder.E(tag, written, *(fit(child) if isinstance(child, str) else child for child in children))


def write(*nodes: Node) -> str:
    """Return nodes as HTML; like the children of an element they are used up."""
    root = element("div", *nodes)
    return str(tostring(root, encoding="unicode")).removeprefix("<div>").removesuffix("</div>")


def fit(text: str) -> str:
    """Return a copy in which what no document may hold is replaced with U+FFFD."""
    return _UNFIT.sub("\ufffd", _LINE_ENDS.sub("\n", text))


def _attribute(name: str) -> str:
    return "class" if name == "css" else name.rstrip("_").replace("_", "-")


def _value(value: str | bool | None) -> str:
    return fit(value) if isinstance(value, str) else ""
