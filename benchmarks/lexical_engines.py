"""Three BM25 engines behind one interface: bm25s, tantivy and SQLite FTS5.

Owns how each is built, opened and asked, with k1 = 1.2 and b = 0.75, which two of them do not let one change. Measures
nothing. A document is one line of text: terms of ours, joined by spaces, or raw text for an engine's own analysis.
"""

import sqlite3
from array import array
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Protocol

import bm25s
import numpy as np
import numpy.typing as npt
import tantivy

N_DAYS = 1000
WANTED_DAYS = 100
"""The filter of the benchmark: documents of the first 100 of 1,000 days, a tenth of them."""

K1, B = 1.2, 0.75

Hits = list[tuple[int, float]]
"""Document number and score, best first, equal scores by document number."""


def day_of(number: int) -> int:
    """Return the made-up day on which a document was published."""
    return number * 7919 % N_DAYS


class Engine(Protocol):
    """One way to search; a new object for each process."""

    name: str

    def build(self, documents: Iterable[str], folder: Path) -> None:
        """Index documents, numbered from 0 in order, into an empty folder."""

    def add(self, documents: Sequence[str], first_number: int, folder: Path) -> bool:
        """Add documents to a built index, or return False where only building anew does it."""

    def open(self, folder: Path) -> None:
        """Make a built index ready for questions."""

    def search(self, query: str, limit: int, *, filtered: bool = False) -> Hits:
        """Return the best documents for the terms of a query, all of them optional."""


class Bm25sEngine:
    """Scores every document of every term ahead of time; memory-mapped NumPy arrays."""

    name = "bm25s"

    def build(self, documents: Iterable[str], folder: Path) -> None:
        """Number the terms by first appearance: bm25s itself would number them in the order of a set of strings."""
        vocabulary: dict[str, int] = {}
        ids = [array("i", (vocabulary.setdefault(t, len(vocabulary)) for t in line.split())) for line in documents]
        engine = bm25s.BM25(k1=K1, b=B, method="lucene")
        engine.index((ids, vocabulary), show_progress=False)
        engine.save(folder, show_progress=False)

    def add(self, documents: Sequence[str], first_number: int, folder: Path) -> bool:
        """Scores hold the document frequencies of the whole corpus, so nothing can be added."""
        return False

    def open(self, folder: Path) -> None:
        """Map the arrays; only the vocabulary is read."""
        self._engine = bm25s.BM25.load(folder, mmap=True)
        n_documents = self._engine.scores["num_docs"]
        self._wanted = np.arange(n_documents, dtype=np.int64) * 7919 % N_DAYS < WANTED_DAYS

    def search(self, query: str, limit: int, *, filtered: bool = False) -> Hits:
        """Score all documents, then take the best."""
        ids = self._engine.get_tokens_ids(query.split())
        scores: npt.NDArray[np.float32] = self._engine.get_scores_from_ids(ids)
        if filtered:
            scores *= self._wanted
        (found,) = np.nonzero(scores)  # few of all, so the rest works on these
        if len(found) > limit:
            found = found[scores[found] >= np.partition(scores[found], -limit)[-limit]]
        best = found[np.argsort(-scores[found], kind="stable")][:limit]
        return [(int(number), float(scores[number])) for number in best]


