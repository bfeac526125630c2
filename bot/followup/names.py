"""What a question is about: its names, and which of them "it" or "they" means.

Owns finding names by how they are written: a run of words with capitals or digits, in which small words may stand.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from bot.followup.readings import Previous
from index.calendar_periods import MONTHS, WEEKDAYS
from index.terms import STOPWORDS

_WORD = re.compile(r"[^\W_][\w.’'/-]*[^\W_]|[^\W_]")
_POSSESSIVE = re.compile(r"['’]s?$")
_DETERMINED = re.compile(r"\bthe (?:\w+est )?[\w-]+", re.IGNORECASE)
"""What stands for a name where a question has none: "the perigee", "the largest telescope"."""
_INSIDE = frozenset("of the de la van von al".split())
"""Small words that may stand within a name: "Bank of America"."""
_ASKING = frozenset("tell show list name explain give how since until may might must shall according".split())
_NEVER = STOPWORDS | _ASKING | MONTHS.keys() | frozenset(WEEKDAYS)
_ORGANISATIONS = frozenset(
    "nasa|esa|jaxa|isro|roscosmos|cnsa|csa|noaa|faa|spacex|boeing|ula|arianespace|airbus|northrop grumman|axiom|ispace"
    "|lockheed martin|blue origin|rocket lab|virgin galactic|relativity|firefly|astrobotic|intuitive machines".split(
        "|"
    )
)
"""Who launches rather than is launched: "it" rarely means one of them, and "they" often does."""
_KNOWN_SMALL = re.compile(
    r"\b(?:"
    + "|".join(sorted(_ORGANISATIONS))
    + r"|mercury|venus|mars|jupiter|saturn|uranus|neptune|pluto|titan|europa|ceres"
    r"|apollo|artemis|orion|starship|starlink|starliner|dragon|soyuz|ariane|vega|vulcan|electron|neutron|hubble|webb|jwst"
    r"|iss|sls|voyager|juno|cassini|perseverance|curiosity|ingenuity)\b",
    re.IGNORECASE,
)
"""Names that people write small: "who runs nasa?"."""


@dataclass(frozen=True, slots=True)
class Name:
    """A name where it stands in a text.

    Attributes:
        text: The name, without a possessive ending.
        start_char: Where it starts.
        end_char: Where it ends.
    """

    text: str
    start_char: int
    end_char: int

    @property
    def has_number(self) -> bool:
        """Whether it names one of a series, as "Crew-5" does."""
        return any(character.isdigit() for character in self.text)

    @property
    def is_organisation(self) -> bool:
        """Whether it is somebody who builds or launches things."""
        return self.text.lower() in _ORGANISATIONS


def names(text: str) -> list[Name]:
    """Return the names in a text, in order; one that merely begins the sentence with a capital is taken for one too."""
    return [_name(text, run) for run in _runs(list(_WORD.finditer(text)))]


def own_names(question: str) -> list[Name]:
    """Return what a question names itself; its first word is no name for its capital alone, but for a known one's."""
    found = [name for name in names(question) if name.start_char > 0 or " " in name.text or name.has_number]
    return found or [Name(small[0], small.start(), small.end()) for small in _KNOWN_SMALL.finditer(question)]


def topic(previous: Previous, pronoun: str = "it") -> str | None:
    """Return what a pronoun means after a question was answered, or None where nothing tells.

    "it" is one of a series before anything else, and an organisation last; "they" is an organisation first. A person,
    or what the question has no word for, comes from the quote.
    """
    asked = [name for name in names(previous.question) if not name.text.isdigit()]
    quoted = [name.text for quote in previous.quoted for name in names(quote.sentence)]
    if pronoun in ("he", "she", "him", "her", "his"):
        known = previous.question.lower()
        people = [name for name in quoted if " " in name and name.lower() not in known]
        return people[0].split(" of ")[0] if people else _first(asked)
    if pronoun in ("they", "them", "their"):
        return _first(sorted(asked, key=lambda name: not name.is_organisation)) or _first_text(quoted)
    best = sorted(asked, key=lambda name: (name.is_organisation, not name.has_number))
    return _first(best) or _first_text(_DETERMINED.findall(previous.question)) or _first_text(quoted)


def _runs(words: list[re.Match[str]]) -> Iterator[list[re.Match[str]]]:
    """Yield the runs of words that make a name each."""
    run: list[re.Match[str]] = []
    for at, word in enumerate(words):
        if _is_part(word[0], run, words[at + 1 :]) and (not run or _adjoins(run[-1], word)):
            run.append(word)
            continue
        if run:
            yield run
        run = [word] if _is_part(word[0], [], words[at + 1 :]) else []
    if run:
        yield run


def _is_part(word: str, run: list[re.Match[str]], following: list[re.Match[str]]) -> bool:
    if run:
        if word.lower() in _INSIDE:
            return bool(following) and following[0][0][0].isupper()
        if word[0].isdigit():
            return True
    if word.lower() in _NEVER and not (word.isupper() and len(word) > 1 and word.lower() not in _ASKING):
        return False
    if word[0].isupper():
        return True
    has_digit = any(character.isdigit() for character in word)
    if has_digit and word[0].isalpha():
        return True  # "crew-5"
    # "falcon 9": one of a series, written small
    return word.isalpha() and bool(following) and re.fullmatch(r"\d{1,2}", following[0][0]) is not None


def _adjoins(last: re.Match[str], word: re.Match[str]) -> bool:
    return word.string[last.end() : word.start()].strip(" ") == ""


def _name(text: str, run: list[re.Match[str]]) -> Name:
    start, end = run[0].start(), run[-1].end()
    end -= len(text[start:end]) - len(_POSSESSIVE.sub("", text[start:end]))
    return Name(text[start:end], start, end)


def _first(found: list[Name]) -> str | None:
    return found[0].text if found else None


def _first_text(found: list[str]) -> str | None:
    return found[0] if found else None
