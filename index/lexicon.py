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
from index.terms import stems, tokenise, tokens

GAP = "..."
CONCEPT_MARK = "§"
"""No word begins with it."""
MAX_GAP_WORDS = 5
"""At most so many words may stand where a phrase says "..."."""


@dataclass(frozen=True, slots=True)
class Phrase:
    """A phrase as runs of stems; between two runs up to ``MAX_GAP_WORDS`` other words may stand.

    Attributes:
        concept: What it stands for.
        runs: The stems.
        interchangeable: Whether it may take the place of the concept's other phrases; otherwise it only touches on it.
    """

    concept: str
    runs: tuple[tuple[str, ...], ...]
    interchangeable: bool


@dataclass(frozen=True, slots=True)
class Mention:
    """A phrase where it stands in a text.

    Attributes:
        phrase: The phrase.
        runs: For each of its runs, the half-open range of code points.
    """

    phrase: Phrase
    runs: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Concepts by the first stem of their phrases.

    Attributes:
        phrases: Phrases by first stem, the longest first.
        names: Concept id to the full name that an encoder understands best.
        fingerprint: Hex digest of the file's meaning; part of a generation's identity.
    """

    phrases: dict[str, tuple[Phrase, ...]]
    names: dict[str, str]
    fingerprint: str

    def mentions(self, text: str) -> Iterator[Mention]:
        """Yield the mentions in a text in order; of one concept's phrases that start at the same word, the longest."""
        found = tokenise(text)
        words = stems([token.text for token in found])
        for start, word in enumerate(words):
            named = set()
            for phrase in self.phrases.get(word, ()):
                runs = None if phrase.concept in named else _match(phrase, words, start)
                if runs is not None:
                    named.add(phrase.concept)
                    yield Mention(phrase, tuple((found[a].start_char, found[b - 1].end_char) for a, b in runs))

    def concepts(self, text: str) -> list[str]:
        """Return the concepts that a text names, in order, once for each mention."""
        return [mention.phrase.concept for mention in self.mentions(text)]

    def terms_with_concepts(self, text: str) -> list[str]:
        """Return the concepts of a text as terms that no word can collide with."""
        return [concept_term(concept) for concept in self.concepts(text)]

    def expand(self, text: str) -> str:
        """Return the text followed by the full names of the concepts that it only abbreviates or circumscribes."""
        lower = text.lower()
        seen = dict.fromkeys(self.concepts(text))
        missing = [self.names[concept] for concept in seen if self.names[concept].lower() not in lower]
        return f"{text} ({'; '.join(missing)})" if missing else text


def concept_term(concept: str) -> str:
    """Return the term that stands for a concept."""
    return f"{CONCEPT_MARK}{concept}"


def is_concept(term: str) -> bool:
    """Tell whether a term stands for a concept."""
    return term.startswith(CONCEPT_MARK)


def _match(phrase: Phrase, words: list[str], start: int) -> list[tuple[int, int]] | None:
    """Return the range of words of each run, or None where the phrase does not stand there."""
    matched: list[tuple[int, int]] = []
    position = start
    for run in phrase.runs:
        gap = MAX_GAP_WORDS if matched else 0
        places = range(position, position + gap + 1)
        found = next((at for at in places if tuple(words[at : at + len(run)]) == run), None)
        if found is None:
            return None
        position = found + len(run)
        matched.append((found, position))
    return matched


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
        phrases = [
            _phrase(entry["id"], alias, interchangeable=interchangeable)
            for entry in entries
            for interchangeable, listed in ((True, entry["phrases"]), (False, entry.get("related", [])))
            for alias in _listed(listed)
        ]
        names = {entry["id"]: entry["name"] for entry in entries}
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise LexiconError(f"cannot read the lexicon {where}: {error}; mend the file or unset it") from error
    except (KeyError, TypeError, AttributeError) as error:
        raise LexiconError(
            f"lexicon {where}: each [[concept]] needs an id, a name and a list of phrases ({error!r}); mend the file"
        ) from error
    by_first: dict[str, list[Phrase]] = {}
    for phrase in phrases:
        by_first.setdefault(phrase.runs[0][0], []).append(phrase)
    for group in by_first.values():
        group.sort(key=lambda phrase: (-sum(map(len, phrase.runs)), phrase.concept, phrase.runs))
    meaning = repr(sorted((phrase.concept, phrase.runs, phrase.interchangeable) for phrase in phrases))
    meaning += repr(sorted(names.items()))
    return Lexicon(
        phrases={first: tuple(group) for first, group in by_first.items()},
        names=names,
        fingerprint=hashlib.sha256(meaning.encode()).hexdigest()[:16],
    )


def _listed(phrases: list[str]) -> list[str]:
    if not isinstance(phrases, list):
        raise TypeError(f"phrases = {phrases!r} is no list")
    return phrases


def _phrase(concept: str, alias: str, *, interchangeable: bool) -> Phrase:
    # A phrase in capitals is a name: "US" must not be found in "tell us".
    runs = tuple(tuple(stems(tokens(part, shouting=False))) for part in alias.split(GAP))
    if not all(runs):
        raise LexiconError(f"lexicon concept {concept}: phrase {alias!r} has no words on one side of {GAP!r}")
    return Phrase(concept, runs, interchangeable)
