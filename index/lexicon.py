"""Names that mean the same thing in space news.

Owns the alias file: concepts and the phrases that stand for them. A text that holds one of a concept's phrases is
counted as holding the concept, on the side of the question and on the side of the passage alike, so that
"reboost" finds "maintain its orbit". Knows nothing about ranking.
"""

import hashlib
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

from index.errors import LexiconError
from index.terms import stems, tokens

GAP = "..."
MAX_GAP_WORDS = 5
"""At most so many words may stand where a phrase says "..."."""


@dataclass(frozen=True, slots=True)
class Phrase:
    """A phrase as runs of stems; between two runs up to ``MAX_GAP_WORDS`` other words may stand."""

    concept: str
    runs: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Concepts by the first stem of their phrases.

    Attributes:
        phrases: Phrases by first stem.
        names: Concept id to the full name that an encoder understands best.
        fingerprint: Hex digest of the file's meaning; part of a generation's identity.
    """

    phrases: dict[str, tuple[Phrase, ...]]
    names: dict[str, str]
    fingerprint: str

    def concepts(self, text: str) -> list[str]:
        """Return the concepts that a text names, in order, once for each mention."""
        return [concept for concept, _ in self._mentions(stems(tokens(text)))]

    def terms_with_concepts(self, text: str) -> list[str]:
        """Return the concepts of a text as terms that no word can collide with."""
        return [f"§{concept}" for concept in self.concepts(text)]

    def expand(self, text: str) -> str:
        """Return the text followed by the full names of the concepts that it only abbreviates or circumscribes."""
        lower = text.lower()
        seen = dict.fromkeys(self.concepts(text))
        missing = [self.names[concept] for concept in seen if self.names[concept].lower() not in lower]
        return f"{text} ({'; '.join(missing)})" if missing else text

    def _mentions(self, words: list[str]) -> Iterator[tuple[str, int]]:
        for start, word in enumerate(words):
            matched = {phrase.concept for phrase in self.phrases.get(word, ()) if _matches(phrase, words, start)}
            for concept in sorted(matched):
                yield concept, start


def _matches(phrase: Phrase, words: list[str], start: int) -> bool:
    position = start
    for number, run in enumerate(phrase.runs):
        gap = MAX_GAP_WORDS if number else 0
        found = next(
            (at for at in range(position, position + gap + 1) if tuple(words[at : at + len(run)]) == run),
            None,
        )
        if found is None:
            return False
        position = found + len(run)
    return True


def load_lexicon(path: Path | None = None) -> Lexicon:
    """Read the alias file.

    Args:
        path: A maintainer's file; None takes the one that comes with the project.

    Raises:
        LexiconError: The file is absent, is no TOML, or an entry lacks its id, name or phrases.
    """
    where = str(path) if path else "index/lexicon.toml"
    try:
        raw = path.read_text("utf-8") if path else files("index").joinpath("lexicon.toml").read_text("utf-8")
        entries = tomllib.loads(raw)["concept"]
        phrases = [_phrase(entry["id"], alias) for entry in entries for alias in entry["phrases"]]
        names = {entry["id"]: entry["name"] for entry in entries}
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise LexiconError(f"cannot read the lexicon {where}: {error}; mend the file or unset it") from error
    except (KeyError, TypeError) as error:
        raise LexiconError(f"lexicon {where}: each [[concept]] needs id, name and phrases, not {error}") from error
    by_first: dict[str, list[Phrase]] = {}
    for phrase in phrases:
        by_first.setdefault(phrase.runs[0][0], []).append(phrase)
    meaning = repr(sorted((phrase.concept, phrase.runs) for phrase in phrases)) + repr(sorted(names.items()))
    return Lexicon(
        phrases={first: tuple(group) for first, group in by_first.items()},
        names=names,
        fingerprint=hashlib.sha256(meaning.encode()).hexdigest()[:16],
    )


def _phrase(concept: str, alias: str) -> Phrase:
    runs = tuple(tuple(stems(tokens(part))) for part in alias.split(GAP))
    if not all(runs):
        raise LexiconError(f"lexicon concept {concept}: phrase {alias!r} has no words on one side of {GAP!r}")
    return Phrase(concept, runs)
