"""Components as Discord lays them out: containers, sections, texts, lines, rows.

Owns the looks of a payload's ``components``. Pictures are named and not fetched: the page asks nobody but its own
server for anything.
"""

from collections.abc import Callable, Mapping, Sequence

from bot.preview.markdown import anchor, markdown
from bot.preview.markup import Node, element
from bot.preview.payloads import NAMES, Json
from bot.preview.pieces import button, menu

MAX_DEPTH = 8
_WIDE_SPACING = 2


def components(payload: Sequence[Json], depth: int = 0) -> list[Node]:
    """Return what components show, each in its place.

    Args:
        payload: As the library writes them.
        depth: How many components they stand in.
    """
    return [_component(piece, depth) for piece in payload] if depth < MAX_DEPTH else []


def text(written: str) -> Node:
    """Return markdown in a box of its own."""
    return element("div", *markdown(written, NAMES), css="text")


def picture(url: str, description: str, label: str = "Picture") -> Node:
    """Return a link to a picture instead of the picture."""
    shown = f"{label}: {description}" if description else label
    return element("p", anchor(url, shown), css="picture")


def _component(piece: Json, depth: int) -> Node:
    make = _KINDS.get(int(piece.get("type", 0)))
    if make is None:
        return element("p", f"The preview does not show components of type {piece.get('type')}.", css="unknown")
    return make(piece, depth)


def _row(piece: Json, depth: int) -> Node:
    return element("div", *components(piece.get("components", ()), depth + 1), css="row")


def _section(piece: Json, depth: int) -> Node:
    texts = element("div", *components(piece.get("components", ()), depth + 1), css="texts")
    beside = element(
        "div", *components([piece["accessory"]] if piece.get("accessory") else (), depth + 1), css="beside"
    )
    return element("div", texts, beside, css="section")


def _text(piece: Json, _: int) -> Node:
    return text(str(piece.get("content", "")))


def _thumbnail(piece: Json, _: int) -> Node:
    return picture(_url(piece.get("media")), str(piece.get("description") or ""))


def _gallery(piece: Json, _: int) -> Node:
    items = piece.get("items", ())
    return element(
        "div", *(picture(_url(i.get("media")), str(i.get("description") or "")) for i in items), css="gallery"
    )


def _file(piece: Json, _: int) -> Node:
    return picture(_url(piece.get("file")), str(piece.get("name") or ""), "File")


def _separator(piece: Json, _: int) -> Node:
    spacing = "wide" if piece.get("spacing") == _WIDE_SPACING else "narrow"
    return element("hr", css=f"{spacing}" if piece.get("divider", True) else f"{spacing} unseen")


def _container(piece: Json, depth: int) -> Node:
    colour = piece.get("accent_color")
    inner = components(piece.get("components", ()), depth + 1)
    return element("div", *inner, css="container", data_accent=None if colour is None else f"#{int(colour):06x}")


def _button(piece: Json, _: int) -> Node:
    return button(piece)


def _menu(piece: Json, _: int) -> Node:
    return menu(piece)


def _url(media: Mapping[str, object] | None) -> str:
    return str((media or {}).get("url", ""))


_KINDS: dict[int, Callable[[Json, int], Node]] = {
    1: _row,
    2: _button,
    **dict.fromkeys((3, 5, 6, 7, 8), _menu),
    9: _section,
    10: _text,
    11: _thumbnail,
    12: _gallery,
    13: _file,
    14: _separator,
    17: _container,
}
"""By Discord's number of the component."""
