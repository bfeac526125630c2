import random

import pytest

from corpus import Span
from index.encoder.weights import packaged_file
from index.errors import EvaluationError
from index.reader.batches import Batch, Batches, Material, Row, crop
from index.reader.mining import Example, cut_windows
from index.reader.pairs import open_tokenizer
from index.reader.recipe import Phase, Recipe, learning_rate_share

TEXT = "The probe woke up. It burned xenon for an hour."
WINDOWS = [
    *cut_windows("probe", "Probe", TEXT),
    *cut_windows("outpost", "Outpost", "A freighter raised the outpost. It left on Monday."),
]
ANSWER = Span(TEXT.index("xenon"), TEXT.index("xenon") + len("xenon"))
ANSWERED = Example("What did the probe burn?", 0, ANSWER.start_char, ANSWER.end_char, (1,))
UNANSWERED = Example("Who built the outpost?", None, 0, 0, (1,))
RECIPE = Recipe(phases=(Phase(steps=4, questions=(0, 16)),), altered_share=0.0, title_kept=1.0)


def batches(recipe: Recipe = RECIPE, n_examples: int = 16) -> Batches:
    tokenizer = open_tokenizer(str(packaged_file("tokenizer.json")), recipe.max_tokens)
    return Batches(Material(WINDOWS, [ANSWERED] * n_examples), Material(WINDOWS, [UNANSWERED]), recipe, tokenizer)


def rows(example: Example) -> list[Row]:
    return batches().rows(Batch(Material(WINDOWS, [example]), [0], negatives=2), step=0)


def labels(of: list[Row]) -> list[tuple[int, int]]:
    return [(row.label, row.group) for row in of]


def test_the_passage_that_answers_comes_first_with_its_span() -> None:
    found = rows(ANSWERED)
    assert labels(found) == [(1, 0), (0, 0)]
    offsets = found[0].pair.offsets
    assert (offsets[found[0].start][0], offsets[found[0].end][1]) == (ANSWER.start_char, ANSWER.end_char)


def test_the_sentence_around_the_answer_is_told() -> None:
    positive, negative = rows(ANSWERED)
    offsets = positive.pair.offsets
    first, last = positive.sentence
    assert TEXT[offsets[first][0] : offsets[last][1]] == "It burned xenon for an hour."
    assert negative.sentence == (0, 0)


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
    batch = Batch(Material(cut_windows("a", "", passage), [example]), [0], negatives=2)
    assert [labels(batches(recipe).rows(batch, step)) for step in range(3)] == [[(1, 0), (0, -1)]] * 3


def test_the_learning_rate_rises_and_falls_in_each_phase() -> None:
    recipe = Recipe(phases=(Phase(100, (0, 1)), Phase(100, (0, 1), peak=0.5, floor=0.25)), warmup=0.1)
    shares = [learning_rate_share(recipe, step) for step in (0, 9, 10, 55, 100, 110, 155, 200)]
    assert shares == pytest.approx([0.1, 1.0, 1.0, 0.5, 0.05, 0.5, 0.375, 0.0])


@pytest.mark.parametrize("answer", [None, (0, 3), (4, 9), (31, 47)])
@pytest.mark.parametrize("words", [1, 3, 9])
def test_a_crop_holds_so_many_words_and_the_answer(words: int, answer: tuple[int, int] | None) -> None:
    assert len(TEXT) == 47
    for seed in range(30):
        start, end = crop(TEXT, answer, words, random.Random(seed))
        if answer is None:
            assert len(TEXT[start:end].split()) == words
        else:
            assert start <= answer[0] < answer[1] <= end
            assert len(TEXT[start:end].split()) == max(words, len(TEXT[slice(*answer)].split()))


def test_a_crop_starts_anywhere() -> None:
    assert len({crop(TEXT, (4, 9), 4, random.Random(seed))[0] for seed in range(30)}) == 2
    assert len({crop(TEXT, None, 4, random.Random(seed))[0] for seed in range(60)}) == 7


def test_a_changed_question_is_shown_the_words_that_answered_it() -> None:
    recipe = Recipe(phases=RECIPE.phases, altered_share=1.0, title_kept=0.0)
    passage = "In 2019 the Orbiter Anna met the Orbiter Boris over the Moon, and both woke up."
    start = passage.index("the Moon")
    example = Example("Where did Anna meet someone in 2019?", 0, start, start + len("the Moon"), ())
    batch = Batch(Material(cut_windows("a", "", passage), [example]), [0], negatives=0, crop_words=6)
    for step in range(5):
        answered, changed = batches(recipe).rows(batch, step)
        assert shown(answered) == shown(changed)


def shown(row: Row) -> list[tuple[int, int]]:
    return [span for span in row.pair.offsets if span != (0, 0)]


def test_a_set_that_is_too_small_for_the_recipe_is_told() -> None:
    with pytest.raises(EvaluationError, match="phase 1 of the training takes 4 batches, but its questions fill 2"):
        batches().plan()


def test_a_short_text_is_shown_whole() -> None:
    assert crop(TEXT, (4, 9), 0, random.Random(1)) == crop(TEXT, None, 99, random.Random(1)) == (0, len(TEXT))


def test_the_span_is_the_answers_in_a_cropped_passage() -> None:
    batch = Batch(Material(WINDOWS, [ANSWERED]), [0], negatives=1, crop_words=4)
    whole = rows(ANSWERED)[0]
    for step in range(8):
        positive, negative = batches().rows(batch, step)
        assert positive.pair.ids[positive.start : positive.end + 1] == whole.pair.ids[whole.start : whole.end + 1]
        assert len(positive.pair.ids) < len(whole.pair.ids)
        assert (negative.start, negative.end) == (0, 0)
