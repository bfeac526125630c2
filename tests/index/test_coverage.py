import pytest

from index.coverage import coverage
from index.lexicon import Lexicon


@pytest.mark.parametrize(
    ("idf", "expected"),
    [
        ({"probe": 2.0, "moon": 1.0, "zebra": 1.0}, 0.75),
        ({"probe": 2.0}, 1.0),
        ({"zebra": 2.0}, 0.0),
        ({"§reboost": 3.0, "zebra": 1.0}, 0.75),
        ({"the": 1.0, "probe": 3.0}, 0.75),
        ({}, 0.0),
    ],
)
def test_the_weighted_share_of_terms(lexicon: Lexicon, idf: dict[str, float], expected: float) -> None:
    assert coverage(idf, "Moon news\nThe probe flew. It raised its orbit.", lexicon) == expected


def test_of_a_text_without_words_nothing_is_covered(lexicon: Lexicon) -> None:
    assert coverage({"probe": 1.0}, "", lexicon) == 0.0
