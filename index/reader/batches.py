"""What the reader is shown in training, batch by batch.

Owns the order of the examples and how each is shown. Learning from it is train's work.
"""

import random
from dataclasses import dataclass

from index.encoder.weights import packaged_model_folder
from index.reader.as_typed import as_typed
from index.reader.mining import Example, Window
from index.reader.pairs import Pair, encode_pairs, open_tokenizer
from index.reader.recipe import Recipe
from index.reader.unanswerable import alter_question


@dataclass(frozen=True, slots=True)
class Row:
    """One sequence of a batch: its tokens, whether it answers, its span and its question."""

    pair: Pair
    label: int
    start: int
    end: int
    group: int


def _span_tokens(pair: Pair, start: int, end: int) -> tuple[int, int] | None:
    inside = [n for n, (a, b) in enumerate(pair.offsets) if b > a and a < end and b > start]
    return (inside[0], inside[-1]) if inside else None


@dataclass(frozen=True, slots=True)
class Material:
    """Examples with the passages they are about.

    Attributes:
        windows: The passages.
        examples: The questions, which name passages by number.
    """

    windows: list[Window]
    examples: list[Example]


@dataclass(frozen=True, slots=True)
class Batch:
    """Some questions of one material.

    Attributes:
        material: Where they come from.
        members: Their numbers in it.
        typed_share: Share of them that are shown as people type them in a chat.
    """

    material: Material
    members: list[int]
    typed_share: float


class Batches:
    """The examples in the order of training, tokenised as they come."""

    def __init__(self, large: Material, practice: Material, recipe: Recipe) -> None:
        self._large = large
        self._practice = practice
        self._recipe = recipe
        self._tokenizer = open_tokenizer(str(packaged_model_folder() / "tokenizer.json"), recipe.max_tokens)

    def plan(self) -> list[Batch]:
        """Return the batches of all phases, in their order."""
        order = list(range(len(self._large.examples)))
        random.Random(self._recipe.seed).shuffle(order)
        plan: list[Batch] = []
        for number, phase in enumerate(self._recipe.phases):
            randomness = random.Random(self._recipe.seed + 1 + number)
            large = self._shuffled(self._large, order[slice(*phase.questions)], randomness, phase.typed_share)
            practice: list[Batch] = []
            wanted = round(phase.steps * phase.practice_share)
            while self._practice.examples and len(practice) < wanted:
                everyone = list(range(len(self._practice.examples)))
                randomness.shuffle(everyone)
                practice += self._shuffled(self._practice, everyone, randomness, 0.0)
            mixed = [*practice[:wanted], *large[: phase.steps - min(wanted, len(practice))]]
            if practice:
                randomness.shuffle(mixed)
            plan += mixed
        return plan

    def _shuffled(
        self, material: Material, order: list[int], randomness: random.Random, typed_share: float
    ) -> list[Batch]:
        """Put questions with passages of like length together, within pools so that the order stays random."""
        size, pool = self._recipe.groups_per_batch, self._recipe.groups_per_batch * 64
        batches: list[Batch] = []
        for start in range(0, len(order), pool):
            members = sorted(order[start : start + pool], key=lambda n: _length(material, material.examples[n]))
            batches.extend(Batch(material, members[at : at + size], typed_share) for at in range(0, len(members), size))
        randomness.shuffle(batches)
        return batches

    def rows(self, batch: Batch, step: int) -> list[Row]:
        """Return the sequences of one batch."""
        randomness = random.Random(f"{self._recipe.seed}-{step}")
        windows = batch.material.windows
        items: list[tuple[str, str, str]] = []
        about: list[tuple[int, int, int, int]] = []
        for group, member in enumerate(batch.members):
            example = batch.material.examples[member]
            titled = randomness.random() < self._recipe.title_kept
            negatives = randomness.sample(example.negatives, min(self._recipe.negatives, len(example.negatives)))
            altered = self._altered(example, windows, randomness)
            typed = randomness.random() < batch.typed_share
            asked = as_typed(example.question, randomness) if typed else example.question
            shown = [(asked, number, 0, -1 if example.positive is None else group) for number in negatives]
            if example.positive is not None:
                shown.insert(0, (asked, example.positive, 1, group))
                if altered:
                    changed = as_typed(altered, randomness) if typed else altered
                    shown.append((changed, example.positive, 0, -1))
            for question, number, label, of_group in shown:
                window = windows[number]
                items.append((question, window.title if titled else "", window.text))
                about.append((label, example.answer_start, example.answer_end, of_group))
        rows = []
        for pair, (label, start, end, group) in zip(encode_pairs(self._tokenizer, items), about, strict=True):
            span = _span_tokens(pair, start, end) if label else (0, 0)
            if span is not None:
                rows.append(Row(pair, label, span[0], span[1], group))
        return rows

    def _altered(self, example: Example, windows: list[Window], randomness: random.Random) -> str | None:
        if example.positive is None or randomness.random() >= self._recipe.altered_share:
            return None
        passage = windows[example.positive].text
        answer = passage[example.answer_start : example.answer_end]
        return alter_question(example.question, passage, answer, randomness)


def _length(material: Material, example: Example) -> int:
    shown = example.negatives[0] if example.positive is None else example.positive
    return len(material.windows[shown].text)
