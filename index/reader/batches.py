"""What the reader is shown in training, batch by batch.

Owns the order of the examples and how each is shown. Learning from it is train's work.
"""

import random
import re
from collections.abc import Iterator
from dataclasses import dataclass

from tokenizers import Tokenizer

from corpus import Span
from index.errors import EvaluationError
from index.reader.as_typed import as_typed
from index.reader.mining import Example, Window
from index.reader.pairs import Pair, encode_pairs
from index.reader.recipe import Phase, Recipe
from index.reader.unanswerable import alter_question

_WORD = re.compile(r"\S+")


@dataclass(frozen=True, slots=True)
class Row:
    """One sequence of a batch.

    Attributes:
        pair: Its tokens.
        label: 1 where it answers, otherwise 0.
        start: Number of the answer's first token; 0, the first of all, where it does not answer.
        end: The same of its last.
        sentence: Numbers of the first and last token of the sentence that answers.
        group: Which of the batch's questions it belongs to; -1 for none that the batch answers.
    """

    pair: Pair
    label: int
    start: int
    end: int
    sentence: tuple[int, int]
    group: int


def _span_tokens(pair: Pair, start: int, end: int) -> tuple[int, int] | None:
    inside = [n for n, (a, b) in enumerate(pair.offsets) if b > a and a < end and b > start]
    return (inside[0], inside[-1]) if inside else None


def _answering_sentence(windows: list[Window], example: Example) -> Span:
    """Return where the sentence stands, or the sentences, that hold the answer."""
    answer = Span(example.answer_start, example.answer_end)
    if example.positive is None:
        return answer
    holding = [
        one
        for one in windows[example.positive].sentences
        if one.start_char < answer.end_char and answer.start_char < one.end_char
    ]
    return Span(holding[0].start_char, holding[-1].end_char) if holding else answer


@dataclass(frozen=True, slots=True)
class Material:
    """Examples with the passages they are about.

    Attributes:
        windows: The passages.
        examples: The questions, which name passages by number.
    """

    windows: list[Window]
    examples: list[Example]

    def texts(self) -> Iterator[str]:
        """Yield every passage and every question."""
        yield from (window.text for window in self.windows)
        yield from (example.question for example in self.examples)


@dataclass(frozen=True, slots=True)
class Batch:
    """Some questions of one material.

    Attributes:
        material: Where they come from.
        members: Their numbers in it.
        negatives: So many passages that do not answer are shown with each at most.
        typed_share: Share of them that are shown as people type them in a chat.
        crop_words: Passages are cut to so many words; 0 shows them whole.
    """

    material: Material
    members: list[int]
    negatives: int
    typed_share: float = 0.0
    crop_words: int = 0


