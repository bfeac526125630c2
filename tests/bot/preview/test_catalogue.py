"""Commands as Discord describes them: which can be run, and what was typed for them."""

import pytest

from bot.errors import RequestError
from bot.preview import catalogue
from bot.preview.forms import other_commands, question_box
from bot.preview.markup import write
from bot.preview.payloads import Json
from tests.bot.preview.reading import parsed

TEXT, NUMBER, SHARE, YES, CHANNEL = (
    {"name": "question", "name_localizations": {"de": "frage"}, "description": "What?", "type": 3, "required": True},
    {"name": "limit", "description": "How many", "type": 4, "min_value": 1, "max_value": 9},
    {"name": "share", "description": "How much", "type": 10},
    {"name": "private", "description": "For me", "type": 5},
    {"name": "where", "description": "Where", "type": 7},
)
SOURCE = {"name": "source", "description": "From whom", "type": 3, "autocomplete": True, "max_length": 90}
KIND = {"name": "kind", "description": "Which", "type": 3, "choices": [{"name": "Press", "value": "press"}]}
ASK: Json = {
    "id": "7",
    "name": "ask",
    "description": "Ask.",
    "options": [TEXT, NUMBER, SHARE, YES, CHANNEL, SOURCE, KIND],
}
STATUS: Json = {"name": "status", "name_localizations": {"de": "stand"}, "description": "Its state.", "type": 1}
DAYS: Json = {"name": "days", "description": "Its days.", "type": 1, "options": [NUMBER]}
INDEX: Json = {
    "id": "8",
    "name": "index",
    "description": "The index.",
    "type": 1,
    "options": [STATUS, {"name": "keep", "description": "Keep.", "type": 2, "options": [DAYS]}],
}
MENU: Json = {"id": "9", "name": "Find evidence", "description": "", "type": 3}
COMMANDS = [ASK, INDEX, MENU]


def test_only_what_can_be_run_is_a_command() -> None:
    assert [leaf.name for leaf in catalogue.leaves(COMMANDS)] == ["ask", "index status", "index keep days"]


def test_an_unknown_command_is_told() -> None:
    with pytest.raises(RequestError, match="there is no command /index; reload the page"):
        catalogue.find(COMMANDS, "index")


def test_what_was_typed_gets_its_type() -> None:
    values = {
        "question": " Where? ",
        "limit": "3",
        "share": "0.5",
        "private": "true",
        "where": "4",
        "source": "",
        "kind": 5,
    }

    assert catalogue.typed(catalogue.find(COMMANDS, "ask"), values) == [
        {"name": "question", "type": 3, "value": "Where?"},
        {"name": "limit", "type": 4, "value": 3},
        {"name": "share", "type": 10, "value": 0.5},
        {"name": "private", "type": 5, "value": True},
        {"name": "where", "type": 7, "value": "4"},
    ]


def test_a_group_holds_its_command() -> None:
    assert catalogue.typed(catalogue.find(COMMANDS, "index keep days"), {"limit": "3"}) == [
        {
            "name": "keep",
            "type": 2,
            "options": [{"name": "days", "type": 1, "options": [{"name": "limit", "type": 4, "value": 3}]}],
        }
    ]


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({}, "“question” is missing; write something there"),
        ({"question": "  "}, "“question” is missing; write something there"),
        ({"question": "a", "limit": "many"}, "“many” is no number; write one for “limit”"),
        ({"question": "a", "share": "1,5"}, "“1,5” is no number; write one for “share”"),
    ],
)
def test_what_cannot_be_typed_is_told(values: dict[str, str], expected: str) -> None:
    with pytest.raises(RequestError) as told:
        catalogue.typed(catalogue.find(COMMANDS, "ask"), values)
    assert str(told.value) == expected


def test_what_is_being_typed_is_marked_although_the_rest_is_missing() -> None:
    assert catalogue.typed(catalogue.find(COMMANDS, "ask"), {"source": "or"}, "source") == [
        {"name": "source", "type": 3, "value": "or", "focused": True}
    ]


def test_only_what_was_chosen_is_resolved() -> None:
    assert list(catalogue.resolved(["4"])) == ["channels"]
    assert list(catalogue.resolved(["2", "5"])) == ["users", "members", "roles"]
    assert catalogue.resolved([]) == {}


def test_the_question_box_speaks_the_readers_language() -> None:
    box = parsed(write(question_box(COMMANDS, "de")))

    assert [label.cssselect("span")[0].text for label in box.cssselect("label")][:2] == ["Frage", "Limit"]
    assert [field.get("name") for field in box.cssselect("[name]")] == [option["name"] for option in ASK["options"]]


def test_each_field_says_what_it_takes() -> None:
    box = parsed(write(question_box(COMMANDS, "en-US")))
    fields = {field.get("name"): field for field in box.cssselect("[name]")}

    assert fields["question"].get("required") is not None
    assert (fields["limit"].get("type"), fields["limit"].get("min"), fields["limit"].get("max")) == ("number", "1", "9")
    assert (fields["source"].get("maxlength"), fields["source"].get("data-offers") is not None) == ("90", True)
    assert [option.text for option in fields["private"]] == ["–", "True", "False"]
    assert [option.get("value") for option in fields["where"]] == ["", "4"]
    assert [option.get("value") for option in fields["kind"]] == ["", "press"]
    for name, field in fields.items():
        assert box.cssselect(f"#{field.get('aria-describedby')}")[0].text, name
        assert box.cssselect(f"label[for={field.get('id')}]"), name


def test_the_other_commands_are_listed() -> None:
    others = parsed(write(other_commands(COMMANDS, "de")))

    assert [code.text for code in others.cssselect("summary code")] == ["/index stand", "/index keep days"]
    assert [form.get("data-command") for form in others.cssselect("form")] == ["index status", "index keep days"]


def test_a_bot_without_ask_says_so() -> None:
    assert write(question_box([INDEX], "en-US")) == "<p>The bot registered no /ask.</p>"
