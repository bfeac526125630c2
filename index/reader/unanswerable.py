"""Questions that look answerable and are not.

A passage that shares every word with a question but one can still not answer it. Each rule changes one thing in a
real question (a name, a number, an opposite, a negation), as people did when they wrote SQuAD 2.0 (Rajpurkar et al.
2018, table 2), so that the reader learns to check all of it.
"""

import random
import re

_NUMBER = re.compile(r"\b\d{1,4}\b")
_NAME = re.compile(r"\b[A-Z][\w'’-]+(?:\s+(?:of\s+|the\s+)?[A-Z][\w'’-]+)*")
_AUXILIARY = re.compile(r"\b(did|does|do|was|were|is|are|has|have|had|can|could|will|would|should)\b", re.IGNORECASE)
_WORD = re.compile(r"[A-Za-z]+")
_QUESTION_WORDS = frozenset("what who whom whose which when where why how in on at for the a an by to from of".split())

NEGATED_SHARE = 0.1
"""Negation fits nearly every question; more of it would teach that "not" means "no answer"."""

OPPOSITES = dict(
    pair
    for left, right in (
        ("first", "last"), ("largest", "smallest"), ("highest", "lowest"), ("most", "least"), ("before", "after"),
        ("more", "fewer"), ("north", "south"), ("east", "west"), ("northern", "southern"), ("eastern", "western"),
        ("increase", "decrease"), ("increased", "decreased"), ("male", "female"), ("oldest", "youngest"),
        ("start", "end"), ("started", "ended"), ("begin", "end"), ("began", "ended"), ("open", "close"),
        ("opened", "closed"), ("early", "late"), ("major", "minor"), ("best", "worst"), ("won", "lost"),
        ("win", "lose"),
        ("upper", "lower"), ("inside", "outside"), ("support", "oppose"), ("supported", "opposed"), ("hot", "cold"),
        ("minimum", "maximum"), ("earliest", "latest"), ("longest", "shortest"), ("fastest", "slowest"),
        ("arrive", "depart"), ("arrived", "departed"), ("launch", "land"), ("launched", "landed"), ("above", "below"),
        ("successful", "failed"), ("allowed", "banned"), ("approve", "reject"), ("approved", "rejected"),
        ("bought", "sold"), ("rise", "fall"), ("rose", "fell"), ("gain", "lose"), ("created", "destroyed"),
    )
    for pair in ((left, right), (right, left))
)  # fmt: skip


def alter_question(question: str, passage: str, answer: str, randomness: random.Random) -> str | None:
    """Change one thing in a question so that its passage no longer answers it.

    Args:
        question: A question that ``passage`` answers.
        passage: The passage.
        answer: The answer, which the changed question must not simply ask for again.
        randomness: Decides between the rules that fit.

    Returns:
        The changed question, or None where no rule fits.
    """
    rules = [_swap_name, _swap_number, _oppose]
    randomness.shuffle(rules)
    if randomness.random() < NEGATED_SHARE:
        rules.insert(0, _negate)
    for rule in rules:
        changed = rule(question, passage, answer, randomness)
        if changed and changed != question:
            return changed
    return None


def _replace(question: str, match: re.Match[str], new: str) -> str:
    return question[: match.start()] + new + question[match.end() :]


def _swap_name(question: str, passage: str, answer: str, randomness: random.Random) -> str | None:
    present = [
        match
        for match in _NAME.finditer(question)
        if match.start() > 0 and match.group() in passage and match.group().lower() not in _QUESTION_WORDS
    ]
    if not present:
        return None
    match = randomness.choice(present)
    others = [
        name.group()
        for name in _NAME.finditer(passage)
        if name.start() > 0
        and passage[name.start() - 2] not in ".!?"
        and name.group() not in question
        and match.group() not in name.group()
        and answer not in name.group()
        and name.group() not in answer
    ]
    return _replace(question, match, randomness.choice(others)) if others else None


def _swap_number(question: str, passage: str, answer: str, randomness: random.Random) -> str | None:
    present = [match for match in _NUMBER.finditer(question) if match.group() in passage]
    if not present:
        return None
    match = randomness.choice(present)
    shift = randomness.choice([-20, -11, -7, -4, -3, -2, 2, 3, 4, 7, 11, 20])
    changed = str(max(1, int(match.group()) + shift))
    return None if changed in passage or changed == answer else _replace(question, match, changed)


def _oppose(question: str, passage: str, answer: str, randomness: random.Random) -> str | None:
    del answer
    present = [
        match
        for match in _WORD.finditer(question)
        if match.group().lower() in OPPOSITES and OPPOSITES[match.group().lower()] not in passage.lower()
    ]
    if not present:
        return None
    match = randomness.choice(present)
    return _replace(question, match, OPPOSITES[match.group().lower()])


def _negate(question: str, passage: str, answer: str, randomness: random.Random) -> str | None:
    del passage, answer
    present = list(_AUXILIARY.finditer(question))
    if not present or " not " in question or "n't" in question:
        return None
    words = list(_WORD.finditer(question, present[0].end()))
    if len(words) < 3:  # too short to tell subject from verb
        return None
    before = randomness.choice(["not", "never"])
    at = words[min(len(words) - 1, 1 + (words[0].group().lower() in {"the", "a", "an"}))]
    return question[: at.start()] + before + " " + question[at.start() :]
