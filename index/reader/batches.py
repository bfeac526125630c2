"""What the reader is shown in training, batch by batch.

Owns the order of the examples and how each is shown: its passages, or single sentences of them. Learning from it is
train's work.
"""

import random
from dataclasses import dataclass, replace
from functools import lru_cache

from corpus import Span
from corpus.sentences import split_sentences
from index.encoder.weights import packaged_model_folder
from index.reader.as_typed import as_typed
from index.reader.mining import Example, Window
from index.reader.pairs import Pair, encode_pairs, open_tokenizer
from index.reader.recipe import Phase, Recipe
from index.reader.unanswerable import alter_question

NO_ANSWER = Span(0, 0)


@dataclass(frozen=True, slots=True)
class Row:
    """One sequence of a batch: its tokens, whether it answers, its span and its question."""

    pair: Pair
    label: int
    start: int
    end: int
    group: int


@dataclass(frozen=True, slots=True)
class Shown:
    """A text that a question is asked of.

    Attributes:
        title: The headline over it.
        text: A passage, or a sentence of one behind the sentence before it.
        answer: Where the answer stands in the text, in code points; empty where it does not answer.
    """

    title: str
    text: str
    answer: Span = NO_ANSWER

    @property
    def answers(self) -> bool:
        """Whether the answer stands in it."""
        return self.answer.end_char > self.answer.start_char


def _span_tokens(pair: Pair, answer: Span) -> tuple[int, int] | None:
    inside = [n for n, (a, b) in enumerate(pair.offsets) if b > a and a < answer.end_char and b > answer.start_char]
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
        closely: Whether they are asked of single sentences.
    """

    material: Material
    members: list[int]
    typed_share: float
    closely: bool


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
            large = self._shuffled(self._large, order[slice(*phase.questions)], randomness, phase, phase.typed_share)
            practice: list[Batch] = []
            wanted = round(phase.steps * phase.practice_share)
            while self._practice.examples and len(practice) < wanted:
                everyone = list(range(len(self._practice.examples)))
                randomness.shuffle(everyone)
                practice += self._shuffled(self._practice, everyone, randomness, phase, 0.0)
            mixed = [*practice[:wanted], *large[: phase.steps - min(wanted, len(practice))]]
            if practice:
                randomness.shuffle(mixed)
            plan += mixed
        return plan

    def _shuffled(
        self, material: Material, order: list[int], randomness: random.Random, phase: Phase, typed_share: float
    ) -> list[Batch]:
        """Put questions with passages of like length together, within pools so that the order stays random."""
        size, pool = self._recipe.groups_per_batch, self._recipe.groups_per_batch * 64
        batches: list[Batch] = []
        for start in range(0, len(order), pool):
            members = sorted(order[start : start + pool], key=lambda n: _length(material, material.examples[n]))
            batches.extend(
                Batch(material, members[at : at + size], typed_share, randomness.random() < phase.close_share)
                for at in range(0, len(members), size)
            )
        randomness.shuffle(batches)
        return batches

    def rows(self, batch: Batch, step: int) -> list[Row]:
        """Return the sequences of one batch."""
        randomness = random.Random(f"{self._recipe.seed}-{step}")
        asked: list[tuple[str, Shown, int]] = []
        for group, member in enumerate(batch.members):
            example = batch.material.examples[member]
            asked += self._asked(example, batch, group, randomness)
        pairs = encode_pairs(self._tokenizer, [(question, shown.title, shown.text) for question, shown, _ in asked])
        rows = []
        for pair, (_, shown, group) in zip(pairs, asked, strict=True):
            span = _span_tokens(pair, shown.answer) if shown.answers else (0, 0)
            if span is not None:
                rows.append(Row(pair, int(shown.answers), span[0], span[1], group))
        return rows

    def _asked(
        self, example: Example, batch: Batch, group: int, randomness: random.Random
    ) -> list[tuple[str, Shown, int]]:
        """Ask one question of its texts, and perhaps a changed one of the text that answers."""
        windows, recipe = batch.material.windows, self._recipe
        negatives = [
            windows[n] for n in randomness.sample(example.negatives, min(recipe.negatives, len(example.negatives)))
        ]
        typed = randomness.random() < batch.typed_share
        titled = randomness.random() < recipe.title_kept
        texts = self._sentences(example, windows, negatives, randomness) if batch.closely else []
        texts = texts or _passages(example, windows, negatives)
        texts = texts if titled else [replace(text, title="") for text in texts]
        question = as_typed(example.question, randomness) if typed else example.question
        asked = [(question, text, group if example.positive is not None else -1) for text in texts]
        if example.positive is not None and randomness.random() < recipe.altered_share:
            text = texts[0]
            altered = alter_question(example.question, text.text, text.answer.of(text.text), randomness)
            if altered:
                changed = as_typed(altered, randomness) if typed else altered
                asked.append((changed, replace(text, answer=NO_ANSWER), -1))
        return asked

    def _sentences(
        self, example: Example, windows: list[Window], negatives: list[Window], randomness: random.Random
    ) -> list[Shown]:
        """Return sentences, each behind the one before it: the one that answers, some beside it, one of each negative.

        Nothing where the answer runs over the end of a sentence.
        """
        far = [
            Shown(window.title, randomness.choice(close_spans(window.text))[0].of(window.text)) for window in negatives
        ]
        if example.positive is None:
            return far
        window = windows[example.positive]
        answer = Span(example.answer_start, example.answer_end)
        words = answer.of(window.text).casefold()
        answering, beside = None, []
        for span, sentence in close_spans(window.text):
            if sentence.start_char <= answer.start_char and answer.end_char <= sentence.end_char:
                moved = Span(answer.start_char - span.start_char, answer.end_char - span.start_char)
                answering = Shown(window.title, span.of(window.text), moved)
            elif words not in span.of(window.text).casefold():
                beside.append(Shown(window.title, span.of(window.text)))
        near = randomness.sample(beside, min(self._recipe.beside, len(beside)))
        return [answering, *near, *far] if answering else []


def _passages(example: Example, windows: list[Window], negatives: list[Window]) -> list[Shown]:
    """Return whole passages, the one that answers first."""
    texts = [Shown(window.title, window.text) for window in negatives]
    if example.positive is not None:
        window = windows[example.positive]
        texts.insert(0, Shown(window.title, window.text, Span(example.answer_start, example.answer_end)))
    return texts


@lru_cache(maxsize=50_000)
def close_spans(text: str) -> tuple[tuple[Span, Span], ...]:
    """Return each sentence of a passage: its range with the sentence before it, and its own."""
    sentences = split_sentences(text)
    before = [sentences[0], *sentences]
    return tuple(
        (Span(first.start_char, sentence.end_char), sentence)
        for first, sentence in zip(before, sentences, strict=False)
    )


def _length(material: Material, example: Example) -> int:
    shown = example.negatives[0] if example.positive is None else example.positive
    return len(material.windows[shown].text)
