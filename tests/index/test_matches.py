"""What is found by stopping early is what adding up everything finds, to the last bit."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index import matches
from index.fusion import rank
from index.lexical import LexicalIndex

TERMS = [*"abcdef", "§x", "§y"]
documents = st.lists(st.lists(st.sampled_from(TERMS), max_size=12), min_size=1, max_size=30).filter(any)
questions = st.lists(st.sampled_from([*TERMS, "unknown"]), max_size=6, unique=True)


def by_adding_up(index: LexicalIndex, asked: list[str], limit: int, allowed: np.ndarray) -> list[int]:
    scores = np.where(allowed, index.scores(asked), 0)
    matching = np.flatnonzero(scores)
    return [int(number) for number in matching[rank(scores[matching], matching, limit)]]


@pytest.mark.parametrize("long_list", [0, 5_000])
@settings(max_examples=150, deadline=None)
@given(docs=documents, asked=questions, limit=st.integers(1, 12), data=st.data())
def test_the_best_are_those_of_the_sums(
    long_list: int, docs: list[list[str]], asked: list[str], limit: int, data: st.DataObject
) -> None:
    allowed = np.asarray(data.draw(st.lists(st.booleans(), min_size=len(docs), max_size=len(docs))))
    index = LexicalIndex.build(docs)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(matches, "LONG_LIST", long_list)
        assert index.search(asked, limit, allowed).tolist() == by_adding_up(index, asked, limit, allowed)
        everything = np.ones(len(docs), dtype=np.bool_)
        assert index.search(asked, limit).tolist() == by_adding_up(index, asked, limit, everything)


@settings(max_examples=60, deadline=None)
@given(docs=documents, asked=questions)
def test_the_scores_of_some_are_the_scores_of_all(docs: list[list[str]], asked: list[str]) -> None:
    index = LexicalIndex.build(docs)
    numbers = np.arange(len(docs))[::-1]
    assert index.scores_of(asked, numbers).tolist() == index.scores(asked)[numbers].tolist()
    assert index.scores_of(asked, numbers[:0]).tolist() == []


def test_who_holds_a_term() -> None:
    index = LexicalIndex.build([["a"], ["b", "a"], []])
    assert index.holding("a").tolist() == [True, True, False]
    assert index.holding("unknown").tolist() == [False, False, False]


def test_a_frequent_term_is_looked_up_and_not_added_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(matches, "LONG_LIST", 0)
    index = LexicalIndex.build([["often", f"filler{n % 7}"] for n in range(400)] + [["rare", "often"]] * 3)
    looked_up: list[int] = []
    of = matches.Column.of

    def noted(column: matches.Column, numbers: matches.Numbers) -> matches.Scores:
        if column.passages.size > 100:
            looked_up.append(len(numbers))
        return of(column, numbers)

    monkeypatch.setattr(matches.Column, "of", noted)
    assert index.search(["often", "rare"], 2).tolist() == [400, 401]
    assert max(looked_up) == 3
