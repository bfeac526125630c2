"""Questions as people type them in a chat.

The questions of a reading-comprehension set are whole sentences that borrow the passage's words; a chat's are often
a handful of words with a slip in them. Owns the turning of the one into the other, for training only: the passage and
the answer stay as they are.
"""

import random
import re
from collections.abc import Callable

_WORD = re.compile(r"\w+(?:['’.,-]\w+)*")
_VERBS = "is|was|are|were|do|does|did|has|have|had|can|could|will|would|should|may|might|must"

_LEADS: tuple[tuple[str, tuple[str, ...]], ...] = (
    (r"how many", ("number of", "count of", "how many")),
    (r"how much", ("amount of", "how much")),
    (r"how (?:long|much time)", ("duration", "length", "how long")),
    (r"how far", ("distance", "how far")),
    (r"how fast", ("speed", "how fast")),
    (r"how (?:big|large|wide)", ("size", "how big")),
    (r"how (?:high|tall)", ("height", "altitude", "how high")),
    (r"how old", ("age", "how old")),
    (r"how often", ("frequency", "how often")),
    (r"(?:in|on|during|since) (?:what|which) (year|day|date|month|century|decade)", (r"\1", r"\1 of", "date")),
    (r"(?:at )?what time", ("time", "time of")),
    (rf"(?:in|at|on|to|from) (?:what|which) (?!(?:{_VERBS})\b)([a-z]+)", (r"\1", r"which \1")),
    (r"what (?:is|was|are|were) the names? of", ("name of", "name", "")),
    (r"what (?:is|was|are|were) the", ("",)),
    (r"(?:what|which) (?:kind|type|sort) of", ("type of", "kind of")),
    (rf"(?:what|which) (?!(?:{_VERBS})\b)([a-z]+)", (r"\1", r"which \1", r"name of \1")),
    (r"what", ("what", "")),
    (r"who(?:se|m)?", ("name of who", "who", "person", "name")),
    (r"when", ("date", "day", "when", "time")),
    (r"where", ("location", "place", "site", "where")),
    (r"why", ("reason", "cause", "why")),
)
"""What a question begins with, and what stands for it in a handful of words."""

_LEAD = [(re.compile(rf"^{pattern}\b", re.IGNORECASE), forms) for pattern, forms in _LEADS]
_DROPPED = frozenset(
    "a an the did do does was were is are be been being has have had will would that which there it its of in on at "
    "to for by with from".split()
)
_ALWAYS_DROPPED = frozenset("a an the did do does was were is are there".split())


def as_typed(question: str, randomness: random.Random) -> str:
    """Return a question as somebody in a hurry might type it."""
    changed = randomness.choices((_telegraphic, _casual, _lower), weights=(5, 2, 2))[0](question, randomness)
    if randomness.random() < 0.2:
        changed = _slip(changed, randomness)
    return changed or question


def _lower(question: str, randomness: random.Random) -> str:
    del randomness
    return question.rstrip(" ?").lower()


def _casual(question: str, randomness: random.Random) -> str:
    before = randomness.choice(("so ", "hey, ", "anyone know ", "do we know ", "remind me, ", "tell me ", ""))
    after = randomness.choice(("", "", " again", " exactly", "??", " in the end"))
    return before + question.rstrip(" ?").lower() + after


def _telegraphic(question: str, randomness: random.Random) -> str:
    bare = question.strip().rstrip(" ?")
    lead = ""
    for pattern, forms in _LEAD:
        match = pattern.match(bare)
        if match:
            lead = match.expand(randomness.choice(forms))
            bare = bare[match.end() :]
            break
    dropped = _DROPPED if randomness.random() < 0.5 else _ALWAYS_DROPPED
    kept = [word for word in _WORD.findall(bare.lower()) if word not in dropped]
    if not kept:
        return question
    asked = lead.lower().split()
    # "launch date" as well as "date launch": what is asked for stands at either end.
    ordered = [*kept, *(word for word in asked if word != "of")] if randomness.random() < 0.5 else [*asked, *kept]
    return " ".join(ordered)


def _slip(question: str, randomness: random.Random) -> str:
    words = question.split(" ")
    long = [number for number, word in enumerate(words) if len(word) > 4 and word.isalpha()]
    if not long:
        return question
    number = randomness.choice(long)
    words[number] = randomness.choice(_SLIPS)(words[number], randomness.randrange(1, len(words[number]) - 1))
    return " ".join(words)


_SLIPS: tuple[Callable[[str, int], str], ...] = (
    lambda word, at: word[:at] + word[at + 1 :],
    lambda word, at: word[:at] + word[at + 1] + word[at] + word[at + 2 :],
    lambda word, at: word[:at] + word[at] + word[at:],
)
"""A letter left out, two letters swapped, a letter twice."""
