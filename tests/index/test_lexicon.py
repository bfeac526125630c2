from pathlib import Path

import pytest

from index.errors import LexiconError
from index.lexicon import MAX_GAP_WORDS, Lexicon, load_lexicon
from tests.index.texts import LEXICON


def read(folder: Path, text: str) -> Lexicon:
    path = folder / "own.toml"
    path.write_text(text, "utf-8")
    return load_lexicon(path)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Who controls the reboost?", ["reboost"]),
        ("Two reboosts, both reboosting", ["reboost", "reboost"]),
        ("It raises its orbit", ["reboost"]),
        ("raised orbit", ["reboost"]),
        ("raising one two three four five orbits", ["reboost"]),
        ("raising one two three four five six orbits", []),
        ("its orbit is raised", []),
        ("raise", []),
        ("Keep it aloft with the USDV", ["reboost", "usdv"]),
        ("the US paid the United States", ["us", "us"]),
        ("tell us about it", []),
        ("two tugs", ["usdv"]),
        ("", []),
    ],
)
def test_concepts_of_a_text(lexicon: Lexicon, text: str, expected: list[str]) -> None:
    assert lexicon.concepts(text) == expected


def test_the_gap_is_as_wide_as_it_says() -> None:
    assert MAX_GAP_WORDS == 5


def test_a_mention_says_where_it_stands(lexicon: Lexicon) -> None:
    text = "Now it raises the outpost's orbit with a tug."
    raising, tug = lexicon.mentions(text)
    assert [text[start:end] for start, end in raising.runs] == ["raises", "orbit"]
    assert (raising.phrase.concept, raising.phrase.interchangeable) == ("reboost", True)
    assert [text[start:end] for start, end in tug.runs] == ["tug"]
    assert (tug.phrase.concept, tug.phrase.interchangeable) == ("usdv", False)


def test_concepts_become_terms_that_no_word_can_be(lexicon: Lexicon) -> None:
    assert lexicon.terms_with_concepts("The USDV keeps it aloft") == ["§usdv", "§reboost"]


def test_expand_adds_the_names_that_are_missing_once(lexicon: Lexicon) -> None:
    expanded = lexicon.expand("When does the USDV reboost or keep it aloft?")
    assert expanded == "When does the USDV reboost or keep it aloft? (Deorbit Vehicle; raise its orbit with engines)"


def test_expand_leaves_a_text_that_says_the_name_or_has_no_concept(lexicon: Lexicon) -> None:
    assert lexicon.expand("What is the DEORBIT vehicle, the USDV?") == "What is the DEORBIT vehicle, the USDV?"
    assert lexicon.expand("What is new?") == "What is new?"


def test_the_lexicon_that_comes_with_the_project() -> None:
    lexicon = load_lexicon()
    assert lexicon.concepts("Who controls the reboost of the ISS?") == ["reboost", "iss"]
    assert set(lexicon.concepts("Can you tell us about Mars?")) == {"mars"}
    assert set(lexicon.names) >= {phrase.concept for phrases in lexicon.phrases.values() for phrase in phrases}


def test_the_fingerprint_follows_the_meaning_and_not_the_wording(tmp_path: Path) -> None:
    fingerprint = read(tmp_path, LEXICON).fingerprint
    assert len(fingerprint) == 16
    assert read(tmp_path, "# a remark\n" + LEXICON.replace(" = ", "=")).fingerprint == fingerprint
    reordered = "\n[[concept]]".join(["", *reversed(LEXICON.split("\n[[concept]]")[1:])])
    assert read(tmp_path, reordered).fingerprint == fingerprint
    for old, new in (
        ("keep ... aloft", "keep ... up"),
        ("related", "related_once"),
        ('"Deorbit Vehicle"\n', '"Vehicle"\n'),
        ('"usdv"', '"tug"'),
    ):
        assert old in LEXICON
        assert read(tmp_path, LEXICON.replace(old, new)).fingerprint != fingerprint


def test_an_absent_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(LexiconError, match=r"cannot read the lexicon .*absent\.toml: .*mend the file or unset it"):
        load_lexicon(tmp_path / "absent.toml")


def test_a_file_that_is_no_toml(tmp_path: Path) -> None:
    with pytest.raises(LexiconError, match=r"cannot read the lexicon .*own\.toml: Expected .*; mend the file"):
        read(tmp_path, "[[concept")


def test_a_file_that_is_no_text(tmp_path: Path) -> None:
    (tmp_path / "own.toml").write_bytes(b"\xff\xfe")
    with pytest.raises(LexiconError, match="cannot read the lexicon"):
        load_lexicon(tmp_path / "own.toml")


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("", "KeyError\\('concept'\\)"),
        ('[[concept]]\nname = "a"\nphrases = ["b"]', "KeyError\\('id'\\)"),
        ('[[concept]]\nid = "a"\nphrases = ["b"]', "KeyError\\('name'\\)"),
        ('[[concept]]\nid = "a"\nname = "b"', "KeyError\\('phrases'\\)"),
        ('[[concept]]\nid = "a"\nname = "b"\nphrases = "ISS"', "phrases = 'ISS' is no list"),
        ('[[concept]]\nid = "a"\nname = "b"\nphrases = [5]', "'int' object"),
        ('[concept]\nid = "a"', "string indices"),
    ],
)
def test_an_entry_that_lacks_something(tmp_path: Path, text: str, problem: str) -> None:
    with pytest.raises(LexiconError, match=f"needs an id, a name and a list of phrases .*{problem}.*mend the file"):
        read(tmp_path, text)


@pytest.mark.parametrize("phrase", ["", "...", "raise ...", "... orbit", "raise ... !! ... orbit"])
def test_a_phrase_without_words(tmp_path: Path, phrase: str) -> None:
    entry = f'[[concept]]\nid = "up"\nname = "b"\nphrases = ["fine", "{phrase}"]'
    with pytest.raises(LexiconError) as caught:
        read(tmp_path, entry)
    assert str(caught.value) == f"lexicon concept up: phrase {phrase!r} has no words on one side of '...'"
