"""How generations lie in a Milvus: collections, fields, indexes and aliases.

    space_news                             alias of the passages of the generation that answers
    space_news_pinned                      alias of the one that a rollback chose; while both name the same, it stays
    space_news_generations                 what stands, see registry
    space_news_<generation>_passages       vectors, BM25 scores of terms, and where sentences stand
    space_news_<generation>_articles       texts, mean vectors, stories, and the terms of beginnings and names
    space_news_<generation>_terms          number and frequency of every term

Owns names and schemas. A collection is named by its generation and never changes once that is whole, so that an alias
moves all three at once.
"""

import hashlib
import logging
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal, get_args

from pymilvus import CollectionSchema, DataType, MilvusClient, MilvusException
from pymilvus.milvus_client import IndexParams

_log = logging.getLogger(__name__)

CURRENT, PINNED = "space_news", "space_news_pinned"
REGISTRY = f"{CURRENT}_generations"
PASSAGES, ARTICLES, TERMS = "passages", "articles", "terms"
PARTS = (TERMS, ARTICLES, PASSAGES)

UNDATED_SECONDS = -1e15
"""Stands for the date of an article that has none: before everything, so that it passes every upper bound."""
PIECE_CHARS = 16_000
"""A text is cut into pieces of so many characters, each below the 65,535 bytes that a string may have."""
MOST_ROWS = 16_384
"""So many rows at most come with one answer (``quotaAndLimits.limits.maxQueryResultWindow``)."""
NO_TERM = 0
"""The dimension that stands for a passage without a term, since a sparse vector must not be empty; no term has it."""

FLAT_UP_TO = 100_000
IndexKind = Literal["auto", "FLAT", "HNSW", "HNSW_SQ", "IVF_RABITQ", "DISKANN"]
INDEX_KINDS: tuple[str, ...] = get_args(IndexKind)


@dataclass(frozen=True, slots=True)
class DenseIndex:
    """How Milvus finds near vectors.

    Attributes:
        kind: Its name for the index.
        build: What it is built with.
        search: What it is asked with.
    """

    kind: str
    build: dict[str, Any]
    search: dict[str, Any]


_DENSE = {
    "FLAT": DenseIndex("FLAT", {}, {}),
    "HNSW": DenseIndex("HNSW", {"M": 16, "efConstruction": 200}, {"ef": 400}),
    "HNSW_SQ": DenseIndex(
        "HNSW_SQ",
        {"M": 16, "efConstruction": 200, "sq_type": "SQ8", "refine": True, "refine_type": "FP16"},
        {"ef": 400, "refine_k": 2},
    ),
    "IVF_RABITQ": DenseIndex(
        "IVF_RABITQ", {"nlist": 4096, "refine": True, "refine_type": "SQ8"}, {"nprobe": 128, "refine_k": 3}
    ),
    "DISKANN": DenseIndex("DISKANN", {}, {"search_list": 400}),
}


def dense_index(kind: str, n_passages: int) -> DenseIndex:
    """Return the index of a name; ``auto`` chooses by the number of passages."""
    if kind == "auto":
        kind = "FLAT" if n_passages <= FLAT_UP_TO else "HNSW"
    return _DENSE[kind]


def collection(generation: str, part: str) -> str:
    """Return the name of a collection of a generation."""
    return f"{CURRENT}_{generation}_{part}"


def generation_of(collection_name: str) -> str:
    """Return the generation that a collection belongs to."""
    return collection_name.removeprefix(f"{CURRENT}_").rpartition("_")[0]


def key(text: str) -> int:
    """Return a number of 63 bits that stands for a text, so that no expression ever holds words of a person."""
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:8], "big") >> 1


def create(client: MilvusClient, generation: str, part: str, dim: int, dense: DenseIndex, timeout: float) -> None:
    """Create a collection of a generation where it does not stand."""
    name = collection(generation, part)
    schema, indexes = client.create_schema(auto_id=False, enable_dynamic_field=False), client.prepare_index_params()
    _FIELDS[part](schema, indexes, dim, dense)
    schema.add_field("crc", DataType.INT64)
    if client.has_collection(name, timeout=timeout):
        return
    client.create_collection(name, schema=schema, index_params=indexes, consistency_level="Bounded", timeout=timeout)
    if part == ARTICLES:
        _index_lists(client, name, timeout)


