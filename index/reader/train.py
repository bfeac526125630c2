"""Training the reader: ``python -m index.reader.train --data FOLDER --work FOLDER``.

Seeded, and resumable: it writes a checkpoint every few minutes and goes on from there. Owns the recipe; the examples
come from mining, the module from model, the product is made by export.
"""

import argparse
import json
import logging
import pickle
import random
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
import torch
from rich.logging import RichHandler
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    TaskID,
    TextColumn,
    TimeElapsedColumn,
    TimeRemainingColumn,
)
from torch.nn import functional

from index.encoder import Encoder, open_encoder
from index.encoder.base import EncoderSpec
from index.encoder.weights import packaged_model_folder
from index.reader.as_typed import as_typed
from index.reader.mining import Example, Window, mine_examples, read_practice, read_squad
from index.reader.model import ReaderModel
from index.reader.pairs import Pair, encode_pairs, open_tokenizer
from index.reader.unanswerable import alter_question

logger = logging.getLogger("reader.train")

SHAPE_STEP = 16
"""Sequences are padded to a multiple of this: every new shape costs a compiled kernel that stays in memory."""


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


def _tensors(rows: list[Row]) -> tuple[torch.Tensor, ...]:
    longest = -(-max(len(row.pair.ids) for row in rows) // SHAPE_STEP) * SHAPE_STEP
    ids = np.zeros((len(rows), longest), dtype=np.int64)
    mask, types = np.zeros_like(ids), np.zeros_like(ids)
    for at, row in enumerate(rows):
        length = len(row.pair.ids)
        ids[at, :length], types[at, :length], mask[at, :length] = row.pair.ids, row.pair.types, 1
    return torch.from_numpy(ids), torch.from_numpy(mask), torch.from_numpy(types)


def batch_loss(model: ReaderModel, rows: list[Row], recipe: Recipe) -> torch.Tensor:
    """Return the loss of a batch.

    Listwise cross-entropy between the passages of a question, binary cross-entropy on each passage by itself (so
    that the logit means the same across questions), and span cross-entropy where a passage that does not answer
    points to [CLS] (Devlin et al. 2019, section 4.3).
    """
    ids, mask, types = _tensors(rows)
    with torch.autocast("cpu", dtype=torch.bfloat16):
        relevance, starts, ends = model(ids, mask, types)
    hidden = (mask == 0) | ((types == 0) & (torch.arange(ids.shape[1]) > 0))
    starts, ends = starts.masked_fill(hidden, -1e4), ends.masked_fill(hidden, -1e4)
    labels = torch.tensor([row.label for row in rows], dtype=torch.float32)
    spans = functional.cross_entropy(starts, torch.tensor([row.start for row in rows]))
    spans = spans + functional.cross_entropy(ends, torch.tensor([row.end for row in rows]))
    absolute = functional.binary_cross_entropy_with_logits(relevance, labels)
    groups = torch.tensor([row.group for row in rows])
    answered = sorted({row.group for row in rows if row.label})  # a positive may be lost to truncation
    listwise = torch.zeros(())
    for group in answered:
        listwise = listwise + functional.cross_entropy(relevance[groups == group][None], torch.tensor([0]))
    listwise = listwise / max(1, len(answered))
    return spans / 2 + recipe.relevance_weight * listwise + recipe.absolute_weight * absolute


def _optimizer(model: ReaderModel, recipe: Recipe) -> torch.optim.AdamW:
    heads = [*model.relevance.parameters(), *model.span.parameters()]
    body = [weights for weights in model.encoder.parameters() if weights.requires_grad]
    groups = [{"params": body, "lr": recipe.learning_rate}, {"params": heads, "lr": recipe.head_learning_rate}]
    return torch.optim.AdamW(groups, weight_decay=recipe.weight_decay, fused=True)


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


def train(batches: Batches, recipe: Recipe, work: Path, *, checkpoint_minutes: float, progress: Progress) -> Path:
    """Train from the last checkpoint in ``work`` or from the start.

    Returns:
        The file of the trained weights.
    """
    torch.manual_seed(recipe.seed)
    model = ReaderModel.from_packaged_weights().train()
    plan = batches.plan()
    optimizer = _optimizer(model, recipe)
    schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda step: learning_rate_share(recipe, step))
    checkpoint, first = work / "checkpoint.pt", 0
    if checkpoint.exists():
        state = torch.load(checkpoint, weights_only=True)
        model.load_state_dict(state["model"])
        optimizer.load_state_dict(state["optimizer"])
        schedule.load_state_dict(state["schedule"])
        first = int(state["step"])
        logger.info("going on from step %d of %d", first, len(plan))
    bar = progress.add_task("training", total=len(plan), completed=first)
    saved, smooth = time.monotonic(), 0.0
    for step in range(first, len(plan)):
        loss = batch_loss(model, batches.rows(plan[step], step), recipe)
        loss.backward()  # type: ignore[no-untyped-call]
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimizer.step()
        schedule.step()
        optimizer.zero_grad(set_to_none=True)
        smooth = loss.item() if step == first else 0.99 * smooth + 0.01 * loss.item()
        progress.update(bar, completed=step + 1, description=f"training, loss {smooth:.3f}")
        if time.monotonic() - saved > 60 * checkpoint_minutes:
            _save(checkpoint, model, optimizer, schedule, step + 1)
            logger.info("step %d of %d, loss %.4f", step + 1, len(plan), smooth)
            saved = time.monotonic()
    _save(checkpoint, model, optimizer, schedule, len(plan))
    weights = work / "reader.pt"
    torch.save(model.state_dict(), weights)
    logger.info("trained %d steps, loss %.4f", len(plan), smooth)
    return weights