class Batches:
    """The examples in the order of training, tokenised as they come."""

    def __init__(self, large: Material, practice: Material, recipe: Recipe, tokenizer: Tokenizer) -> None:
        """Put the parts together.

        Args:
            large: The large set.
            practice: The practice articles.
            recipe: How they are mixed and shown.
            tokenizer: Cuts pairs, see ``index.reader.pairs.open_tokenizer``.
        """
        self._large = large
        self._practice = practice
        self._recipe = recipe
        self._tokenizer = tokenizer

    def plan(self) -> list[Batch]:
        """Return the batches of all phases, in their order.

        Raises:
            EvaluationError: A phase takes more questions than there are.
        """
        order = list(range(len(self._large.examples)))
        random.Random(self._recipe.seed).shuffle(order)
        plan: list[Batch] = []
        for number, phase in enumerate(self._recipe.phases):
            randomness = random.Random(self._recipe.seed + 1 + number)
            large = self._large_batches(order[slice(*phase.questions)], randomness, phase)
            practice: list[Batch] = []
            wanted = round(phase.steps * phase.practice_share)
            while self._practice.examples and len(practice) < wanted:
                everyone = list(range(len(self._practice.examples)))
                randomness.shuffle(everyone)
                practice += [
                    Batch(self._practice, members, self._recipe.practice_negatives)
                    for members in self._members(self._practice, everyone, randomness)
                ]
            mixed = [*practice[:wanted], *large[: phase.steps - min(wanted, len(practice))]]
            if len(mixed) < phase.steps:
                raise EvaluationError(
                    f"phase {number + 1} of the training takes {phase.steps} batches, but its questions fill "
                    f"{len(mixed)}; give --data a larger set, or change index/reader/recipe.py"
                )
            if practice:
                randomness.shuffle(mixed)
            plan += mixed
        return plan

    def _large_batches(self, order: list[int], randomness: random.Random, phase: Phase) -> list[Batch]:
        return [
            Batch(self._large, members, self._recipe.negatives, phase.typed_share, phase.crop_words)
            for members in self._members(self._large, order, randomness)
        ]

    def _members(self, material: Material, order: list[int], randomness: random.Random) -> list[list[int]]:
        """Put questions with passages of like length together, within pools so that the order stays random."""
        size, pool = self._recipe.groups_per_batch, self._recipe.groups_per_batch * 64
        batches: list[list[int]] = []
        for start in range(0, len(order), pool):
            members = sorted(order[start : start + pool], key=lambda n: _length(material, material.examples[n]))
            batches.extend(members[at : at + size] for at in range(0, len(members), size))
        randomness.shuffle(batches)
        return batches

    def rows(self, batch: Batch, step: int) -> list[Row]:
        """Return the sequences of one batch."""
        randomness = random.Random(f"{self._recipe.seed}-{step}")
        windows = batch.material.windows
        items: list[tuple[str, str, str]] = []
        about: list[tuple[int, int, int, Example]] = []
        for group, member in enumerate(batch.members):
            example = batch.material.examples[member]
            titled = randomness.random() < self._recipe.title_kept
            negatives = randomness.sample(example.negatives, min(batch.negatives, len(example.negatives)))
            altered = self._altered(example, windows, randomness)
            typed = randomness.random() < batch.typed_share
            asked = as_typed(example.question, randomness) if typed else example.question
            cut = None
            shown = [(asked, number, 0, -1 if example.positive is None else group) for number in negatives]
            if example.positive is not None:
                shown.insert(0, (asked, example.positive, 1, group))
                if altered:
                    changed = as_typed(altered, randomness) if typed else altered
                    shown.append((changed, example.positive, 0, -1))
            for question, number, label, of_group in shown:
                window = windows[number]
                if number == example.positive:  # a changed question is shown the very words that answered it
                    answer = (example.answer_start, example.answer_end)
                    cut = cut or crop(window.text, answer, batch.crop_words, randomness)
                    start, end = cut
                else:
                    start, end = crop(window.text, None, batch.crop_words, randomness)
                items.append((question, window.title if titled else "", window.text[start:end]))
                about.append((label, start, of_group, example))
        rows = []
        for pair, (label, cut_at, group, example) in zip(encode_pairs(self._tokenizer, items), about, strict=True):
            if not label:
                rows.append(Row(pair, label, 0, 0, (0, 0), group))
                continue
            span = _span_tokens(pair, example.answer_start - cut_at, example.answer_end - cut_at)
            sentence = _answering_sentence(windows, example)
            around = _span_tokens(pair, sentence.start_char - cut_at, sentence.end_char - cut_at)
            if span and around:
                rows.append(Row(pair, label, *span, around, group))
        return rows

    def _altered(self, example: Example, windows: list[Window], randomness: random.Random) -> str | None:
        if example.positive is None or randomness.random() >= self._recipe.altered_share:
            return None
        passage = windows[example.positive].text
        answer = passage[example.answer_start : example.answer_end]
        return alter_question(example.question, passage, answer, randomness)


def crop(text: str, answer: tuple[int, int] | None, words: int, randomness: random.Random) -> tuple[int, int]:
    """Return a half-open range of a text that holds so many words, and the answer if there is one.

    Args:
        text: The text.
        answer: Where the answer stands in it, half-open, in code points.
        words: How many; 0 takes the whole text.
        randomness: Decides where it starts.
    """
    starts = [word.start() for word in _WORD.finditer(text)]
    if not words or len(starts) <= words:
        return 0, len(text)
    last = len(starts) - words
    if answer is None:
        first = randomness.randint(0, last)
    else:
        at = max(number for number, start in enumerate(starts) if start <= answer[0])
        to = max(number for number, start in enumerate(starts) if start < answer[1])
        first = randomness.randint(min(at, max(0, to - words + 1)), min(at, last))
    end = starts[first + words] if first + words < len(starts) else len(text)
    return starts[first], max(end, answer[1]) if answer else end


def _length(material: Material, example: Example) -> int:
    shown = example.negatives[0] if example.positive is None else example.positive
    return len(material.windows[shown].text)
