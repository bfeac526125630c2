"""The JSON contract of ``ask --json``."""

import json
from datetime import UTC, datetime, timedelta, timezone

from bot.payload import answer_payload
from index.answer import Answer, NoAnswer, Refusal
from tests.bot.fakes import FUELLING, LANDING_SENTENCE, LANDING_TEXT, citation, landing_citation

ASKED_AT = datetime(2031, 5, 9, 12, tzinfo=UTC)
LANDING = {
    "quote": LANDING_TEXT,
    "answer": "near the crater Vesna",
    "sentence": LANDING_SENTENCE,
    "title": "Larkspur reaches the ground",
    "publisher": "Orbit Gazette",
    "published_at": "2031-05-06T09:30:00+00:00",
    "url": "https://orbit.example/larkspur",
    "article_id": "larkspur-landing",
    "citation_id": "c-0d5a0a4c243b",
    "start_char": 0,
    "end_char": len(LANDING_TEXT),
    "score": 0.9,
}
UNDATED = citation(FUELLING, "It moved. The test is on Friday.", "The test is on Friday.", "Friday")


def test_an_answer() -> None:
    result = Answer("Where?", ASKED_AT, (landing_citation(), UNDATED), "g0001", {"search": 1.5, "total": 3.0})

    payload = answer_payload(result)

    assert {name: value for name, value in payload.items() if name != "citations"} == {
        "question": "Where?",
        "asked_at": "2031-05-09T12:00:00+00:00",
        "answered": True,
        "reason": None,
        "refusal": None,
        "nearest": None,
        "generation": "g0001",
        "timings_ms": {"search": 1.5, "total": 3.0},
    }
    first, second = payload["citations"]
    assert first == LANDING
    assert (second["published_at"], second["answer"]) == (None, "Friday")


def test_a_refusal_with_the_nearest_passage() -> None:
    result = NoAnswer("Why?", ASKED_AT, Refusal.NO_ANSWER_IN_TOPIC, "Nothing says so.", landing_citation(), "g0001")

    assert answer_payload(result) == {
        "question": "Why?",
        "asked_at": "2031-05-09T12:00:00+00:00",
        "answered": False,
        "reason": "Nothing says so.",
        "refusal": "no_answer_in_topic",
        "citations": [],
        "nearest": LANDING,
        "generation": "g0001",
        "timings_ms": {},
    }


def test_a_refusal_without_one() -> None:
    result = NoAnswer("Why?", ASKED_AT, Refusal.NOTHING_FOUND, "Nothing.", None, "g0001")

    assert answer_payload(result)["nearest"] is None


def test_the_zone_of_the_moment_is_kept() -> None:
    moment = ASKED_AT.astimezone(timezone(timedelta(hours=2)))

    assert answer_payload(Answer("Where?", moment, (UNDATED,), "g"))["asked_at"] == "2031-05-09T14:00:00+02:00"


def test_it_is_json_of_plain_values() -> None:
    payload = answer_payload(Answer("Where?", ASKED_AT, (landing_citation(), UNDATED), "g0001", {"total": 3.0}))

    assert json.loads(json.dumps(payload)) == payload
