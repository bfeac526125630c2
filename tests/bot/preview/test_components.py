"""Components: each kind is shown, and no text in them becomes markup."""

from typing import Any

import discord
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.preview.components import components
from bot.preview.markup import Node, write
from tests.bot.discord.strategies import any_text, urls
from tests.bot.preview.reading import parsed, problems
from tests.bot.preview.views import Everything


@pytest.fixture
def everything() -> Node:
    payload = Everything().to_components()  # type: ignore[no-untyped-call]
    return parsed(write(*components(payload)))


def test_a_container_has_its_colour(everything: Node) -> None:
    assert [box.get("data-accent") for box in everything.cssselect("div.container")] == ["#2b6cb0"]


def test_a_section_shows_its_text_beside_its_button(everything: Node) -> None:
    first, _ = everything.cssselect(".section")
    (button,) = first.cssselect(".beside button")

    assert first.cssselect(".texts strong")[0].text == "Bold"
    assert first.cssselect(".texts")[0].text_content() == "Bold <b>text</b>"
    assert button.text == "🔎 Why"
    assert dict(button.attrib) == {
        "type": "button",
        "class": "button primary",
        "data-component": "2",
        "data-custom-id": "why:1",
    }


def test_pictures_are_named_and_not_loaded(everything: Node) -> None:
    assert everything.cssselect("img") == []
    assert [shown.text_content() for shown in everything.cssselect(".picture")] == ["Picture: A", "Picture: B", "File"]
    assert [a.get("href") for a in everything.cssselect(".picture a")] == [
        "https://orbit.example/a.png",
        "https://orbit.example/b.png",
    ]


def test_a_link_button_is_a_link(everything: Node) -> None:
    (link,) = everything.cssselect("a.button")
    assert (link.text, link.get("href"), link.get("target")) == ("Open", "https://orbit.example/a", "_blank")


def test_a_menu_offers_its_lines(everything: Node) -> None:
    pick, role = everything.cssselect("form.menu")

    assert (pick.get("data-custom-id"), pick.get("data-component")) == ("pick", "3")
    assert [o.text for o in pick.cssselect("option")] == ["Orbit Gazette – 12 articles", "Pad Notes"]
    assert [o.get("selected") is not None for o in pick.cssselect("option")] == [False, True]
    assert pick.cssselect("select")[0].get("aria-label") == "Sources"
    assert [o.text for o in role.cssselect("option")] == ["A role", "Maintainers"]


def test_a_separator_knows_its_width(everything: Node) -> None:
    assert [line.get("class") for line in everything.cssselect("hr")] == ["wide"]


def test_a_button_that_does_nothing_here_says_why() -> None:
    for_sale = {"type": 2, "style": 6, "sku_id": "1"}
    (button,) = parsed(write(*components([for_sale]))).cssselect("button")

    assert button.get("disabled") is not None
    assert button.get("title") == "Discord alone can sell something"


def test_what_is_not_known_is_told() -> None:
    assert write(*components([{"type": 99}])) == (
        '<p class="unknown">The preview does not show components of type 99.</p>'
    )


@settings(max_examples=50, deadline=None)
@given(any_text, any_text.filter(bool), urls)
def test_no_text_becomes_markup(text: str, label: str, url: str) -> None:
    pieces = [
        {"type": 17, "components": [{"type": 9, "components": [{"type": 10, "content": text}]}]},
        {"type": 1, "components": [{"type": 2, "style": 1, "label": label, "custom_id": text}]},
        {"type": 1, "components": [{"type": 2, "style": 5, "label": label, "url": url}]},
        {"type": 1, "components": [{"type": 3, "custom_id": label, "options": [{"label": label, "value": text}]}]},
        {"type": 13, "name": label, "file": {"url": url}},
    ]

    assert problems(*components(pieces)) == []


@settings(deadline=None)
@given(st.integers(1, 40))
def test_what_stands_too_deep_is_left_out(depth: int) -> None:
    piece: dict[str, Any] = {"type": 10, "content": "deep"}
    for _ in range(depth):
        piece = {"type": 17, "components": [piece]}

    assert ("deep" in write(*components([piece]))) is (depth < 8)


def test_the_kinds_are_discords_own() -> None:
    known = {kind.value for kind in discord.ComponentType}
    assert {1, 2, 3, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 17} <= known
