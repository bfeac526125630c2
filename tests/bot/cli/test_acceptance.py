"""The questions that the project set out to answer, asked of the article that it began from."""

import json
from pathlib import Path

import pytest

from tests.command_line import CommandLine

SEED = Path(__file__).parents[4] / "shared/seeds/000_fe613c26d7d7d21a.txt"
AS_OF = "2022-03-06"

ANSWERED = {
    "who controls ISS reboost?": "depends on a Russian propulsion system to maintain its orbit",
    "Who keeps the space station in orbit?": "depends on a Russian propulsion system to maintain its orbit",
    "What did Rogozin order painted on the Soyuz transporter?": '"Z" and "V" markings',
    "How do US astronauts get to the station now?": "SpaceX has been transporting NASA astronauts",
    "How high does the ISS orbit?": "250 miles (400 kilometers)",
}
REFUSED = [
    "What is the capital of France?",
    "Who won the 2020 Super Bowl?",
    "When will Artemis III land on the Moon?",
    "Who is the CEO of Boeing?",
]


@pytest.mark.skipif(not SEED.exists(), reason="the article belongs to its publisher and stands beside the project only")
@pytest.mark.parametrize("starter", ["false", "true"])
def test_the_first_article_answers_what_it_answers_and_nothing_else(
    fresh: CommandLine, tmp_path: Path, starter: str
) -> None:
    fresh.set("STARTER_CORPUS", starter)
    added = fresh(
        *("corpus", "add", str(SEED), "--published", "2022-03-05", "--publisher", "WION"),
        *("--title", "Roscosmos chief orders 'Z' and 'V' markings on Soyuz transporter"),
    )
    assert added.exit_code == 0
    questions = tmp_path / "questions.jsonl"
    questions.write_text(
        "".join(json.dumps({"_id": text, "text": text, "asked_at": AS_OF}) + "\n" for text in [*ANSWERED, *REFUSED]),
        "utf-8",
    )
    asked = fresh("ask", "--batch", str(questions), "--json")
    assert asked.exit_code == 0, asked.stderr
    answers = {answer["_id"]: answer for answer in map(json.loads, asked.stdout.splitlines())}
    for text, expected in ANSWERED.items():
        assert expected in answers[text]["citations"][0]["quote"]
    assert [text for text in REFUSED if answers[text]["answered"]] == []
