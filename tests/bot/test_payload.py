"""The JSON contract of ``ask --json`` and ``timeline --json``."""

import dataclasses
import json
from datetime import UTC, datetime, timedelta, timezone

from bot.payload import answer_payload, timeline_payload
from index.answer import Answer, Disagreement, DisagreementKind, NoAnswer, Refusal, Said, Timeline
from index.when import Event, When
from tests.bot.fakes import FUELLING, LANDING_SENTENCE, LANDING_TEXT, citation, explanation, landing_citation
from tests.bot.fakes import LANDING as LANDING_ARTICLE

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
    "independent_reports": 1,
    "others": [],
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
        "disagreement": None,
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
        "disagreement": None,
        "nearest": LANDING,
        "generation": "g0001",
        "timings_ms": {},
    }


def test_other_reports_and_what_they_differ_on() -> None:
    first = dataclasses.replace(landing_citation(), independent_reports=2, others=(FUELLING,))
    differing = Disagreement(DisagreementKind.DATE, (Said(0, "Monday"), Said(1, "Friday")))

    payload = answer_payload(Answer("When?", ASKED_AT, (first, UNDATED), "g0001", disagreement=differing))

    assert payload["disagreement"] == {
        "kind": "date",
        "said": [{"citation": 0, "text": "Monday"}, {"citation": 1, "text": "Friday"}],
    }
    assert payload["citations"][0]["independent_reports"] == 2
    assert payload["citations"][0]["others"] == [
        {
            "title": "Fuelling test moved",
            "publisher": "Starter corpus",
            "published_at": None,
            "url": "briefings/fuelling.md",
            "article_id": "fuelling",
        }
    ]


def test_a_timeline() -> None:
    assert timeline_payload(Timeline("Larkspur", ASKED_AT, (landing_citation(),), "g0001")) == {
        "topic": "Larkspur",
        "asked_at": "2031-05-09T12:00:00+00:00",
        "citations": [LANDING],
        "generation": "g0001",
    }


def test_a_refusal_without_one() -> None:
    result = NoAnswer("Why?", ASKED_AT, Refusal.NOTHING_FOUND, "Nothing.", None, "g0001")

    assert answer_payload(result)["nearest"] is None


def test_how_it_came_about_is_told_when_that_is_wanted() -> None:
    when = When(ASKED_AT, ASKED_AT, 1.0, "since Larkspur", None, Event("Larkspur", ASKED_AT, LANDING_ARTICLE))
    result = Answer("Where?", ASKED_AT, (landing_citation(),), "g0001", {}, explanation=explanation(when))

    assert "explanation" not in answer_payload(result)
    told = answer_payload(result, explain=True)["explanation"]
    first, _ = told.pop("passages")

    assert told == {
        "decision": "1 of 2 passages is cited.",
        "period": {
            "words": "since Larkspur",
            "start": "2031-05-09T12:00:00+00:00",
            "end": "2031-05-09T12:00:00+00:00",
            "emphasis": 1.0,
            "oldest": None,
            "event": {"words": "Larkspur", "day": "2031-05-09T12:00:00+00:00", "article_id": "larkspur-landing"},
        },
        "threshold": 0.3,
        "topic_coverage": 0.4,
        "coverage": 0.8,
    }
    assert LANDING_TEXT[first["start_char"] : first["end_char"]] == first["sentence"] == LANDING_SENTENCE
    assert (first["verdict"], first["article_id"], first["score"]) == ("cited", "larkspur-landing", 2.36)
    assert first["contributions"][0] == {"name": "relevance", "value": 2.0, "weight": 0.5, "log_odds": 1.0}


def test_the_zone_of_the_moment_is_kept() -> None:
    moment = ASKED_AT.astimezone(timezone(timedelta(hours=2)))

    assert answer_payload(Answer("Where?", moment, (UNDATED,), "g"))["asked_at"] == "2031-05-09T14:00:00+02:00"


def test_it_is_json_of_plain_values() -> None:
    payload = answer_payload(Answer("Where?", ASKED_AT, (landing_citation(), UNDATED), "g0001", {"total": 3.0}))

    assert json.loads(json.dumps(payload)) == payload
