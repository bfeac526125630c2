"""The reader as a torch module: a BERT read as a cross-encoder, with a relevance head and two span heads.

Training and export only; serving never imports this file.
"""

from pathlib import Path

import numpy as np
import numpy.typing as npt
import torch
from torch import nn
from transformers import BertConfig, BertModel

from index.reader.pairs import MAX_TOKENS
from index.reader.start import Weights

WEIGHTS = "reader.pt"
"""What training leaves in its folder, beside the tokenizer."""
WIDTH = 384
CODES = 16
"""Word embeddings are kept in four bits, 15 steps of the same size in a row."""
CLIPS = (1.0, 0.9, 0.8, 0.7, 0.6)
"""Shares of a row's largest value that the steps may span: a narrower span rounds the many small values better."""


class PackedEmbedding(nn.Module):
    """Word embeddings of four bits: two values a byte and one scale a row.

    They are not trained, so that what is trained on them has already learned to live with their rounding (relative
    squared error 0.011). Written in plain arithmetic, which every ONNX runtime has.
    """

    codes: torch.Tensor
    scales: torch.Tensor

    def __init__(self, rows: int, width: int) -> None:
        super().__init__()
        self.register_buffer("codes", torch.zeros(rows, width // 2, dtype=torch.uint8))
        self.register_buffer("scales", torch.zeros(rows, 1))

    def forward(self, ids: torch.Tensor) -> torch.Tensor:
        """Look up token ids, int64 of any shape; one vector each, float32."""
        pairs = self.codes[ids].float()
        high = torch.floor(pairs / CODES)
        codes = torch.cat((high, pairs - CODES * high), dim=-1)
        return (codes - (CODES - 1) / 2) * self.scales[ids]


def pack(embeddings: npt.NDArray[np.float32]) -> tuple[npt.NDArray[np.uint8], npt.NDArray[np.float32]]:
    """Return the codes, uint8 (rows, width / 2), and scales, float32 (rows, 1), of ``PackedEmbedding``."""
    middle = (CODES - 1) / 2
    largest = np.abs(embeddings).max(axis=1, keepdims=True)
    best = np.full_like(largest, np.inf)
    codes, scales = np.zeros_like(embeddings), np.zeros_like(largest)
    for clip in CLIPS:
        scale = np.maximum(largest * clip / middle, 1e-8)
        tried = np.clip(np.round(embeddings / scale + middle), 0, CODES - 1)
        error = np.square((tried - middle) * scale - embeddings).sum(axis=1, keepdims=True)
        better = error < best
        best, scales = np.where(better, error, best), np.where(better, scale, scales)
        codes = np.where(better, tried, codes)
    high, low = np.split(codes.astype(np.uint8), 2, axis=1)
    return high * CODES + low, scales.astype(np.float32)


class ReaderModel(nn.Module):
    """Question and passage in one sequence, ``[CLS] question [SEP] title passage [SEP]``."""

    def __init__(self, vocabulary: int, layers: int) -> None:
        super().__init__()
        config = BertConfig(
            vocab_size=1,  # the real ones replace them below
            hidden_size=WIDTH,
            num_hidden_layers=layers,
            num_attention_heads=12,
            intermediate_size=4 * WIDTH,
            max_position_embeddings=MAX_TOKENS,
            hidden_dropout_prob=0.0,
            attention_probs_dropout_prob=0.0,
            pad_token_id=0,
        )
        config._attn_implementation = "eager"  # on this size and length as fast on a CPU, and it can be exported
        self.encoder = BertModel(config)
        self.encoder.embeddings.word_embeddings = PackedEmbedding(vocabulary, WIDTH)  # type: ignore[assignment]
        self.relevance = nn.Linear(WIDTH, 1)
        self.span = nn.Linear(WIDTH, 2)

    @classmethod
    def from_start(cls, weights: Weights, rows: list[int], layers: int) -> "ReaderModel":
        """Start from a ranker's weights.

        Args:
            weights: See ``index.reader.start``.
            rows: The rows of its word embeddings that are kept.
            layers: So many layers are kept, the lowest.
        """
        model = cls(len(rows), layers)
        encoder = {
            name: torch.from_numpy(array)
            for name, array in weights.items()
            if not name.startswith(("classifier.", "embeddings.word_"))
            and not (name.startswith("encoder.layer.") and int(name.split(".")[2]) >= layers)
        }
        encoder["embeddings.position_embeddings.weight"] = encoder["embeddings.position_embeddings.weight"][:MAX_TOKENS]
        codes, scales = pack(weights["embeddings.word_embeddings.weight"][rows])
        encoder["embeddings.word_embeddings.codes"] = torch.from_numpy(codes)
        encoder["embeddings.word_embeddings.scales"] = torch.from_numpy(scales)
        model.encoder.load_state_dict(encoder)
        relevance = {name: torch.from_numpy(weights[f"classifier.{name}"]) for name in ("weight", "bias")}
        model.relevance.load_state_dict(relevance)
        return model

    @classmethod
    def open(cls, path: Path) -> "ReaderModel":
        """Open trained weights."""
        state = torch.load(path, weights_only=True)
        layers = 1 + max(int(name.split(".")[3]) for name in state if name.startswith("encoder.encoder.layer."))
        model = cls(len(state["encoder.embeddings.word_embeddings.codes"]), layers)
        model.load_state_dict(state)
        return model

    def freeze(self, layers: int) -> None:
        """Leave the embeddings and the lowest layers as they are."""
        for part in (self.encoder.embeddings, *self.encoder.encoder.layer[:layers]):
            part.requires_grad_(False)

    def forward(
        self, input_ids: torch.Tensor, attention_mask: torch.Tensor, token_type_ids: torch.Tensor
    ) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
        """Read pairs.

        Args:
            input_ids: int64, (batch, tokens).
            attention_mask: int64, (batch, tokens), 1 for a real token.
            token_type_ids: int64, (batch, tokens), 0 for the question, 1 for the passage.

        Returns:
            Relevance logits, float32, (batch,); start logits and end logits, float32, (batch, tokens).
        """
        read = self.encoder(input_ids=input_ids, attention_mask=attention_mask, token_type_ids=token_type_ids)
        spans = self.span(read.last_hidden_state).float()
        return self.relevance(read.pooler_output).float().squeeze(-1), spans[..., 0], spans[..., 1]
