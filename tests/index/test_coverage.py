import pytest

from index.coverage import coverage, held_terms, names_held
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
    assert coverage(idf, held_terms("Moon news\nThe probe flew. It raised its orbit.", lexicon)) == expected


def test_of_a_text_without_words_nothing_is_covered(lexicon: Lexicon) -> None:
    assert coverage({"probe": 1.0}, held_terms("", lexicon)) == 0.0


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("Who leads Boeing?", 0.0),
        ("Who leads Larkspur?", 1.0),
        ("Did Larkspur or Boeing fly on day 3?", 1 / 3),
        ("Does the USDV belong to Larkspur?", 1.0),
        ("who leads boeing?", 1.0),
        ("What flew?", 1.0),
        ("NASA flew?", 0.0),
        ("", 1.0),
    ],
)
def test_the_share_of_names(lexicon: Lexicon, question: str, expected: float) -> None:
    assert names_held(question, held_terms("Larkspur's Deorbit Vehicle flew.", lexicon), lexicon) == expected
