"""Every payload that a card may become, and what is true of all of them."""

from bot.discord.cards.card import Card
from bot.discord.cards.shown import Shown
from tests.bot.discord.discord_rules import check_message
from tests.bot.discord.rendering import HIDDEN, LIVE, OWN_TIMESTAMP, Run, rendered, shown_texts, texts

ALWAYS = frozenset({"time", "quote", "bold", "underline", "heading", "small", "masked"})
"""All that our own marks ever look like."""


def check_shown(shown: Shown) -> None:
    """Both forms of a card are payloads that Discord takes, and in neither does anything of an article do anything."""
    view, embeds = shown.view(), shown.embeds()
    check_message(components=view.to_components(), embeds=[], is_v2=True)  # type: ignore[no-untyped-call]
    dicts = [dict(embed.to_dict()) for embed in embeds]
    check_message(components=shown.buttons().to_components(), embeds=dicts, is_v2=False)
    for text in [*shown_texts(view), *(text for embed in embeds for text in texts(embed))]:
        check_harmless(text)


def check_harmless(text: str) -> None:
    assert not LIVE.search(OWN_TIMESTAMP.sub("", text))
    assert not HIDDEN.search(text)
    text.encode("utf-8")


def runs_of(card: Card) -> list[Run]:
    """Return how all texts of a card look as components."""
    return [run for text in shown_texts(Shown(card).view()) for run in rendered(text)]
