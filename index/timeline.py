"""What a topic's articles say, one sentence each.

Owns deciding which passages are on a topic and which of their sentences is quoted. A topic is no question: the reader,
which looks for answers, has no part in it.
"""

from collections.abc import Sequence
from dataclasses import replace

from index.candidates import Candidate
from index.choice import choose
from index.coverage import coverage, held_terms, words_held
from index.engine.base import Engine
from index.evidence import Evidence
from index.lexicon import Lexicon
from index.question import Question
from index.reader.onnx import Reading, SentenceReading

PASSAGES = 200
"""All that both sides of the search propose."""
MIN_HELD = 0.75
"""Of a topic's words, by themselves or by another name, a passage under its headline must hold so many: of up to three
all of them."""
MIN_FIT = 0.6
"""And it must fit so well beside the one that fits best, so that a name in passing does not make an article; unless the
headline holds as many."""


def on_topic(engine: Engine, topic: Question, candidates: Sequence[Candidate], lexicon: Lexicon) -> list[Evidence]:
    """Return the dated passages that are on a topic, each with its sentence; the articles that fit best come first.

    Of an article that passage comes first whose sentence speaks most of the topic, of equal ones the earliest: it says
    what happened. The confidence is how well the article fits, 0..1.
    """
    idf = engine.idf(topic.terms)
    fitting: dict[str, list[Evidence]] = {}
    for candidate, fit in zip(candidates, _fits(candidates), strict=True):
        if _is_on_topic(candidate, fit, topic.text, lexicon):
            fitting.setdefault(candidate.found.article.id, []).append(_quoted(candidate, fit, idf, lexicon))
    told = []
    for article in fitting.values():
        fit = max(one.confidence for one in article)
        article.sort(key=lambda one: (-one.choice.overlap, one.candidate.found.number))
        told += [replace(one, confidence=fit) for one in article]
    return sorted(told, key=lambda one: -one.confidence)


def _fits(candidates: Sequence[Candidate]) -> list[float]:
    """Return how well each fits beside the best, 0..1: half by meaning, half by words.

    Not the fused score: it is 0 for the last of the candidates, even where few are left and all are on the topic.
    """
    dense = max((one.dense for one in candidates), default=0.0)
    lexical = max((one.lexical for one in candidates), default=0.0)
    return [
        0.5 * (max(0.0, one.dense) / dense if dense > 0 else 0.0) + 0.5 * (one.lexical / lexical if lexical else 0.0)
        for one in candidates
    ]


def _is_on_topic(candidate: Candidate, fit: float, topic: str, lexicon: Lexicon) -> bool:
    article = candidate.found.article
    if article.published_at is None or not _speaks_of(topic, candidate.found.searched_text, lexicon):
        return False
    return fit >= MIN_FIT or _speaks_of(topic, article.title, lexicon)


def _speaks_of(topic: str, text: str, lexicon: Lexicon) -> bool:
    return words_held(topic, held_terms(text, lexicon), lexicon) >= MIN_HELD


def _quoted(candidate: Candidate, fit: float, idf: dict[str, float], lexicon: Lexicon) -> Evidence:
    """Choose the sentence that speaks most of the topic, of equal ones the first."""
    found = candidate.found
    sentences = tuple(SentenceReading(sentence, sentence, 0.0) for sentence in found.passage.sentences)
    overlaps = [coverage(idf, held_terms(one.sentence.of(found.text), lexicon)) for one in sentences]
    choice = choose("", Reading(0.0, sentences), overlaps, found.text)
    return Evidence(candidate, choice, features=(), confidence=fit, article_score=candidate.score, too_old=False)
