import gzip
import json
from collections.abc import Iterable
from pathlib import Path

import pytest

from index.reader.mining import MINING_DEPTH, Example, Window, mine_examples, read_windows
from tests.index.fakes import FakeEncoder

N_PASSAGES = MINING_DEPTH + 8
FUELS = ("xenon", "Krypton", "argon", "hydrazine")


def write(path: Path, rows: Iterable[dict[str, object]]) -> None:
    with gzip.open(path, "wt", encoding="utf-8") as stream:
        stream.writelines(json.dumps(row) + "\n" for row in rows)


def text_of(number: int) -> str:
    return f"Probe number {number} flew to the moon. It burned {FUELS[number % 4]} on day {number * 100}."


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Passages that all look alike; every fuel stands in a quarter of them."""
    passages: list[dict[str, object]] = [
        {"_id": f"p{n}", "title": f"Probe {n}", "text": text_of(n)} for n in range(N_PASSAGES)
    ]
    long = " ".join(f"Sentence {n} is about a long cruise and nothing else at all." for n in range(15))
    write(tmp_path / "passages.jsonl.gz", [*passages, {"_id": "long", "title": "Cruise", "text": long}])
    questions: list[dict[str, object]] = [
        {
            "question": f"What did probe number {n} burn?",
            "passage_id": f"p{n}",
            "answer": FUELS[n % 4],
            "start_char": text_of(n).index(FUELS[n % 4]),
        }
        for n in range(N_PASSAGES)
    ]
    across = {"question": "All of it?", "passage_id": "long", "answer": long, "start_char": 0}
    unknown = {"question": "Where?", "passage_id": "nowhere", "answer": "x", "start_char": 0}
    write(tmp_path / "questions.jsonl.gz", [*questions, across, unknown])
    return tmp_path


def mined(folder: Path, seed: int) -> tuple[list[Window], list[Example]]:
    return mine_examples(folder, FakeEncoder(), seed=seed, on_progress=lambda *_: None)


def test_windows_are_cut_as_the_index_cuts_and_know_where_they_stood(folder: Path) -> None:
    windows = read_windows(folder)
    assert windows[3] == Window("Probe 3", text_of(3), "p3", 0)
    first, second = [window for window in windows if window.source_id == "long"]
    assert first.start_char == 0
    assert second.text.startswith("Sentence ")
    assert second.start_char == len(first.text) + 1


def test_the_positive_holds_the_answer_where_it_says(folder: Path) -> None:
    windows, examples = mined(folder, seed=1)
    assert len(examples) == N_PASSAGES  # without the answer across windows and the unknown passage
    for number, example in enumerate(examples):
        assert example.question == f"What did probe number {number} burn?"
        window = windows[example.positive]
        assert window.source_id == f"p{number}"
        assert window.text[example.answer_start : example.answer_end] == FUELS[number % 4]


def test_negatives_never_hold_the_answer(folder: Path) -> None:
    windows, examples = mined(folder, seed=1)
    for example in examples:
        answer = windows[example.positive].text[example.answer_start : example.answer_end].casefold()
        assert len(example.negatives) == len(set(example.negatives)) == 3
        assert example.positive not in example.negatives
        assert all(answer not in windows[number].text.casefold() for number in example.negatives)


def test_the_seed_decides(folder: Path) -> None:
    assert mined(folder, seed=1) == mined(folder, seed=1)
    assert mined(folder, seed=1) != mined(folder, seed=2)


def test_progress_is_told(folder: Path) -> None:
    told: list[tuple[str, int, int]] = []
    mine_examples(folder, FakeEncoder(), seed=1, on_progress=lambda *step: told.append(step))
    n_windows = N_PASSAGES + 2
    assert told == [*(("passages", n, n_windows) for n in range(1, n_windows + 1)), ("questions", 40, 40)]
