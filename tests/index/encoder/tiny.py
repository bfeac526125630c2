"""A sentence-transformers model of our own: random weights, two layers of 32 units, the packaged vocabulary."""

import json
import shutil
from pathlib import Path

from index.encoder.weights import packaged_file

MAX_TOKENS = 48
DIM = 32

_COPIED = ("modules.json", "tokenizer.json", "tokenizer_config.json", "special_tokens_map.json", "vocab.txt")


def save_tiny_model(folder: Path, *, seed: int) -> None:
    """Write the model as a model from the hub lies on disk."""
    import torch
    from transformers import BertConfig, BertModel

    torch.manual_seed(seed)
    config = BertConfig(
        hidden_size=DIM,
        num_hidden_layers=2,
        num_attention_heads=2,
        intermediate_size=64,
        max_position_embeddings=64,
        initializer_range=0.3,  # enough for texts to differ
    )
    BertModel(config).save_pretrained(folder)
    for name in _COPIED:
        shutil.copy(packaged_file(name), folder)
    (folder / "sentence_bert_config.json").write_text(json.dumps({"max_seq_length": MAX_TOKENS}), "utf-8")
    pooling = {"word_embedding_dimension": DIM, "pooling_mode_mean_tokens": True}
    (folder / "1_Pooling").mkdir()
    (folder / "1_Pooling" / "config.json").write_text(json.dumps(pooling), "utf-8")
