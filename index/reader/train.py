"""Training the reader: ``python -m index.reader.train --data FOLDER --work FOLDER``.

Seeded, and resumable: it writes a checkpoint every few minutes and goes on from there. Owns the recipe; the examples
come from mining, the module from model, the product is made by export.
"""

import argparse
import json
import logging
import math
import pickle
import random
import time
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from rich.logging import RichHandler
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn, TimeRemainingColumn
from torch.nn import functional

from index.encoder import open_encoder
from index.encoder.base import EncoderSpec
from index.encoder.weights import packaged_model_folder
from index.reader.mining import Example, Window, mine_examples
from index.reader.model import ReaderModel
from index.reader.pairs import Pair, encode_pairs, open_tokenizer
from index.reader.unanswerable import alter_question

logger = logging.getLogger("reader.train")

SHAPE_STEP = 16
"""Sequences are padded to a multiple of this: every new shape costs a compiled kernel that stays in memory."""


@dataclass(frozen=True, slots=True)
class Recipe:
    """Everything that decides the product, besides the data.

    Attributes:
        seed: For the order, the drawn negatives and the altered questions.
        learning_rate: At its peak; warmed up over ``warmup`` of the steps, then down to zero along a line.
        head_learning_rate: The same for the new heads.
        groups_per_batch: Questions in a batch, each with its passages.
        negatives: Passages that do not answer, for every question at most.
        title_kept: Share of examples whose title is shown.
        altered_share: Share of questions that are also shown changed, with the passage that no longer answers.
        max_tokens: Longest sequence in training; serving may read longer ones.
        questions: At most so many questions are used.
        steps: At most so many batches are trained on; the learning rate reaches zero there.
        relevance_weight: Weight of the listwise loss beside the span loss.
        absolute_weight: Weight of the loss of each passage by itself.
    """

    seed: int = 13
    learning_rate: float = 1e-4
    head_learning_rate: float = 1e-3
    warmup: float = 0.05
    weight_decay: float = 0.01
    groups_per_batch: int = 8
    negatives: int = 2
    title_kept: float = 0.8
    altered_share: float = 0.3
    max_tokens: int = 176
    questions: int = 50_000
    steps: int = 5_000
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


class Batches:
    """The examples in the order of training, tokenised as they come."""

    def __init__(self, windows: list[Window], examples: list[Example], recipe: Recipe) -> None:
        self._windows = windows
        self._recipe = recipe
        self._tokenizer = open_tokenizer(str(packaged_model_folder() / "tokenizer.json"), recipe.max_tokens)
        order = list(range(len(examples)))
        random.Random(recipe.seed).shuffle(order)
        self._examples = [examples[n] for n in order[: recipe.questions]]
        self._lengths = [len(windows[example.positive].text) for example in self._examples]

    def __len__(self) -> int:
        return math.ceil(len(self._examples) / self._recipe.groups_per_batch)

    def plan(self) -> list[list[int]]:
        """Put questions with passages of like length together, within pools so that the order stays random."""
        size, pool = self._recipe.groups_per_batch, self._recipe.groups_per_batch * 64
        plan: list[list[int]] = []
        for start in range(0, len(self._examples), pool):
            members = sorted(range(start, min(start + pool, len(self._examples))), key=lambda n: self._lengths[n])
            plan.extend(members[at : at + size] for at in range(0, len(members), size))
        random.Random(self._recipe.seed + 1).shuffle(plan)
        return plan

    def rows(self, members: list[int], step: int) -> list[Row]:
        """Return the sequences of one batch."""
        randomness = random.Random(f"{self._recipe.seed}-{step}")
        items: list[tuple[str, str, str]] = []
        about: list[tuple[int, int, int, int]] = []
        for group, member in enumerate(members):
            example = self._examples[member]
            titled = randomness.random() < self._recipe.title_kept
            negatives = randomness.sample(example.negatives, min(self._recipe.negatives, len(example.negatives)))
            for number in (example.positive, *negatives):
                window = self._windows[number]
                items.append((example.question, window.title if titled else "", window.text))
                positive = number == example.positive
                about.append((int(positive), example.answer_start, example.answer_end, group))
            altered = self._altered(example, randomness)
            if altered:
                window = self._windows[example.positive]
                items.append((altered, window.title if titled else "", window.text))
                about.append((0, 0, 0, -1))
        rows = []
        for pair, (label, start, end, group) in zip(encode_pairs(self._tokenizer, items), about, strict=True):
            span = _span_tokens(pair, start, end) if label else (0, 0)
            if span is not None:
                rows.append(Row(pair, label, span[0], span[1], group))
        return rows

    def _altered(self, example: Example, randomness: random.Random) -> str | None:
        if randomness.random() >= self._recipe.altered_share:
            return None
        passage = self._windows[example.positive].text
        answer = passage[example.answer_start : example.answer_end]
        return alter_question(example.question, passage, answer, randomness)


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


def _schedule(optimizer: torch.optim.AdamW, recipe: Recipe, steps: int) -> torch.optim.lr_scheduler.LambdaLR:
    warm = max(1, int(recipe.warmup * steps))
    return torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda step: min((step + 1) / warm, max(0.0, (steps - step) / (steps - warm)))
    )


def train(batches: Batches, recipe: Recipe, work: Path, *, checkpoint_minutes: float, progress: Progress) -> Path:
    """Train from the last checkpoint in ``work`` or from the start.

    Returns:
        The file of the trained weights.
    """
    torch.manual_seed(recipe.seed)
    model = ReaderModel.from_packaged_weights().train()
    plan = batches.plan()[: recipe.steps]
    optimizer = _optimizer(model, recipe)
    schedule = _schedule(optimizer, recipe, len(plan))
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


def _examples(data: Path, work: Path, seed: int, progress: Progress) -> tuple[list[Window], list[Example]]:
    cache = work / "examples.pickle"
    if not cache.exists():
        bars = {stage: progress.add_task(f"mining {stage}", total=None) for stage in ("passages", "questions")}
        mined = mine_examples(
            data,
            open_encoder(EncoderSpec(), work / "models"),
            seed=seed,
            on_progress=lambda stage, done, total: progress.update(bars[stage], completed=done, total=total),
        )
        cache.write_bytes(pickle.dumps(mined))
    loaded: tuple[list[Window], list[Example]] = pickle.loads(cache.read_bytes())  # written just above
    return loaded


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder with passages.jsonl.gz and questions.jsonl.gz")
    parser.add_argument("--work", type=Path, required=True, help="folder for the mined examples and checkpoints")
    parser.add_argument("--questions", type=int, default=Recipe().questions, help="use at most so many questions")
    parser.add_argument("--checkpoint-minutes", type=float, default=5.0)
    return parser.parse_args()


def main() -> None:
    """Mine, train, and say where the weights are."""
    arguments = _arguments()
    logging.basicConfig(level=logging.INFO, handlers=[RichHandler(show_path=False)])
    arguments.work.mkdir(parents=True, exist_ok=True)
    recipe = Recipe(questions=arguments.questions)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, TimeRemainingColumn()) as progress:
        windows, examples = _examples(arguments.data, arguments.work, recipe.seed, progress)
        logger.info("%d windows, %d questions", len(windows), len(examples))
        batches = Batches(windows, examples, recipe)
        weights = train(
            batches, recipe, arguments.work, checkpoint_minutes=arguments.checkpoint_minutes, progress=progress
        )
    (arguments.work / "recipe.json").write_text(json.dumps(recipe.__getstate__(), default=str), "utf-8")
    logger.info("weights in %s; next: python -m index.reader.export", weights)


if __name__ == "__main__":
    main()
