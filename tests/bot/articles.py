"""Six short articles in our own words, about missions that do not exist."""

import json
from datetime import UTC, datetime
from typing import Any

from corpus import Article

LARKSPUR: dict[str, Any] = {
    "_id": "larkspur-landing",
    "title": "Larkspur lands on the Moon",
    "text": (
        "The Larkspur lander touched down near the crater Vesna at 04:12 UTC on May 5, 2031. "
        "Controllers in Turin received its first picture eleven minutes later.\n\n"
        "Two small rovers will roll out next week. They were built by students in Porto."
    ),
    "metadata": {
        "url": "https://orbit.example/larkspur",
        "publisher": "Orbit Gazette",
        "published": "2031-05-06T09:30:00Z",
    },
}
HALCYON: dict[str, Any] = {
    "_id": "halcyon-pump",
    "title": "Halcyon station replaces its cooling pump",
    "text": (
        "Astronauts Mira Okafor and Jonas Lindqvist replaced a cooling pump outside the Halcyon station on June 10, "
        "2031. The spacewalk lasted six hours and 41 minutes. The old pump had leaked ammonia since April."
    ),
    "metadata": {
        "url": "https://herald.example/halcyon",
        "publisher": "Halcyon Herald",
        "published": "2031-06-11",
    },
}
CONDOR: dict[str, Any] = {
    "_id": "condor-engine",
    "title": "Condor rocket engine passes its long test",
    "text": (
        "The methane engine of the Condor rocket ran for 312 seconds on a stand in Kiruna on July 2, 2031. "
        "Its maker, Norrsken Motors, wants to launch the rocket for the first time in 2033."
    ),
    "metadata": {
        "url": "https://orbit.example/condor",
        "publisher": "Orbit Gazette",
        "published": "2031-07-03T12:00:00+02:00",
    },
}
THISTLE: dict[str, Any] = {
    "_id": "thistle-telescope",
    "title": "Thistle telescope finds water vapour",
    "text": (
        "The Thistle telescope found water vapour in the air of the planet Brannock b, astronomers said on Aug. 19, "
        "2031. The planet circles a red dwarf 48 light-years away."
    ),
    "metadata": {
        "url": "https://herald.example/thistle",
        "publisher": "Halcyon Herald",
        "published": "2031-08-19",
    },
}
FUELLING: dict[str, Any] = {
    "_id": "fuelling-notes",
    "title": "Notes on fuelling",
    "text": "Liquid methane is loaded at minus 162 degrees Celsius. Nobody may stand near the pad while it is loaded.",
    "metadata": {"url": "https://notes.example/fuelling", "publisher": "Pad Notes"},
}
IBIS: dict[str, Any] = {
    "_id": "ibis-cargo",
    "title": "Ibis brings a new antenna",
    "text": (
        "The Ibis cargo ship brought a new antenna to the Halcyon station on Sept. 1, 2031. "
        "It will stay at the station for ten weeks."
    ),
    "metadata": {
        "url": "https://orbit.example/ibis",
        "publisher": "Orbit Gazette",
        "published": "2031-09-02",
    },
}
INDEXED = (LARKSPUR, HALCYON, CONDOR, THISTLE, FUELLING)
"""What the shared index holds; Ibis is added by tests that add something."""

LANDING_QUESTION = "Where did the Larkspur lander touch down?"
STRANGE_QUESTION = "How many eggs go into a lemon cake?"
QUESTIONS = (
    LANDING_QUESTION,
    STRANGE_QUESTION,
    "How long did the spacewalk last?",
    "Who replaced the cooling pump outside Halcyon?",
    "When did the Condor rocket fly for the first time?",
    "What did the Thistle telescope find?",
)


def json_lines(*records: dict[str, Any]) -> str:
    """Return records as JSON lines."""
    return "".join(f"{json.dumps(record, ensure_ascii=False)}\n" for record in records)


def article(record: dict[str, Any]) -> Article:
    """Return what the corpus should know of a record."""
    metadata = record["metadata"]
    published = metadata.get("published")
    written = published if "T" in (published or "") else f"{published}T00:00:00Z"
    moment = datetime.fromisoformat(written).astimezone(UTC) if published else None
    return Article(record["_id"], metadata["url"], record["title"], metadata["publisher"], moment, "en")
