import pytest

from corpus.language import detect_language


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The probe left Earth orbit on Monday and will reach Venus in March, the agency said.", "en"),
        ("Die Sonde verließ am Montag die Erdumlaufbahn und soll im März die Venus erreichen.", "de"),
        ("La sonde a quitté lundi l'orbite terrestre et doit atteindre Vénus en mars.", "fr"),
        ("NASA", ""),
        ("", ""),
        ("\ud800", ""),
    ],
)
def test_a_text_tells_its_language_or_none(text: str, expected: str) -> None:
    assert detect_language(text) == expected
