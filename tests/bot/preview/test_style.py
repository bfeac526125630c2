"""The page's colours: everybody can read them, in light and in dark."""

import re

import pytest

from bot.preview.page import FILES

STYLE = FILES["/style.css"][1].decode()
ENOUGH = 4.5
"""What WCAG 2.2 asks of text (level AA)."""

PAIRS = [
    *((text, ground) for text in ("text", "quiet", "link", "alarm") for ground in ("page", "card", "raised")),
    ("text", "code"),
    ("button-text", "button"),
    ("mention-text", "mention"),
]


def themes() -> dict[str, dict[str, str]]:
    """Return the colours of each theme, by name."""
    light, by_system, by_choice = re.findall(r":root[^{]*\{\s*color-scheme: \w+;([^}]+)\}", STYLE)
    assert by_system.split() == by_choice.split()
    return {"light": colours(light), "dark": colours(by_choice)}


def colours(text: str) -> dict[str, str]:
    return dict(re.findall(r"--([\w-]+): #([0-9a-f]+);", text))


def luminance(colour: str) -> float:
    """Return the relative luminance of a colour, as WCAG defines it."""
    digits = colour if len(colour) == 6 else "".join(digit * 2 for digit in colour)
    shares = [int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    red, green, blue = (share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4 for share in shares)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def test_the_measure_is_right() -> None:
    assert contrast("000", "fff") == pytest.approx(21)
    assert contrast("777777", "ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize(("text", "ground"), PAIRS)
def test_text_stands_out_from_its_ground(theme: str, text: str, ground: str) -> None:
    named = themes()[theme]

    assert contrast(named[text], named[ground]) >= ENOUGH


def test_white_stands_out_from_every_coloured_button() -> None:
    grounds = re.findall(r"background: #([0-9a-f]{6}); color: #fff", STYLE)

    assert len(grounds) == 4
    assert [ground for ground in grounds if contrast(ground, "fff") < ENOUGH] == []


def test_nothing_is_loaded_from_elsewhere() -> None:
    for _, content in FILES.values():
        assert re.findall(rb"url\(|@import|https?://(?!www\.w3\.org/2000/svg)", content) == []
