"""The reader as a torch module: MiniLM read as a cross-encoder, with a relevance head and two span heads.

Training and export only; serving never imports this file.
"""

import torch
from torch import nn
from transformers import BertModel

from index.encoder.weights import packaged_model_folder


class ReaderModel(nn.Module):
    """Question and passage in one sequence, ``[CLS] question [SEP] title passage [SEP]``."""

    def __init__(self, encoder: BertModel) -> None:
        super().__init__()
        self.encoder = encoder
        width = encoder.config.hidden_size
        self.relevance = nn.Linear(width, 1)
        self.span = nn.Linear(width, 2)

    @classmethod
    def from_packaged_weights(cls) -> "ReaderModel":
        """Start from the default encoder's weights; its word embeddings stay as they are."""
        encoder = BertModel.from_pretrained(
            str(packaged_model_folder()),
            add_pooling_layer=False,
            attn_implementation="eager",  # on this size and length twice as fast on a CPU as the fused kernel
            hidden_dropout_prob=0.0,
            attention_probs_dropout_prob=0.0,
        )
        encoder.embeddings.word_embeddings.requires_grad_(False)
        return cls(encoder)

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
        hidden = self.encoder(
            input_ids=input_ids, attention_mask=attention_mask, token_type_ids=token_type_ids
        ).last_hidden_state
        spans = self.span(hidden).float()
        return self.relevance(hidden[:, 0]).float().squeeze(-1), spans[..., 0], spans[..., 1]
