import pytest

from index.terms import STOPWORDS, stems, terms, tokens


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The U.S. told us", ["the", "u.s", "told", "us"]),
        ("Tell us what the US does", ["tell", "us", "what", "the", "u.s", "does"]),
        ("WHO said it? The WHO.", ["w.h.o", "said", "it", "the", "w.h.o"]),
        ("I am A pilot", ["i", "am", "a", "pilot"]),
        ("NASA's probe, the astronauts' visit", ["nasa", "probe", "the", "astronauts", "visit"]),
        ("NASA’s probe", ["nasa", "probe"]),
        ("the US's plan", ["the", "u.s", "plan"]),
        ("Chang'e-6 and Chang’e", ["chang'e", "6", "and", "chang'e"]),
        ("1,500 kg, 12,000.5 m, 3.5 t", ["1500", "kg", "12000.5", "m", "3.5", "t"]),
        ("on the 1st, 2nd", ["on", "the", "1st", "2nd"]),
        ("re-entry of LOP-G", ["re", "entry", "of", "lop", "g"]),
        ("snake_case", ["snake", "case"]),
        ("Über Łódź", ["über", "łódź"]),
        ("… — !", []),
        ("", []),
    ],
)
def test_tokens(text: str, expected: list[str]) -> None:
    assert tokens(text) == expected


def test_capitals_mean_nothing_in_a_text_without_lower_case() -> None:
    assert tokens("WHO TOLD US ABOUT NASA'S U.S. LAB?") == ["who", "told", "us", "about", "nasa", "u.s", "lab"]
    assert terms("WHO TOLD US?") == ["told"]


def test_a_caller_can_say_that_capitals_do_mean_something() -> None:
    assert tokens("US", shouting=False) == ["u.s"]
    assert tokens("The US", shouting=True) == ["the", "us"]


def test_terms_are_stems_of_what_is_no_function_word_in_order_and_repeated() -> None:
    assert terms("The stations raised their orbits, and orbiting stations raise it") == [
        "station",
        "rais",
        "orbit",
        "orbit",
        "station",
        "rais",
    ]


def test_the_country_and_the_pronoun_are_told_apart() -> None:
    assert terms("The U.S. launches") == terms("the US launches") == [*stems(["u.s"]), "launch"]
    assert terms("let us launch") == ["let", "launch"]


def test_a_name_that_spells_a_function_word_is_kept() -> None:
    assert "who" in STOPWORDS
    assert terms("The WHO and who") == ["w.h.o"]
