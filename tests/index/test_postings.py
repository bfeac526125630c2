import bm25s
import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from index.lexical import K1, B
from index.postings import bm25_postings

documents = st.lists(st.lists(st.sampled_from("abcdefgh"), max_size=12), min_size=1, max_size=12)


@given(documents.filter(any))
def test_the_scores_are_those_of_bm25s(docs: list[list[str]]) -> None:
    vocabulary: dict[str, int] = {}
    numbered = [[vocabulary.setdefault(term, len(vocabulary)) for term in document] for document in docs]
    engine = bm25s.BM25(k1=K1, b=B, method="lucene")
    engine.index((numbered, dict(vocabulary)), create_empty_token=False, show_progress=False)

    found = bm25_postings(docs, k1=K1, b=B)

    assert found.vocabulary == vocabulary
    assert found.n_documents == len(docs)
    np.testing.assert_array_equal(found.starts, engine.scores["indptr"])
    np.testing.assert_array_equal(found.indices, engine.scores["indices"])
    np.testing.assert_array_equal(found.data, engine.scores["data"])


def test_nothing_but_empty_documents() -> None:
    found = bm25_postings([[], []], k1=K1, b=B)

    assert (found.vocabulary, found.n_documents) == ({}, 2)
    assert (found.data.tolist(), found.indices.tolist(), found.starts.tolist()) == ([], [], [0])


def test_documents_may_come_one_at_a_time() -> None:
    docs = [["a", "b"], ["b"], []]

    lazily, at_once = bm25_postings(iter(docs), k1=K1, b=B), bm25_postings(docs, k1=K1, b=B)

    np.testing.assert_array_equal(lazily.data, at_once.data)
    assert lazily.n_documents == 3
