"""What Discord takes, written down from its documentation; an independent check of every payload.

Owns the rules for the body of a message: its embeds, its components, and the two together. Lengths are counted in code
points, as Discord's API does, and in UTF-16 units, as its clients do; a payload has to pass both.
"""

import json
import re
from collections.abc import Iterator
from typing import Any

Json = dict[str, Any]

ROW, BUTTON, SECTION, TEXT, THUMBNAIL, GALLERY, FILE, SEPARATOR, CONTAINER = 1, 2, 9, 10, 11, 12, 13, 14, 17
AT_THE_TOP = {ROW, SECTION, TEXT, GALLERY, FILE, SEPARATOR, CONTAINER}
IN_A_CONTAINER = AT_THE_TOP - {CONTAINER}
LINK_STYLE = 5
_URL = re.compile(r"https?://[A-Za-z0-9.-]+\.[A-Za-z]{2,}(:\d+)?([/?#][\x21-\x7e]*)?")


def lengths(text: str) -> tuple[int, int]:
    """Return how long a text is in code points and in UTF-16 units."""
    return len(text), len(text.encode("utf-16-le")) // 2


def check_length(text: str, least: int, most: int) -> None:
    assert text.strip() or not least, "a text that is required is blank"
    assert least <= len(text)
    assert max(lengths(text)) <= most, f"{lengths(text)} exceeds {most}: {text[:80]!r}"


def check_message(*, components: list[Json], embeds: list[Json], is_v2: bool, content: str = "") -> None:
    """Check the body of a message that is sent."""
    json.dumps([components, embeds, content], ensure_ascii=False).encode("utf-8")
    check_length(content, 0, 2000)
    if is_v2:
        assert not embeds
        assert not content
        check_components(components)
    else:
        check_embeds(embeds)
        check_rows(components)


def check_embeds(embeds: list[Json]) -> None:
    assert 1 <= len(embeds) <= 10
    total = 0
    for embed in embeds:
        texts = [
            (embed.get("title"), 256),
            (embed.get("description"), 4096),
            (embed.get("footer", {}).get("text"), 2048),
            (embed.get("author", {}).get("name"), 256),
        ]
        fields = embed.get("fields", [])
        assert len(fields) <= 25
        for field in fields:
            texts += [(field["name"], 256), (field["value"], 1024)]
        present = [(text, most) for text, most in texts if text is not None]
        assert present, "an empty embed"
        for text, most in present:
            check_length(text, 1, most)
            total += max(lengths(text))
        assert "url" not in embed
    assert total <= 6000


def walk(components: list[Json]) -> Iterator[Json]:
    """Yield every component, those inside of others too."""
    for component in components:
        yield component
        yield from walk(component.get("components", []))
        if "accessory" in component:
            yield component["accessory"]


def check_components(components: list[Json]) -> None:
    everything = list(walk(components))
    assert 1 <= len(everything) <= 40, f"{len(everything)} components"
    for component in components:
        assert component["type"] in AT_THE_TOP
        _check(component)
    texts = [one["content"] for one in everything if one["type"] == TEXT]
    assert max(sum(len(text) for text in texts), sum(lengths(text)[1] for text in texts)) <= 4000
    _check_ids(everything)


def check_rows(components: list[Json]) -> None:
    """Check what stands below embeds: up to five rows."""
    assert len(components) <= 5
    for component in components:
        assert component["type"] == ROW
        _check(component)
    _check_ids(list(walk(components)))


def _check(component: Json) -> None:
    kind = component["type"]
    inside = component.get("components", [])
    if kind == ROW:
        assert 1 <= len(inside) <= 5
        assert {one["type"] for one in inside} == {BUTTON}
    elif kind == BUTTON:
        _check_button(component)
    elif kind == SECTION:
        assert 1 <= len(inside) <= 3
        assert {one["type"] for one in inside} == {TEXT}
        assert component["accessory"]["type"] in {BUTTON, THUMBNAIL}
        _check(component["accessory"])
    elif kind == TEXT:
        check_length(component["content"], 1, 4000)
    elif kind == SEPARATOR:
        assert component.get("spacing", 1) in {1, 2}
    elif kind == CONTAINER:
        assert inside
        assert {one["type"] for one in inside} <= IN_A_CONTAINER
        assert 0 <= component["accent_color"] <= 0xFFFFFF
    else:
        raise AssertionError(f"component of type {kind}")
    for one in inside:
        _check(one)


def _check_button(button: Json) -> None:
    check_length(button["label"], 1, 80)
    if button["style"] == LINK_STYLE:
        assert "custom_id" not in button
        check_length(button["url"], 1, 512)
        assert _URL.fullmatch(button["url"]), button["url"]
    else:
        assert button["style"] in {1, 2, 3, 4}
        assert "url" not in button
        check_length(button["custom_id"], 1, 100)


def _check_ids(everything: list[Json]) -> None:
    custom_ids = [one["custom_id"] for one in everything if "custom_id" in one]
    assert len(set(custom_ids)) == len(custom_ids)
