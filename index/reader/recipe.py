"""How the reader is trained: everything that decides the product, besides the data.

Owns the numbers. What is done with them stands in batches and train.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Phase:
    """A stretch of the training.

    Attributes:
        steps: So many batches.
        questions: First and last number, half-open, of the shuffled questions of the large set that it draws on.
        peak: Of the learning rate, as a share of the recipe's.
        floor: The learning rate goes down to this share along a line.
        typed_share: Share of the large set's questions that are shown as people type them in a chat.
        practice_share: Share of batches that hold practice questions.
        crop_words: Passages of the large set are cut to so many words; 0 shows them whole.
    """

    steps: int
    questions: tuple[int, int]
    peak: float = 1.0
    floor: float = 0.0
    typed_share: float = 0.0
    practice_share: float = 0.0
    crop_words: int = 0


@dataclass(frozen=True, slots=True)
class Recipe:
    """Everything that decides the product, besides the data.

    Attributes:
        seed: For the order, the drawn negatives and the altered questions.
        large_share: Share of the large set's articles that are mined.
        vocabulary: So many tokens of the first weights are kept.
        practice_token: What a token of the practice articles counts beside one of the large set, where they are chosen.
        layers: So many layers of the first weights are kept, the lowest.
        frozen_layers: So many of them are not trained, the lowest.
        phases: First how to point at words, on short passages; then how news reads, among whole passages.
        learning_rate: At its peak; each phase warms up over ``warmup`` of its steps.
        head_learning_rate: The same for the span heads, which start from nothing.
        groups_per_batch: Questions in a batch, each with its passages.
        negatives: Passages that do not answer, for every question of the large set at most.
        practice_negatives: The same for the practice questions.
        title_kept: Share of examples whose title is shown.
        altered_share: Share of questions that are also shown changed, with the passage that no longer answers.
        max_tokens: Longest sequence in training; serving may read longer ones.
        relevance_weight: Weight of the listwise loss beside the span loss.
        absolute_weight: Weight of the loss of each passage by itself.
        sentence_weight: Weight of the loss of the answering sentence among all passages of a question.
    """

    seed: int = 13
    large_share: float = 1 / 3
    vocabulary: int = 21_500
    practice_token: float = 40.0
    layers: int = 11
    frozen_layers: int = 4
    phases: tuple[Phase, ...] = (
        Phase(steps=800, questions=(0, 6_400), floor=0.7, typed_share=0.3, crop_words=70),
        Phase(steps=1_050, questions=(6_400, 14_000), peak=0.7, typed_share=0.4, practice_share=0.62),
    )
    learning_rate: float = 1e-4
    head_learning_rate: float = 1e-3
    warmup: float = 0.05
    weight_decay: float = 0.01
    groups_per_batch: int = 8
    negatives: int = 1
    practice_negatives: int = 2
    title_kept: float = 0.8
    altered_share: float = 0.3
    max_tokens: int = 176
    relevance_weight: float = 1.0
    absolute_weight: float = 0.5
    sentence_weight: float = 0.5


RECIPES = {
    "first": Recipe(),
    "second": Recipe(
        seed=29,  # other articles of the large set, another order
        phases=(Phase(steps=1_480, questions=(0, 3_200), peak=0.7, typed_share=0.4, practice_share=0.75),),
        head_learning_rate=2e-4,
    ),
    "third": Recipe(
        seed=43,
        phases=(
            Phase(steps=900, questions=(0, 4_000), peak=0.8, floor=0.8, typed_share=0.4, practice_share=0.6),
            Phase(steps=2_200, questions=(4_000, 7_000), peak=0.8, typed_share=0.4, practice_share=0.85),
        ),
        head_learning_rate=2e-4,
    ),
}
"""The runs that made the reader that ships, in their order: the first from the ranker's weights, each other from what
the one before it made, most of all on practice that this had not seen."""


def learning_rate_share(recipe: Recipe, step: int) -> float:
    """Return the share of the full learning rate at a step: up at each phase's start, then down along a line."""
    for phase in recipe.phases:
        if step < phase.steps:
            warm = max(1, int(recipe.warmup * phase.steps))
            if step < warm:
                return phase.peak * (step + 1) / warm
            return phase.peak - (phase.peak - phase.floor) * (step - warm) / (phase.steps - warm)
        step -= phase.steps
    return 0.0