class TantivyEngine:
    """A Rust engine in the manner of Lucene; immutable segments, memory-mapped."""

    def __init__(self, *, own_analysis: bool = False) -> None:
        self.name = "tantivy, own analysis (en_stem)" if own_analysis else "tantivy"
        if own_analysis:
            plain = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.simple()).filter(tantivy.Filter.lowercase())
            self._analyzer = plain.filter(tantivy.Filter.stemmer("english")).build()
        else:
            self._analyzer = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace()).build()

    def build(self, documents: Iterable[str], folder: Path) -> None:
        """Write with one thread into as few segments as the default merge policy leaves."""
        schema = tantivy.SchemaBuilder().add_text_field("body", tokenizer_name="ours", index_option="freq")
        schema = schema.add_integer_field("number", fast=True).add_integer_field("day", fast=True, indexed=True)
        index = tantivy.Index(schema.build(), path=str(folder))
        self._write(index, documents, first_number=0)

    def add(self, documents: Sequence[str], first_number: int, folder: Path) -> bool:
        """Add a segment."""
        self._write(tantivy.Index.open(str(folder)), documents, first_number)
        return True

    def _write(self, index: tantivy.Index, documents: Iterable[str], first_number: int) -> None:
        index.register_tokenizer("ours", self._analyzer)
        writer = index.writer(heap_size=256_000_000, num_threads=1)
        for number, line in enumerate(documents, start=first_number):
            writer.add_document(tantivy.Document(body=line, number=number, day=day_of(number)))
        writer.commit()
        writer.wait_merging_threads()

    def open(self, folder: Path) -> None:
        """Map the segments."""
        self._index = tantivy.Index.open(str(folder))
        self._searcher = self._index.searcher()

    def search(self, query: str, limit: int, *, filtered: bool = False) -> Hits:
        """Ask for any of the terms; the engine skips what cannot reach the best (block-max WAND)."""
        schema = self._index.schema
        terms = [tantivy.Query.term_query(schema, "body", t, "freq") for t in self._analyzer.analyze(query)]
        asked = tantivy.Query.boolean_query([(tantivy.Occur.Should, term) for term in terms])
        if filtered:
            days = tantivy.Query.range_query(schema, "day", tantivy.FieldType.Integer, 0, WANTED_DAYS - 1)
            free = tantivy.Query.const_score_query(days, 0.0)
            asked = tantivy.Query.boolean_query([(tantivy.Occur.Must, asked), (tantivy.Occur.Must, free)])
        hits = self._searcher.search(asked, limit, count=False).hits
        numbers = self._searcher.fast_field_values("number", [address for _, address in hits])
        found = [(int(number or 0), float(score)) for number, (score, _) in zip(numbers, hits, strict=True)]
        return sorted(found, key=lambda hit: (-hit[1], hit[0]))


class Fts5Engine:
    """The full-text index inside SQLite; one file, no stored text."""

    def __init__(self, *, own_analysis: bool = False) -> None:
        self.name = "SQLite FTS5, own analysis (porter)" if own_analysis else "SQLite FTS5"
        everything_but_spaces = "unicode61 remove_diacritics 0 categories 'L* M* N* P* S* C*'"
        self._tokenize = "porter unicode61" if own_analysis else everything_but_spaces

    def build(self, documents: Iterable[str], folder: Path) -> None:
        """Fill a contentless table and merge it into one segment."""
        database = sqlite3.connect(folder / "lexical.db")
        with database:
            database.execute(f'CREATE VIRTUAL TABLE body USING fts5(text, content="", tokenize="{self._tokenize}")')
            database.execute("CREATE TABLE published (number INTEGER PRIMARY KEY, day INTEGER NOT NULL)")
            self._insert(database, documents, first_number=0)
            database.execute("INSERT INTO body(body) VALUES ('optimize')")
        database.execute("VACUUM")
        database.close()

    def add(self, documents: Sequence[str], first_number: int, folder: Path) -> bool:
        """Insert into the same file."""
        database = sqlite3.connect(folder / "lexical.db")
        with database:
            self._insert(database, documents, first_number)
        database.close()
        return True

    @staticmethod
    def _insert(database: sqlite3.Connection, documents: Iterable[str], first_number: int) -> None:
        for number, line in enumerate(documents, start=first_number):
            database.execute("INSERT INTO body (rowid, text) VALUES (?, ?)", (number, line))
            database.execute("INSERT INTO published VALUES (?, ?)", (number, day_of(number)))

    def open(self, folder: Path) -> None:
        """Open the file for reading, mapped into memory."""
        self._database = sqlite3.connect(f"file:{folder / 'lexical.db'}?mode=ro&immutable=1", uri=True)
        self._database.execute(f"PRAGMA mmap_size = {2**31 - 1}")

    def search(self, query: str, limit: int, *, filtered: bool = False) -> Hits:
        """Ask for any of the terms; FTS5 scores each document that has one, and its scores are lower-is-better."""
        where = f"AND +rowid IN (SELECT number FROM published WHERE day < {WANTED_DAYS})" if filtered else ""
        any_term = " OR ".join('"{}"'.format(term.replace('"', '""')) for term in query.split())
        rows = self._database.execute(
            f"SELECT rowid, -rank FROM body WHERE body MATCH ? {where} ORDER BY rank, rowid LIMIT ?", (any_term, limit)
        )
        return rows.fetchall()


ENGINES: dict[str, type[Bm25sEngine] | type[TantivyEngine] | type[Fts5Engine]] = {
    "bm25s": Bm25sEngine,
    "tantivy": TantivyEngine,
    "fts5": Fts5Engine,
}
