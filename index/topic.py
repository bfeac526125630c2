"""What a question is about, as a topic that a timeline can be told of.

Owns choosing the words. They stay the question's own: a topic is looked for by what it is called.
"""

import re

from index.coverage import name_tokens
from index.lexicon import Lexicon
from index.terms import STOPWORDS, Token, tokenise

_POSSESSIVE = re.compile("['’][sS]?$")
_ASKING = frozenset(
    """current currently ever expected happen happened happening happens latest many much new newest news next now
    planned recent recently scheduled still today update updates yet""".split()
)
"""Words that ask about a topic and are none."""


def topic_of(question: str, period: str, lexicon: Lexicon) -> str:
    """Return a question's names, or where it has none what the lexicon knows, or else all its words of meaning.

    Args:
        question: The question.
        period: The words in it that name a period; they are no part of a topic.
        lexicon: The names that mean the same.
    """
    words = [token for token in tokenise(question) if token.text not in STOPWORDS | _ASKING]
    outside = [token for token in words if not _within(token, question, period)]
    named = {token.start_char for token in name_tokens(question)}
    known = [run for mention in lexicon.mentions(question) if mention.phrase.interchangeable for run in mention.runs]
    for chosen in (
        [token for token in outside if token.start_char in named],
        [token for token in outside if any(start <= token.start_char < end for start, end in known)],
        outside,
    ):
        if chosen:
            return _joined(question, chosen)
    return " ".join(question.split())


def _joined(question: str, words: list[Token]) -> str:
    """Return words as they stand there; a hyphen between two of them stays ("Crew-12")."""
    text, end_char = "", 0
    for word in words:
        gap = "-" if text and question[end_char : word.start_char] == "-" else " "
        text += gap + _POSSESSIVE.sub("", question[word.start_char : word.end_char])
        end_char = word.end_char
    return text.strip()


def _within(token: Token, question: str, period: str) -> bool:
    start = question.find(period) if period else -1
    return start >= 0 and start <= token.start_char < start + len(period)
