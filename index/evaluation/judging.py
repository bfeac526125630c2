"""Is a quote right?

Owns the comparison of what is shown with what a set says answers the question.
"""

import re
import string
from collections import Counter

from index.answer import Quote
from index.evaluation.dataset import Gold

_ARTICLES = re.compile(r"\b(a|an|the)\b")
_PUNCTUATION = str.maketrans("", "", string.punctuation)


def plain(text: str) -> str:
    """Return text as SQuAD's scorer compares it: lower case, no punctuation, no articles, single spaces."""
    return " ".join(_ARTICLES.sub(" ", text.lower().translate(_PUNCTUATION)).split())


def holds_answer(quote: Quote, gold: Gold) -> bool:
    """Tell whether a quote shows what answers: one of the answers, or one of the sentences of that article."""
    shown = f" {plain(quote.text)} "
    counts_here = not gold.articles or quote.article_id in gold.articles
    if counts_here and any(f" {plain(answer)} " in shown for answer in gold.answers):
        return True
    sentence = f" {plain(quote.part(quote.sentence))} "
    return any(
        article_id == quote.article_id and (f" {plain(text)} " in shown or sentence in f" {plain(text)} ")
        for article_id, text in gold.sentences
    )


def span_f1(answer: str, gold: Gold) -> float:
    """Return the best token F1 of an answer against the gold answers (Rajpurkar et al. 2016, section 6.1)."""
    return max((_f1(plain(answer).split(), plain(wanted).split()) for wanted in gold.answers), default=0.0)


def _f1(found: list[str], wanted: list[str]) -> float:
    shared = sum((Counter(found) & Counter(wanted)).values())
    return 2 * shared / (len(found) + len(wanted)) if shared else 0.0
