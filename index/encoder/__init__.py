"""Turning text into vectors: sentence-transformers loads and exports, ONNX Runtime serves."""

from index.encoder.base import Encoder, Vectors
from index.encoder.onnx import OnnxEncoder, export_folder, open_encoder

__all__ = ["Encoder", "OnnxEncoder", "Vectors", "export_folder", "open_encoder"]
