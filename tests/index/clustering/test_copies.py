"""Copies: printed twice, shortened, lightly edited. Never two reports that only sound alike."""

import numpy as np
from datasketch import MinHash, MinHashLSH
from hypothesis import given, settings
from hypothesis import strategies as st

from index.clustering.copies import BANDS, ROWS, Wording, _proposed, find_copies
from tests.index.clustering.same_stories import TELLINGS

LAUNCH = (
    "A Kestrel rocket carried 24 Murmur internet satellites into orbit from Kiruna on Saturday night at 21:14 UTC. The "
    "booster, on its ninth flight, landed on the barge Tern in the Norwegian Sea eight minutes later. It was the 41st "
    "launch of the year for Norrsken, which runs the network and sells its service in 31 countries. The company says "
    "that the satellites will climb to their final height of 540 kilometres in the next six weeks. Astronomers have "
    "asked for darker ones, since long exposures are crossed by up to 12 streaks a night."
)
NEXT_LAUNCH = (
    LAUNCH.replace("Saturday night at 21:14", "Tuesday night at 20:52")
    .replace("ninth", "fourth")
    .replace("Tern", "Puffin")
    .replace("41st", "42nd")
)
EDITED = LAUNCH.replace("night at", "evening at").replace("which runs", "the operator of").replace("says", "said")
SHORTENED = LAUNCH[: LAUNCH.index(" The company says")]


def labels_of(texts: list[str]) -> list[int]:
    """Return the labels of whole articles, which are read, written down, and read back."""
    wordings = [Wording.from_bytes(Wording.of(text).to_bytes()) for text in texts]
    return [int(label) for label in find_copies(wordings)]


def test_the_same_words_are_one_text_whatever_stands_between_them() -> None:
    texts = [LAUNCH, LAUNCH.upper().replace(". ", ".\n\n"), "Short.", "short", ""]
    assert labels_of(texts) == [0, 0, 2, 2, 4]


def test_a_light_edit_and_a_cut_make_no_other_text() -> None:
    assert labels_of(["Something else altogether.", LAUNCH, EDITED, SHORTENED]) == [0, 1, 1, 1]


def test_the_next_launch_in_the_same_words_is_another_text() -> None:
    assert labels_of([LAUNCH, NEXT_LAUNCH]) == [0, 1]


def test_a_page_of_several_texts_joins_none_of_them() -> None:
    other = " ".join(telling.text for telling in TELLINGS[3:5])
    labels = labels_of([LAUNCH, other, f"{LAUNCH} {other}"])
    assert labels[0] != labels[1]


def test_texts_without_words_are_no_copies_of_each_other() -> None:
    assert labels_of(["", "…", ""]) == [0, 1, 2]
    assert labels_of([]) == []


def test_reports_in_their_own_words_are_no_labels_of() -> None:
    texts = [telling.text for telling in TELLINGS]
    assert labels_of(texts) == list(range(len(texts)))


@given(st.permutations([LAUNCH, EDITED, SHORTENED, NEXT_LAUNCH, TELLINGS[0].text]))
def test_the_order_of_the_texts_changes_nothing(texts: list[str]) -> None:
    labels = labels_of(texts)
    copies = {frozenset(text for text, label in zip(texts, labels, strict=True) if label == one) for one in labels}
    assert copies == {
        frozenset([LAUNCH, EDITED, SHORTENED]),
        frozenset([NEXT_LAUNCH]),
        frozenset([TELLINGS[0].text]),
    }


@settings(max_examples=30, deadline=None)
@given(st.lists(st.lists(st.integers(0, 14), min_size=8, max_size=30), min_size=1, max_size=12))
def test_the_proposed_are_those_of_datasketch(texts: list[list[int]]) -> None:
    index = MinHashLSH(num_perm=BANDS * ROWS, params=(BANDS, ROWS))
    signatures = list(MinHash.generator(texts, num_perm=BANDS * ROWS, hashfunc=int))
    expected = []
    for number, signature in enumerate(signatures):
        expected += [[other, number] for other in sorted(index.query(signature))]
        index.insert(number, signature)
    assert _proposed(np.stack([signature.hashvalues for signature in signatures])).tolist() == expected


def test_a_signature_is_that_of_datasketch() -> None:
    wording = Wording.of(LAUNCH)
    (expected,) = MinHash.generator([wording.runs], num_perm=BANDS * ROWS, hashfunc=int)
    assert wording.signature.tolist() == expected.hashvalues.tolist()
    assert Wording.of("Too short for runs.").signature.tolist() == []
