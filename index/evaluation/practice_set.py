"""The practice articles as a judged set.

Owns the articles that the reader never saw in training, and the questions on them. They were asked of one article at a
time and often do not name it, so the articles that the reader has seen are left out: many of them could be meant as
well. The gate is fitted to it, so nothing is measured on it that is then called a result.
"""

import hashlib
from datetime import timedelta

from corpus import Article, Version
from index.evaluation.dataset import Gold, JudgedQuestion, JudgedSet
from index.practice import PracticeArticle, PracticeQuestion, load_practice

NAME = "practice"
ASKED_AFTER_DAYS = (1, 6, 40, 250, 1600)
"""The questions take turns: some are asked while it is news, some years later, in equal steps of the logarithm."""


def practice_set() -> JudgedSet:
    """Return the practice articles with the questions that the reader has not seen."""
    articles = [article for article in load_practice() if article.kept_back]
    questions = [
        _judged(article, number, question) for article in articles for number, question in enumerate(article.questions)
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
