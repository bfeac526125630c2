"""Making a new question out of the one before: another question word, another name, another period.

Owns the wording only. Where a question cannot be taken apart, what was said is put before it, which a search by meaning
and by words understands as well.
"""

import re
from datetime import datetime

from bot.followup.names import Name, names
from index.periods import find_period

_AUXILIARY = r"(?:is|are|was|were|do|does|did|has|have|had|will|would|can|could|should|may|might|must)(?:n['’]t)?\b"
_HEAD = re.compile(
    rf"^(?:(?P<asking>(?:(?:at|by|for|from|in|on|since|to|until|with)\s+)?"
    rf"(?:how\s+(?:much|many|long|far|fast|high|big|heavy|old|often|soon|large|tall|deep|wide)|what\s+(?:time|day|date|year)"
    rf"|who|whom|whose|what|which|when|where|why|how)\b)(?P<noun>(?:\s+(?!{_AUXILIARY})[\w-]+){{0,3}}?)\s+)?"
    rf"(?P<aux>{_AUXILIARY})\s+(?P<rest>.+)$",
    re.IGNORECASE,
)
_SUBJECT = re.compile(r"^(?:who|what|which)\s+(?P<rest>.+)$", re.IGNORECASE)
_PASSIVE = re.compile(r"^(?:is|are|was|were|has|have|had)\b", re.IGNORECASE)
_BEFORE_PERIOD = re.compile(
    r"\b(?:in|on|at|of|during|since|before|after|until|till|by|from|for|through|around)\s+$", re.I
)
_ONLY_PERIOD = re.compile(
    r"(?:(?:back|way|the|in|on|at|of|during|since|before|after|until|till|by|from|for)\s+)*$", re.I
)
_DETERMINED = re.compile(r"\bthe\s+[\w-]+", re.IGNORECASE)


def body(question: str) -> str:
    """Return a question without what ends it."""
    return question.strip().rstrip("?!. ")


def with_question_word(question: str, word: str) -> str:
    """Return a question that asks for something else of the same thing: "when" after "Where did it land?"."""
    asked, head = body(question), _HEAD.match(body(question))
    word = word[:1].upper() + word[1:]
    if head is None:
        subject = _SUBJECT.match(asked)
        return f"{word} {subject['rest'] if subject else asked}?"
    rest, aux = head["rest"], head["aux"].lower()
    if word == "Who" and _PASSIVE.match(aux):
        word = "By whom"
    noun = (head["noun"] or "").strip()
    # What was counted is still meant: "why?" after "How many rovers did it carry?" is about the rovers.
    counted = f" {noun}" if noun and not rest.lower().endswith(noun.lower()) else ""
    return f"{word} {aux} {rest}{counted}?"


def on_topic(question: str, name: str) -> str:
    """Return a question with what it is about, which it does not say itself."""
    asked = body(question)
    return f"{asked[:1].upper()}{asked[1:]}: {name}?"


def with_name(question: str, name: str) -> str:
    """Return a question about another thing, put in the place of the name that is most like it."""
    asked = body(question)
    replaced = _place_for(asked, name)
    if replaced is None:
        return f"{asked}: {name}?"
    start, end = replaced
    return f"{asked[:start]}{name}{asked[end:]}?"


def with_period(question: str, words: str, asked_at: datetime) -> str:
    """Return a question about another time, in the place of the one that it names."""
    asked = body(question)
    named = find_period(asked, asked_at, ahead=False)
    if named is None:
        return f"{asked} {words}?"
    before = asked[: named.start_char]
    before = _BEFORE_PERIOD.sub("", before)
    return f"{before.rstrip()} {words}{asked[named.end_char :]}?"


def only_period(text: str, asked_at: datetime) -> str | None:
    """Return the words of a text that is nothing but a period, as a question ends with them; otherwise None."""
    for words in (text, f"in {text}"):
        named = find_period(words, asked_at, ahead=False)
        if named is None or words[named.end_char :].strip() or not _ONLY_PERIOD.fullmatch(words[: named.start_char]):
            continue
        return words
    return None


def _place_for(asked: str, name: str) -> tuple[int, int] | None:
    found = [one for one in names(asked) if not one.text.isdigit()]
    wanted = (names(name) or [Name(name, 0, len(name))])[0]
    alike = [
        one for one in found if one.has_number == wanted.has_number and one.is_organisation == wanted.is_organisation
    ]
    for candidates in (alike, [one for one in found if one.is_organisation == wanted.is_organisation], found):
        if candidates:
            return candidates[-1].start_char, candidates[-1].end_char
    determined = list(_DETERMINED.finditer(asked))
    if name.lower().startswith("the ") and determined:
        return determined[-1].start(), determined[-1].end()
    return None