def _save(
    path: Path,
    model: ReaderModel,
    optimizer: torch.optim.AdamW,
    schedule: torch.optim.lr_scheduler.LambdaLR,
    step: int,
) -> None:
    state = {
        "model": model.state_dict(),
        "optimizer": optimizer.state_dict(),
        "schedule": schedule.state_dict(),
        "step": step,
    }
    torch.save(state, path.with_suffix(".tmp"))
    path.with_suffix(".tmp").replace(path)


def _material(name: str, work: Path, mine: Callable[[Encoder], tuple[list[Window], list[Example]]]) -> Material:
    """Mine a material, or read what was mined before."""
    cache = work / f"{name}.pickle"
    if not cache.exists():
        cache.write_bytes(pickle.dumps(mine(open_encoder(EncoderSpec(), work / "models"))))
    windows, examples = pickle.loads(cache.read_bytes())  # written by the line above
    logger.info("%s: %d passages, %d questions", name, len(windows), len(examples))
    return Material(windows, examples)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder with passages.jsonl.gz and questions.jsonl.gz")
    parser.add_argument("--work", type=Path, required=True, help="folder for the mined examples and checkpoints")
    parser.add_argument("--checkpoint-minutes", type=float, default=5.0)
    return parser.parse_args()


def main() -> None:
    """Mine, train, and say where the weights are."""
    arguments = _arguments()
    logging.basicConfig(level=logging.INFO, handlers=[RichHandler(show_path=False)])
    arguments.work.mkdir(parents=True, exist_ok=True)
    recipe = Recipe()
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, TimeRemainingColumn()) as progress:
        bars: dict[str, TaskID] = {}

        def show(stage: str, done: int, total: int) -> None:
            if stage not in bars:
                bars[stage] = progress.add_task(f"mining {stage}")
            progress.update(bars[stage], completed=done, total=total)

        large = _material(
            "examples",
            arguments.work,
            lambda encoder: mine_examples(
                *read_squad(arguments.data), encoder, seed=recipe.seed, siblings=0, on_progress=show
            ),
        )
        practice = _material(
            "practice",
            arguments.work,
            lambda encoder: mine_examples(*read_practice(), encoder, seed=recipe.seed, siblings=2, on_progress=show),
        )
        weights = train(
            Batches(large, practice, recipe),
            recipe,
            arguments.work,
            checkpoint_minutes=arguments.checkpoint_minutes,
            progress=progress,
        )
    (arguments.work / "recipe.json").write_text(json.dumps(asdict(recipe)), "utf-8")
    logger.info("weights in %s; next: python -m index.reader.export", weights)


if __name__ == "__main__":
    main()