def create_registry(client: MilvusClient, timeout: float) -> None:
    """Create the registry where it does not stand."""
    schema, indexes = client.create_schema(auto_id=False, enable_dynamic_field=False), client.prepare_index_params()
    schema.add_field("generation", DataType.VARCHAR, max_length=64, is_primary=True)
    schema.add_field("pieces", DataType.ARRAY, element_type=DataType.VARCHAR, max_capacity=4096, max_length=65_535)
    _add_nothing(schema, indexes)
    if not client.has_collection(REGISTRY, timeout=timeout):
        client.create_collection(
            REGISTRY, schema=schema, index_params=indexes, consistency_level="Strong", timeout=timeout
        )


def _index_lists(client: MilvusClient, name: str, timeout: float) -> None:
    """Index the lists of terms. Milvus Lite cannot, and looks at every row instead, of which it has few."""
    indexes = client.prepare_index_params()
    for name in ("lead_terms", "name_terms"):
        indexes.add_index(name, index_type="INVERTED")
    try:
        client.create_index(name, indexes, timeout=timeout)
    except MilvusException as error:
        _log.info("no index over the beginnings and names of articles: %s", error)


def pieces(text: str) -> list[str]:
    """Cut a text so that each piece fits a string of Milvus; an empty one has no piece."""
    return [text[at : at + PIECE_CHARS] for at in range(0, len(text), PIECE_CHARS)]


def _passage_fields(schema: CollectionSchema, indexes: IndexParams, dim: int, dense: DenseIndex) -> None:
    schema.add_field("number", DataType.INT64, is_primary=True)
    schema.add_field("vector", DataType.FLOAT_VECTOR, dim=dim)
    schema.add_field("terms", DataType.SPARSE_FLOAT_VECTOR)
    schema.add_field("article", DataType.INT64)
    schema.add_field("sentences", DataType.ARRAY, element_type=DataType.INT64, max_capacity=4096)
    _add_facets(schema, indexes)
    indexes.add_index("vector", index_type=dense.kind, metric_type="IP", params=dense.build)
    indexes.add_index("terms", index_type="SPARSE_INVERTED_INDEX", metric_type="IP")


def _article_fields(schema: CollectionSchema, indexes: IndexParams, dim: int, _: DenseIndex) -> None:
    schema.add_field("number", DataType.INT64, is_primary=True)
    schema.add_field("centre", DataType.FLOAT_VECTOR, dim=dim)
    schema.add_field("id_key", DataType.INT64)
    schema.add_field("facts", DataType.ARRAY, element_type=DataType.VARCHAR, max_capacity=4096, max_length=65_535)
    schema.add_field("text", DataType.ARRAY, element_type=DataType.VARCHAR, max_capacity=4096, max_length=65_535)
    schema.add_field("title_key", DataType.INT64)
    schema.add_field("name_terms", DataType.ARRAY, element_type=DataType.INT64, max_capacity=4096)
    schema.add_field("story", DataType.INT64)
    schema.add_field("report", DataType.INT64)
    schema.add_field("lead", DataType.INT64)
    schema.add_field("lead_terms", DataType.ARRAY, element_type=DataType.INT64, max_capacity=4096)
    _add_facets(schema, indexes)
    indexes.add_index("centre", index_type="FLAT", metric_type="IP")
    for name in ("id_key", "title_key", "story"):
        indexes.add_index(name, index_type="INVERTED")


def _term_fields(schema: CollectionSchema, indexes: IndexParams, _: int, __: DenseIndex) -> None:
    schema.add_field("key", DataType.INT64, is_primary=True)
    schema.add_field("number", DataType.INT64)
    schema.add_field("frequency", DataType.INT64)
    _add_nothing(schema, indexes)


def _add_facets(schema: CollectionSchema, indexes: IndexParams) -> None:
    """Add what the filters ask for."""
    schema.add_field("seconds", DataType.DOUBLE)
    schema.add_field("publisher", DataType.INT64)
    schema.add_field("language", DataType.INT64)
    for name in ("seconds", "publisher", "language"):
        indexes.add_index(name, index_type="INVERTED")


def _add_nothing(schema: CollectionSchema, indexes: IndexParams) -> None:
    """Add the vector that every collection must have."""
    schema.add_field("nothing", DataType.FLOAT_VECTOR, dim=2)
    indexes.add_index("nothing", index_type="FLAT", metric_type="IP")


_FIELDS: dict[str, Callable[[CollectionSchema, IndexParams, int, DenseIndex], None]] = {
    PASSAGES: _passage_fields,
    ARTICLES: _article_fields,
    TERMS: _term_fields,
}
