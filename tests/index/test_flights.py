import pytest

from index.flights import other_flight


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("Murmur 12-4 on a Kestrel 9", "Murmur 12-5 on a Kestrel 9", True),
        ("Crew-11", "Crew 11", False),
        ("Crew-11", "crew of 12", False),
        ("Auk II", "Auk III", True),
        ("MS-27", "MS-28 after MS-27", False),
        ("NG-21 docked", "NG-22 docked", True),
        ("on March 5", "on March 6", False),
        ("Marlin 3", "Marlin 4", True),
        ("Skua 3", "Ibis 8", False),
        ("", "", False),
    ],
)
def test_another_of_the_same_series(one: str, other: str, expected: bool) -> None:
    assert other_flight(one, other) is expected
    assert other_flight(other, one) is expected
