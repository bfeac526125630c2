import gzip
import json
from collections.abc import Iterable
from pathlib import Path

import pytest

from index.practice import load_practice
from index.reader.mining import (
    MINING_DEPTH,
    Asked,
    Example,
    Window,
    cut_windows,
    mine_examples,
    read_practice,
    read_squad,
)
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
    return mine_examples(*read_squad(folder), FakeEncoder(), seed=seed, siblings=0, on_progress=lambda *_: None)


def answering(example: Example) -> int:
    assert example.positive is not None
    return example.positive


def test_a_share_of_the_titles_is_read_whole(folder: Path) -> None:
    windows, asked = read_squad(folder, share=0.25, seed=1)
    names = {window.source_id for window in windows}
    assert len({window.title for window in windows}) == round((N_PASSAGES + 1) / 4)
    assert {row.source_id for row in asked} == names
    assert names != {window.source_id for window in read_squad(folder, share=0.25, seed=2)[0]}


def test_windows_are_cut_as_the_index_cuts_and_know_where_they_stood(folder: Path) -> None:
    windows, _ = read_squad(folder)
    assert [(one.title, one.text, one.source_id, one.start_char) for one in windows[3:4]] == [
        ("Probe 3", text_of(3), "p3", 0)
    ]
    assert " ".join(one.of(text_of(3)) for one in windows[3].sentences) == text_of(3)
    first, second = [window for window in windows if window.source_id == "long"]
    assert first.start_char == 0
    assert second.text.startswith("Sentence ")
    assert second.start_char == len(first.text) + 1


def test_the_positive_holds_the_answer_where_it_says(folder: Path) -> None:
    windows, examples = mined(folder, seed=1)
    assert len(examples) == N_PASSAGES  # without the answer across windows and the unknown passage
    for number, example in enumerate(examples):
        assert example.question == f"What did probe number {number} burn?"
        window = windows[answering(example)]
        assert window.source_id == f"p{number}"
        assert window.text[example.answer_start : example.answer_end] == FUELS[number % 4]


def test_negatives_never_hold_the_answer(folder: Path) -> None:
    windows, examples = mined(folder, seed=1)
    for example in examples:
        answer = windows[answering(example)].text[example.answer_start : example.answer_end].casefold()
        assert len(example.negatives) == len(set(example.negatives)) == 3
        assert example.positive not in example.negatives
        assert all(answer not in windows[number].text.casefold() for number in example.negatives)


def test_the_seed_decides(folder: Path) -> None:
    assert mined(folder, seed=1) == mined(folder, seed=1)
    assert mined(folder, seed=1) != mined(folder, seed=2)


def test_progress_is_told(folder: Path) -> None:
    told: list[tuple[str, int, int]] = []
    mine_examples(*read_squad(folder), FakeEncoder(), seed=1, siblings=0, on_progress=lambda *step: told.append(step))
    n_windows = N_PASSAGES + 2
    assert told == [*(("passages", n, n_windows) for n in range(1, n_windows + 1)), ("questions", 39, 39)]


def test_the_other_passages_of_a_text_are_negatives_and_all_of_one_that_does_not_answer() -> None:
    paragraphs = [f"Part {n} tells of {name} at length. " * 20 for n, name in enumerate(("Rhea", "Titan", "Dione"))]
    windows = [
        *cut_windows("moons", "Moons", "\n\n".join(paragraphs).strip()),
        *cut_windows("rings", "Rings", "The rings are made of ice. Their age is not known."),
    ]
    of_moons = [number for number, window in enumerate(windows) if window.source_id == "moons"]
    start = "\n\n".join(paragraphs).index("Titan")
    asked = [Asked("Which moon?", "moons", start, "Titan"), Asked("How heavy are the moons?", "moons", 0, "")]
    _, (answered, unanswerable) = mine_examples(
        windows, asked, FakeEncoder(), seed=1, siblings=2, on_progress=lambda *_: None
    )
    siblings = [n for n in of_moons if "Titan" not in windows[n].text]
    assert siblings[:2] == list(answered.negatives[: len(siblings[:2])])
    assert (unanswerable.positive, unanswerable.negatives) == (None, tuple(of_moons))


def test_practice_that_is_kept_back_never_becomes_material() -> None:
    windows, asked = read_practice()
    kept_back = {article.id for article in load_practice() if article.kept_back}
    assert kept_back
    assert kept_back.isdisjoint({window.source_id for window in windows} | {row.source_id for row in asked})
