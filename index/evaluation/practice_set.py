"""The practice articles as a judged set.

Owns the questions on the articles that the reader never saw in training; all the others stand around them in the
corpus. The gate is fitted to it, so nothing is measured on it that is then called a result.
"""

import hashlib
from datetime import timedelta

from corpus import Article, Version
from index.evaluation.dataset import Gold, JudgedQuestion, JudgedSet
from index.practice import PracticeArticle, PracticeQuestion, load_practice

NAME = "practice"
ASKED_AFTER_DAYS = (1, 3, 10, 45, 400)
"""People mostly ask about news while it is news, and sometimes long after; the questions take turns."""


def practice_set() -> JudgedSet:
    """Return the practice articles with the questions that the reader has not seen."""
    articles = load_practice()
    questions = [
        _judged(article, number, question)
        for article in articles
        if article.kept_back
        for number, question in enumerate(article.questions)
    ]
    return JudgedSet(NAME, [_published(article) for article in articles], questions)


def _published(article: PracticeArticle) -> tuple[Article, Version]:
    content_hash = hashlib.sha256(article.text.encode()).hexdigest()
    published = Article(article.id, article.id, article.title, "Practice", article.published_at)
    return published, Version(article.id, 1, article.text, content_hash)


def _judged(article: PracticeArticle, number: int, question: PracticeQuestion) -> JudgedQuestion:
    answers = (question.answer,) if question.answer else ()
    return JudgedQuestion(
        id=f"{article.id}#{number}",
        text=question.text,
        asked_at=article.published_at + timedelta(days=ASKED_AFTER_DAYS[number % len(ASKED_AFTER_DAYS)]),
        relevant={article.id: 1},
        gold=Gold(answers=answers, articles=frozenset({article.id}) if answers else frozenset()),
        answerable=bool(answers),
    )
