"""Gates that ask: canary questions, which must be answered as expected, and the golden set, whose score must not fall.

Owns both, over the starter corpus. Only its own articles are searched, so that what a maintainer adds, even on the same
topics, can neither hold a build back nor hide a fault.
"""

import hashlib
import json
import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from index.answer import Answer, Filters, NoAnswer
from index.engine.base import Engine
from index.evaluation.dataset import JudgedQuestion
from index.evaluation.judging import holds_answer
from index.evaluation.starter_sets import load_golden
from index.record import GateResult
from index.search import Searcher

CANARIES = (
    "a-hayabusa2-landing#1",
    "b-boostkit-fuel#1",
    "b-clipper-eta#1",
    "b-no-carbonara#1",
)
"""Few, since each takes as long as an answer; they show that everything fits together, not how good it is."""
MISSES_ALLOWED = 1
"""Another encoder, or a reader that is trained anew, may lose so many without being broken."""
_STARTER = Filters(sources=frozenset({"Starter corpus"}))
_DEPTH = 10
_CANDIDATES = 40


@dataclass(frozen=True, slots=True)
class GoldenScore:
    """A score on the golden set.

    Attributes:
        value: Mean nDCG@10 of the ranking before any passage is read, 0..1.
        asked: Names the questions and the articles that it is over; scores of two such sets cannot be compared.
    """

    value: float
    asked: str


def askable(engine: Engine) -> list[JudgedQuestion]:
    """Return the golden questions whose briefings stand in a generation as they ship with the project."""
    golden = load_golden()
    hashes = engine.content_hashes([article.id for article, _ in golden.articles])
    standing = {article.id for article, version in golden.articles if hashes.get(article.id) == version.content_hash}
    if not standing:
        return []
    return [question for question in golden.questions if question.relevant.keys() <= standing]


def canaries(questions: Iterable[JudgedQuestion], searcher: Searcher) -> GateResult:
    """Ask the canary questions with everything that an answer goes through."""
    asked = [question for question in questions if question.id in CANARIES]
    wrong = [question.id for question in asked if not _is_right(question, searcher)]
    if not asked:
        return GateResult("canaries", True, "not asked: their briefings are not in it")
    detail = f"{len(asked) - len(wrong)} of {len(asked)} answered as expected"
    if wrong:
        detail += f", not {', '.join(wrong)}"
    return GateResult("canaries", len(wrong) <= MISSES_ALLOWED, detail)


def golden_score(questions: Iterable[JudgedQuestion], searcher: Searcher) -> GoldenScore | None:
    """Rank for the first phrasing of every golden question that has an answer; None where there is none to ask."""
    asked = [question for question in questions if question.relevant and question.id.endswith("#1")]
    if not asked:
        return None
    gains = [_ndcg(_ranking(question, searcher), question.relevant) for question in asked]
    names = json.dumps([[question.id, question.text, sorted(question.relevant)] for question in asked])
    return GoldenScore(sum(gains) / len(gains), hashlib.sha256(names.encode()).hexdigest()[:16])


def golden(now: GoldenScore | None, last: GoldenScore | None, margin: float) -> GateResult:
    """Compare the score on the golden set with the last generation's."""
    if now is None:
        return GateResult("golden", True, "not asked: their briefings are not in it")
    if last is None or last.asked != now.asked:
        return GateResult("golden", True, f"nDCG@10 {now.value:.4f}; nothing to compare with")
    detail = f"nDCG@10 {now.value:.4f}, {last.value:.4f} in the last generation; may fall by {margin:g}"
    return GateResult("golden", now.value >= last.value - margin, detail)


def _is_right(question: JudgedQuestion, searcher: Searcher) -> bool:
    result: Answer | NoAnswer = searcher.ask(question.text, asked_at=question.asked_at, filters=_STARTER)
    if isinstance(result, NoAnswer):
        return not question.answerable
    return any(holds_answer(citation.quote, question.gold) for citation in result.citations)


def _ranking(question: JudgedQuestion, searcher: Searcher) -> list[str]:
    understood = searcher.understand(question.text, asked_at=question.asked_at, filters=_STARTER)
    candidates = searcher.candidates(understood, _CANDIDATES, {})
    return list(dict.fromkeys(candidate.found.article.id for candidate in candidates))[:_DEPTH]


def _ndcg(ranking: Sequence[str], relevant: dict[str, int]) -> float:
    gain = sum(1 / math.log2(rank + 2) for rank, article_id in enumerate(ranking) if article_id in relevant)
    return gain / sum(1 / math.log2(rank + 2) for rank in range(min(len(relevant), _DEPTH)))
