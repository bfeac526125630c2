"""The page around the messages.

Owns its frame and what the server adds to it; its style and its script are files beside this one. A file of the page
names no other machine.
"""

from collections.abc import Sequence
from importlib.resources import files

from bot.preview.forms import other_commands, question_box
from bot.preview.markup import Node, element, write
from bot.preview.payloads import CHANNEL_NAME, ENGLISH, Json

LANGUAGES = {
    ENGLISH: "English",
    "es-ES": "Español",
    "fr": "Français",
    "de": "Deutsch",
    "ja": "日本語",
    "ru": "Русский",
}
"""The languages that the bot speaks, as Discord calls them."""

_PARTS = files("bot.preview") / "assets"
FILES = {
    "/style.css": ("text/css", (_PARTS / "style.css").read_bytes()),
    "/script.js": ("text/javascript", (_PARTS / "script.js").read_bytes()),
    "/icon.svg": ("image/svg+xml", (_PARTS / "icon.svg").read_bytes()),
}
"""What the page is made of beside its own text, by path."""


def page(commands: Sequence[Json], locale: str) -> str:
    """Return the whole page without messages, which come by themselves.

    Args:
        commands: What the bot registered.
        locale: One of ``LANGUAGES``.
    """
    head = element(
        "head",
        element("meta", charset="utf-8"),
        element("meta", name="viewport", content="width=device-width, initial-scale=1"),
        element("meta", name="color-scheme", content="light dark"),
        element("title", "space-news preview"),
        element("link", rel="icon", href="/icon.svg", type="image/svg+xml"),
        element("link", rel="stylesheet", href="/style.css"),
        element("script", src="/script.js", type="module"),
    )
    root = element("html", head, _body(commands, locale), lang=locale)
    return f"<!doctype html>\n{write(root)}"


def _body(commands: Sequence[Json], locale: str) -> Node:
    log = element("div", id="log", role="log", aria_live="polite", aria_label="Messages", tabindex="-1")
    answers = element("section", element("h2", f"# {CHANNEL_NAME}"), log, aria_label="Channel", id="channel")
    ask = element("section", element("h2", "Ask"), _replying(), question_box(commands, locale), aria_label="Ask")
    more = element(
        "section",
        element("details", element("summary", element("h2", "Other commands")), other_commands(commands, locale)),
        aria_label="Other commands",
    )
    complaint = element("p", id="complaint", role="alert", hidden=True)
    skip = element("a", "Skip to the messages", href="#log", css="skip")
    main = element("main", element("div", ask, complaint, more, id="asking"), answers)
    return element("body", skip, _banner(locale), main, element("div", id="dialogues"))


def _banner(locale: str) -> Node:
    languages = element(
        "select",
        *(element("option", name, value=code, selected=code == locale) for code, name in LANGUAGES.items()),
        id="language",
    )
    cards = _choice("cards", rich="Components", plain="Embeds only")
    theme = _choice("theme", system="System", light="Light", dark="Dark")
    return element(
        "header",
        element("h1", "space-news ", element("small", "preview without Discord")),
        element("label", "Language ", languages),
        element("label", "Cards ", cards),
        element("label", "Theme ", theme),
        css="banner",
    )


def _choice(id_: str, **names: str) -> Node:
    return element("select", *(element("option", name, value=value) for value, name in names.items()), id=id_)


def _replying() -> Node:
    """Return the line that stands above the question while it is a reply."""
    cancel = element("button", "Cancel", type="button", css="button secondary", id="no-reply")
    return element("p", "The question is a reply to a message below. ", cancel, id="replying", hidden=True)
