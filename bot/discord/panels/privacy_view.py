"""What `/privacy` shows: what is kept, and the buttons to hand it over or delete it.

Owns the texts. They must say what the state does: change them together with bot/state.
"""

import discord
from discord import ui

from bot.discord.panels.control import button, layout
from bot.policy import retention_days
from bot.state import GuildSettings
from bot.state.belongings import Belongings
from bot.translations import Say

PANEL = "privacy"
SHOW = "show"
EXPORT_ME, DELETE_ME, FORGET_ME = "export_me", "delete_me", "forget_me"
EXPORT_SERVER, DELETE_SERVER, FORGET_SERVER = "export_server", "delete_server", "forget_server"


def privacy_view(settings: GuildSettings | None, at_most_days: int, *, manages: bool, say: Say) -> ui.LayoutView:
    """Return what is kept, with what the reader can do about it.

    Args:
        settings: Of the server, or None in a direct message.
        at_most_days: How long the installation keeps anything.
        manages: Whether the reader may manage the server.
        say: Speaks to the reader.
    """
    days = retention_days(settings, at_most_days)
    who = (
        say("This server chose to keep who asked.")
        if settings is not None and settings.keeps_user_ids
        else say("Who asked is not kept.")
    )
    kept = [
        say("I keep questions with the ids of the quotes that answered them, so that buttons and follow-ups work."),
        who,
        say("A verdict on an answer is kept under a code that is made of your id, another one for each answer."),
        say(
            "The maintainers of this server and of this bot can read refused questions and verdicts; those who manage "
            "the server can export every question that was asked here."
        ),
        say.plural(
            "All of it is deleted after {count} day. I keep no other messages and no names.",
            "All of it is deleted after {count} days. I keep no other messages and no names.",
            days,
        ),
        say("A watch stays, with the id of who made it, until it is removed."),
        say("The settings of a server stay until I am removed from it."),
        say("Your last questions are offered to you alone while you type, until I restart; they are not written down."),
    ]
    return layout(
        f"## {say('What I keep')}\n" + "\n".join(f"- {sentence}" for sentence in kept),
        [
            button(PANEL, EXPORT_ME, say("Export what is mine")),
            button(PANEL, DELETE_ME, say("Delete what is mine"), style=discord.ButtonStyle.danger),
        ],
        [
            button(PANEL, EXPORT_SERVER, say("Export this server")),
            button(PANEL, DELETE_SERVER, say("Delete this server"), style=discord.ButtonStyle.danger),
        ]
        if manages
        else [],
    )


def confirm_view(question: str, verb: str, say: Say) -> ui.LayoutView:
    """Return a question with the button that does it and the one that does not."""
    return layout(
        question,
        [
            button(PANEL, verb, say("Yes, delete it"), style=discord.ButtonStyle.danger),
            button(PANEL, SHOW, say("No, keep it")),
        ],
    )


def deleted_view(sentence: str, say: Say) -> ui.LayoutView:
    """Return what was deleted, with the way back."""
    return layout(sentence, [button(PANEL, SHOW, say("Back"))])


def ask_for_me(found: Belongings, say: Say) -> str:
    """Return the question before a person's own are deleted."""
    return say(
        "Delete what names you, in all servers ({records}), and what you said of answers ({verdicts})? "
        "The buttons under those answers stop working. Questions that are kept without your id cannot be found.",
        records=records_text(found.named, say),
        verdicts=verdicts_text(found.verdicts, say),
    )


def ask_for_server(n_rows: int, say: Say) -> str:
    """Return the question before a server is forgotten."""
    return say(
        "Delete all that is kept of this server, its settings included ({records})? "
        "The buttons under earlier answers stop working, and the defaults hold again.",
        records=records_text(n_rows, say),
    )


def records_text(count: int, say: Say) -> str:
    """Return how many records there are."""
    return say.plural("{count} record", "{count} records", count)


def verdicts_text(count: int, say: Say) -> str:
    """Return how many verdicts on answers there are."""
    return say.plural("{count} verdict", "{count} verdicts", count)
