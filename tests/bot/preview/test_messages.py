"""Messages: what stands around components and embeds."""

from datetime import UTC, datetime

import discord
import pytest
from hypothesis import given, settings

from bot.preview import payloads
from bot.preview.markup import Node, write
from bot.preview.messages import message, modal
from tests.bot.discord.strategies import any_text, urls
from tests.bot.preview.reading import parsed, problems

MOMENT = datetime(2031, 5, 8, 12, 0, tzinfo=UTC)


def sent(**fields: object) -> payloads.Json:
    return payloads.message("77", payloads.APPLICATION_ID, MOMENT, fields)


def read(payload: payloads.Json) -> Node:
    (article,) = parsed(write(message(payload, {"8": "Larkspur"})))
    return article


def test_a_message_has_an_author_and_a_time() -> None:
    article = read(sent(content="Hello **you**"))

    assert (article.tag, article.get("id"), article.get("aria-busy")) == ("article", "m77", "false")
    assert article.cssselect("header strong")[0].text == "space-news"
    assert article.cssselect("header time")[0].get("datetime") == "2031-05-08T12:00:00Z"
    assert article.cssselect(".text")[0].text_content() == "Hello you"


def test_thinking_is_busy() -> None:
    article = read(sent(flags=discord.MessageFlags(loading=True).value))

    assert article.get("aria-busy") == "true"
    assert article.cssselect(".thinking")[0].text == "space-news is thinking…"
    assert article.cssselect(".reply") == []


def test_a_private_message_says_so() -> None:
    article = read(sent(content="psst", flags=discord.MessageFlags(ephemeral=True).value))

    assert article.cssselect("p.private")[0].text == "Only you can see this"
    assert article.cssselect(".reply") == []


@pytest.mark.parametrize(
    ("channel_id", "expected"),
    [
        ("4", "You used /ask"),
        ("8", "You used /ask · in the thread “Larkspur”"),
        ("6", "You used /ask · in a direct message"),
    ],
)
def test_it_says_what_it_answers_and_where(channel_id: str, expected: str) -> None:
    article = read(sent(channel_id=channel_id) | {"preview": {"why": "You used /ask"}})

    assert article.cssselect(".why")[0].text == expected


def test_a_file_is_shown_with_its_text() -> None:
    attachment = {"filename": "kept.json", "size": 1200, "preview_text": '{"a": "<b>"}'}
    article = read(sent(attachments=[attachment, {"filename": "b.bin", "size": 9}]))

    assert article.cssselect("details summary")[0].text == "kept.json (1,200 bytes)"
    assert article.cssselect("details pre")[0].text == '{"a": "<b>"}'
    assert article.cssselect("p.picture")[0].text == "File: b.bin (9 bytes)"


def test_an_embed_has_its_parts() -> None:
    embed = discord.Embed(title="Title *t*", description="> quote", colour=0x2B6CB0, timestamp=MOMENT)
    embed.set_author(name="Question").set_footer(text="foot").add_field(name="Name", value="**v**", inline=True)
    embed.set_image(url="https://orbit.example/a.png")
    (shown,) = read(sent(embeds=[embed.to_dict()])).cssselect(".embed")

    assert shown.get("data-accent") == "#2b6cb0"
    assert [part.text_content() for part in shown] == [
        "Question",
        "Title t",
        "quote",
        "Namev",
        "Picture",
        "foot · 2031-05-08 12:00 UTC",
    ]
    assert shown.cssselect("dl .field")[0].get("class") == "field inline"


@settings(max_examples=50, deadline=None)
@given(any_text, urls)
def test_no_text_of_an_embed_becomes_markup(text: str, url: str) -> None:
    embed = {
        "title": text,
        "url": url,
        "description": text,
        "author": {"name": text, "url": url},
        "fields": [{"name": text, "value": text}],
        "footer": {"text": text},
        "image": {"url": url},
    }
    payload = sent(content=text, embeds=[embed], attachments=[{"filename": text, "preview_text": text}])

    assert problems(message(payload | {"preview": {"why": text}}, {})) == []


def test_a_form_has_a_field_for_each_input() -> None:
    field = {"type": 4, "custom_id": "days", "style": 1, "value": "30", "max_length": 3, "required": True}
    labelled = {"type": 18, "label": "Days", "description": "1 to 365", "component": field}
    old = {"type": 1, "components": [{"type": 4, "custom_id": "note", "style": 2, "label": "Note", "required": False}]}
    form = {"custom_id": "kept", "title": "Keep", "message_id": "77", "components": [labelled, old]}

    (dialogue,) = parsed(write(modal(form)))

    assert dialogue.cssselect("form")[0].get("data-modal") == "kept"
    assert dialogue.cssselect("form")[0].get("data-message") == "77"
    assert [label.text_content() for label in dialogue.cssselect("label")] == ["Days1 to 365", "Note"]
    days, note = dialogue.cssselect("[data-field]")
    assert (days.get("value"), days.get("maxlength"), days.get("required") is not None) == ("30", "3", True)
    assert (note.tag, note.get("required")) == ("textarea", None)


@settings(max_examples=50, deadline=None)
@given(any_text)
def test_no_text_of_a_form_becomes_markup(text: str) -> None:
    field = {"type": 4, "custom_id": text, "style": 1, "value": text, "placeholder": text}
    form = {"custom_id": text, "title": text, "components": [{"type": 18, "label": text, "component": field}]}

    assert problems(modal(form)) == []
