from pathlib import Path

from benchmarks.moving import QuickService, Tally, ask, build, run
from bot.settings import Settings
from index.generation import Generation
from index.shelf import publish


def test_every_answer_comes_and_fits_its_generation_while_another_process_moves(tmp_path: Path) -> None:
    tally = run(tmp_path, n_questions=40, every_seconds=0.2)

    assert tally.problems == []
    assert sum(tally.answers.values()) == 40
    assert tally.quotes >= 40


def test_an_answer_with_the_words_of_another_generation_is_told(tmp_path: Path) -> None:
    former, latter = build(tmp_path, "former"), build(tmp_path, "latter")
    publish(tmp_path / "index", former)
    other = Generation(tmp_path / "index" / latter)
    mixed_up = {former: {article.id: other.text(article.id) for article in other.articles}}
    service = QuickService(Settings(data_dir=tmp_path, starter_corpus=False))
    tally = Tally()

    ask(service, mixed_up, ["former?"], tally)

    assert len(tally.problems) == 1
    assert "QuoteMismatchError" in tally.problems[0]
