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
    """

    steps: int
    questions: tuple[int, int]
    peak: float = 1.0
    floor: float = 0.0
    typed_share: float = 0.0
    practice_share: float = 0.0


@dataclass(frozen=True, slots=True)
class Recipe:
    """Everything that decides the product, besides the data.

    Attributes:
        seed: For the order, the drawn negatives and the altered questions.
        phases: First what reading is, from whole sentences; then how people type; then how news reads.
        learning_rate: At its peak; each phase warms up over ``warmup`` of its steps.
        head_learning_rate: The same for the new heads.
        groups_per_batch: Questions in a batch, each with its passages.
        negatives: Passages that do not answer, for every question at most.
        title_kept: Share of examples whose title is shown.
        altered_share: Share of questions that are also shown changed, with the passage that no longer answers.
        max_tokens: Longest sequence in training; serving may read longer ones.
        relevance_weight: Weight of the listwise loss beside the span loss.
        absolute_weight: Weight of the loss of each passage by itself.
    """

    seed: int = 13
    phases: tuple[Phase, ...] = (
        Phase(steps=5_000, questions=(0, 50_000)),
        Phase(steps=2_000, questions=(50_000, 70_000), peak=0.8, floor=0.5, typed_share=0.5),
        Phase(steps=3_500, questions=(70_000, 87_059), peak=0.5, typed_share=0.5, practice_share=0.6),
    )
    learning_rate: float = 1e-4
    head_learning_rate: float = 1e-3
    warmup: float = 0.05
    weight_decay: float = 0.01
    groups_per_batch: int = 8
    negatives: int = 2
    title_kept: float = 0.8
    altered_share: float = 0.3
    max_tokens: int = 176
    relevance_weight: float = 1.0
    absolute_weight: float = 0.5


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
