"""Reading what a simulated Discord shows."""

import logging
import re

import discord
import pytest
import simcord

QUESTION = "Where did Larkspur land?"


def response_of(result: simcord.InteractionResult) -> simcord.ResponseMessage:
    assert result.response is not None
    return result.response


def embed_of(result: simcord.InteractionResult) -> discord.Embed:
    (embed,) = response_of(result).embeds
    return embed


def private_sentence(result: simcord.InteractionResult) -> str:
    """Return what only the asker reads; nobody else reads anything."""
    if result.response is not None:
        assert result.ephemeral
        return result.response.content
    (followup,) = result.followups
    assert followup.ephemeral
    return followup.content


def check_reference(sentence: str, caplog: pytest.LogCaptureFixture, cause: Exception) -> None:
    """The sentence says nothing but a reference, under which the log has the cause."""
    found = re.fullmatch(r"Something went wrong on our side \(reference ([0-9A-F]{6})\)\.", sentence)
    assert found
    (record,) = [r for r in caplog.records if r.levelno == logging.ERROR]
    assert record.getMessage() == f"reference {found[1]}"
    assert record.exc_info is not None
    assert record.exc_info[1] is cause
