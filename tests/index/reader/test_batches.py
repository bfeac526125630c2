import pytest

from corpus import Span
from index.reader.batches import Batch, Batches, Material, Row
from index.reader.mining import Example, Window
from index.reader.recipe import Phase, Recipe, learning_rate_share

TEXT = "The probe woke up. It burned xenon for an hour."
WINDOWS = [
    Window("Probe", TEXT, "probe", 0),
    Window("Outpost", "A freighter raised the outpost. It left on Monday.", "outpost", 0),
]
ANSWER = Span(TEXT.index("xenon"), TEXT.index("xenon") + len("xenon"))
ANSWERED = Example("What did the probe burn?", 0, ANSWER.start_char, ANSWER.end_char, (1,))
UNANSWERED = Example("Who built the outpost?", None, 0, 0, (1,))
RECIPE = Recipe(phases=(Phase(steps=4, questions=(0, 16)),), altered_share=0.0, title_kept=1.0)


def batches(recipe: Recipe = RECIPE, n_examples: int = 16) -> Batches:
    return Batches(Material(WINDOWS, [ANSWERED] * n_examples), Material(WINDOWS, [UNANSWERED]), recipe)


def rows(example: Example) -> list[Row]:
    return batches().rows(Batch(Material(WINDOWS, [example]), [0], typed_share=0.0), step=0)


def labels(of: list[Row]) -> list[tuple[int, int]]:
    return [(row.label, row.group) for row in of]


def test_the_passage_that_answers_comes_first_with_its_span() -> None:
    found = rows(ANSWERED)
    assert labels(found) == [(1, 0), (0, 0)]
    offsets = found[0].pair.offsets
    assert (offsets[found[0].start][0], offsets[found[0].end][1]) == (ANSWER.start_char, ANSWER.end_char)


def test_what_nothing_answers_is_no_group() -> None:
    assert labels(rows(UNANSWERED)) == [(0, -1)]


def test_the_plan_has_the_shares_of_its_phases() -> None:
    recipe = Recipe(phases=(Phase(4, (0, 32)), Phase(8, (32, 64), practice_share=0.5)))
    plan = batches(recipe, n_examples=64).plan()
    assert [len(batch.members) for batch in plan[:4]] == [8] * 4
    assert sorted(len(batch.members) for batch in plan[4:]) == [1] * 4 + [8] * 4  # practice has one question
    assert plan == batches(recipe, n_examples=64).plan()


def test_a_changed_question_is_not_answered() -> None:
    recipe = Recipe(phases=RECIPE.phases, altered_share=1.0, title_kept=1.0)
    passage = "In 2019 the Orbiter Anna met the Orbiter Boris over the Moon, and both woke up."
    start = passage.index("the Moon")
    example = Example("Where did Anna meet someone in 2019?", 0, start, start + len("the Moon"), ())
    batch = Batch(Material([Window("", passage, "a", 0)], [example]), [0], typed_share=0.0)
    assert [labels(batches(recipe).rows(batch, step)) for step in range(3)] == [[(1, 0), (0, -1)]] * 3


def test_the_learning_rate_rises_and_falls_in_each_phase() -> None:
    recipe = Recipe(phases=(Phase(100, (0, 1)), Phase(100, (0, 1), peak=0.5, floor=0.25)), warmup=0.1)
    shares = [learning_rate_share(recipe, step) for step in (0, 9, 10, 55, 100, 110, 155, 200)]
    assert shares == pytest.approx([0.1, 1.0, 1.0, 0.5, 0.05, 0.5, 0.375, 0.0])
