import math
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from statistics import fmean

import pytest

from index.answer import NO_FILTERS, Answer, Filters, NoAnswer, Refusal
from index.engine.local import LocalEngine
from index.errors import GenerationError
from index.evidence import Evidence
from index.explanation import Explanation, Verdict
from index.gate import FEATURES, Gate
from index.generation import Generation
from index.lexicon import Lexicon
from index.search import MAX_CITATIONS, READ_FIRST, READ_PASSAGES, Searcher
from tests.index.fakes import FakeEncoder, FakeReader
from tests.index.texts import ASKED_AT, CORPUS, LANDING, Published, many_passages, opened, published

# Confidence is one half where the best sentence holds half of the question's words.
GATE = Gate(bias=0.0, weights=(1.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0), threshold=0.5, topic_coverage=0.4)


def searcher(generation: Generation, lexicon: Lexicon, gate: Gate = GATE) -> Searcher:
    return Searcher(LocalEngine(generation), encoder=FakeEncoder(), lexicon=lexicon, reader=FakeReader(), gate=gate)


def ask(
    generation: Generation,
    lexicon: Lexicon,
    text: str,
    *,
    filters: Filters = NO_FILTERS,
    asked_at: datetime = ASKED_AT,
    gate: Gate = GATE,
) -> Answer | NoAnswer:
    return searcher(generation, lexicon, gate).ask(text, asked_at=asked_at, filters=filters)


def read(one: Searcher, text: str) -> list[Evidence]:
    asked = one.understand(text, asked_at=ASKED_AT, filters=NO_FILTERS)
    return one.evidence(asked, one.candidates(asked, READ_PASSAGES, {}), {})


def searching(folder: Path, lexicon: Lexicon, *articles: Published) -> Generation:
    return opened(articles, folder, encoder=FakeEncoder(), lexicon=lexicon)


def test_a_question_is_answered_with_a_quote(generation: Generation, lexicon: Lexicon) -> None:
    answer = ask(generation, lexicon, "Who touched down near crater Vesna?")
    assert isinstance(answer, Answer)
    assert answer.question == "Who touched down near crater Vesna?"
    assert answer.asked_at == ASKED_AT
    assert answer.generation == generation.manifest.generation
    (citation,) = answer.citations
    quote = citation.quote
    assert citation.article == LANDING[0]
    assert quote.part(quote.sentence) == "It touched down near the crater Vesna at 04:12 UTC."
    assert quote.part(quote.answer) == "It"
    assert quote.text == (
        "The Larkspur lander left its parking orbit on Monday. It touched down near the crater Vesna at 04:12 UTC."
    )
    quote.check(LANDING[1].text)
    assert citation.score == 0.935  # five words of six: 1 / (1 + exp(-(8 * 5 / 6 - 4)))
    assert set(answer.timings_ms) == {"encode", "search", "read", "total"}


def test_the_same_question_gives_the_same_answer(generation: Generation, lexicon: Lexicon) -> None:
    for text in ("Who touched down near crater Vesna?", "What is a zebra?", "orbit"):
        assert ask(generation, lexicon, text) == ask(generation, lexicon, text)


def test_the_order_of_the_articles_does_not_matter(tmp_path: Path, generation: Generation, lexicon: Lexicon) -> None:
    turned = searching(tmp_path, lexicon, *reversed(CORPUS))
    text = "The lander left orbit"
    assert ask(turned, lexicon, text) == ask(generation, lexicon, text)


def test_threads_may_share_a_searcher(generation: Generation, lexicon: Lexicon) -> None:
    shared = searcher(generation, lexicon)
    texts = ["Who touched down near crater Vesna?", "Which valve froze?", "What raised the orbit?"] * 8
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda text: shared.ask(text, asked_at=ASKED_AT, filters=NO_FILTERS), texts))
    assert answers[3:] == answers[:3] * 7
    assert [answer.question for answer in answers] == texts


def test_an_article_is_cited_once(tmp_path: Path, lexicon: Lexicon) -> None:
    generation = searching(
        tmp_path,
        lexicon,
        many_passages("long", "The probe woke up.", 4),
        published("short", "The probe woke up early."),
    )
    assert generation.manifest.passages == 5
    answer = ask(generation, lexicon, "The probe woke up")
    assert isinstance(answer, Answer)
    assert sorted(citation.article.id for citation in answer.citations) == ["long", "short"]


def test_at_most_three_articles_are_cited_and_ties_go_by_row(tmp_path: Path, lexicon: Lexicon) -> None:
    generation = searching(tmp_path, lexicon, *(published(name, f"The probe woke up, {name}.") for name in "edcba"))
    answer = ask(generation, lexicon, "The probe woke up")
    assert isinstance(answer, Answer)
    assert MAX_CITATIONS == 3
    assert [citation.article.id for citation in answer.citations] == ["a", "b", "c"]


def test_evidence_is_ranked_by_search_and_reader_together(generation: Generation, lexicon: Lexicon) -> None:
    evidence = read(searcher(generation, lexicon), "What raised the orbit of the outpost?")
    assert [one.candidate.found.article.id for one in evidence][0] == "reboost"
    assert len(evidence) == 3
    scores = [one.score for one in evidence]
    assert scores == sorted(scores, reverse=True)
    best = evidence[0]
    said = [one.choice.worth + 0.6 * one.features[0] for one in evidence]
    lead = max(said) - fmean(said)
    trust = 1 / (1 + math.exp(-(lead - 10) / 1.5))
    expected = best.candidate.score + 2.2 * trust / (1 + math.exp(-said[0] / 16))
    assert best.score == pytest.approx(expected)  # the best of its article: nothing is shared


def test_a_passage_shares_in_what_the_search_makes_of_its_article(tmp_path: Path, lexicon: Lexicon) -> None:
    long = " ".join(f"Nothing of note was seen on day {n} of the long cruise." for n in range(20))
    generation = searching(tmp_path, lexicon, published("one", f"The probe woke up. {long}"))
    first, second = sorted(
        read(searcher(generation, lexicon), "The probe woke up"), key=lambda one: one.candidate.found.number
    )[:2]
    assert (first.by_article, first.article_score) == (0.0, second.article_score)
    assert second.by_article == pytest.approx((first.candidate.score - second.candidate.score) * 0.95)
    assert second.by_article > 0


def test_a_text_that_was_published_twice_is_cited_once(tmp_path: Path, lexicon: Lexicon) -> None:
    generation = searching(tmp_path, lexicon, *(published(name, "The probe woke up.") for name in "ab"))
    answer = ask(generation, lexicon, "The probe woke up")
    assert isinstance(answer, Answer)
    assert [citation.article.id for citation in answer.citations] == ["a"]


@pytest.mark.parametrize(("sureness", "read"), [(1.0, READ_FIRST), (0.05, READ_PASSAGES)])
def test_only_the_best_candidates_are_read_and_few_where_one_answers_surely(
    tmp_path: Path, lexicon: Lexicon, sureness: float, read: int
) -> None:
    many = [published(f"a{number:02}", "The probe woke up.") for number in range(READ_PASSAGES + 5)]
    generation = searching(tmp_path, lexicon, *many)
    reader = FakeReader()
    gate = replace(GATE, weights=tuple(sureness * weight for weight in GATE.weights))
    one = Searcher(LocalEngine(generation), encoder=FakeEncoder(), lexicon=lexicon, reader=reader, gate=gate)
    assert isinstance(one.ask("The probe", asked_at=ASKED_AT, filters=NO_FILTERS), Answer)
    assert [found.number for _, found in reader.seen] == list(range(read))


def test_of_the_few_no_more_than_two_are_of_one_article(tmp_path: Path, lexicon: Lexicon) -> None:
    long = " ".join(f"The probe woke up on day {n} of the long cruise to the moon." for n in range(40))
    others = [published(f"b{number}", "The probe slept.") for number in range(3)]
    generation = searching(tmp_path, lexicon, published("a", long), *others)
    reader = FakeReader()
    one = Searcher(LocalEngine(generation), encoder=FakeEncoder(), lexicon=lexicon, reader=reader, gate=GATE)
    one.ask("The probe woke up", asked_at=ASKED_AT, filters=NO_FILTERS)
    read = [found.article.id for _, found in reader.seen]
    assert (len(read), read.count("a")) == (READ_FIRST, 2)


def test_every_candidate_is_read_where_every_story_is_wanted(tmp_path: Path, lexicon: Lexicon) -> None:
    many = [published(f"a{number:02}", "The probe woke up.") for number in range(READ_FIRST + 2)]
    generation = searching(tmp_path, lexicon, *many)
    reader = FakeReader()
    one = Searcher(LocalEngine(generation), encoder=FakeEncoder(), lexicon=lexicon, reader=reader, gate=GATE)
    articles = frozenset(article.id for article, _ in many)
    one.stories_of("The probe", articles, asked_at=ASKED_AT, filters=NO_FILTERS)
    assert len(reader.seen) == READ_FIRST + 2


def test_nothing_published_later_is_evidence(generation: Generation, lexicon: Lexicon) -> None:
    text = "The Larkspur lander went silent in August"
    before = ask(generation, lexicon, text, asked_at=datetime(2031, 8, 31, tzinfo=UTC))
    after = ask(generation, lexicon, text, asked_at=datetime(2031, 9, 2, tzinfo=UTC))
    assert isinstance(before, NoAnswer)
    assert isinstance(after, Answer)
    assert after.citations[0].article.id == "future"


def test_refused_because_the_filters_leave_nothing(generation: Generation, lexicon: Lexicon) -> None:
    refused = ask(
        generation, lexicon, "Who touched down near crater Vesna?", filters=Filters(sources=frozenset({"Nobody"}))
    )
    assert isinstance(refused, NoAnswer)
    assert refused.refusal is Refusal.FILTERED_OUT
    assert refused.reason == "No article in the corpus has such a date, source and language."
    assert refused.nearest is None
    assert refused.generation == generation.manifest.generation


@pytest.mark.parametrize("text", ["How do zebras knit?", "", "???"])
def test_refused_because_nothing_is_on_the_topic(generation: Generation, lexicon: Lexicon, text: str) -> None:
    refused = ask(generation, lexicon, text)
    assert isinstance(refused, NoAnswer)
    assert refused.refusal is Refusal.NOTHING_ON_TOPIC
    assert refused.reason == "I found nothing on that topic in the corpus."
    assert refused.nearest is not None


def test_refused_because_no_passage_on_the_topic_answers(generation: Generation, lexicon: Lexicon) -> None:
    refused = ask(generation, lexicon, "Who paid for the Larkspur lander and its two rovers?")
    assert isinstance(refused, NoAnswer)
    assert refused.refusal is Refusal.NO_ANSWER_IN_TOPIC
    assert refused.reason == "I found articles on the topic, but none that answers the question."
    assert refused.nearest is not None
    assert refused.nearest.article == LANDING[0]
    assert refused.nearest.score < 0.5
    refused.nearest.quote.check(LANDING[1].text)


def test_refused_because_the_reader_could_see_nothing(generation: Generation, lexicon: Lexicon) -> None:
    blind = Searcher(
        LocalEngine(generation), encoder=FakeEncoder(), lexicon=lexicon, reader=FakeReader(blind=True), gate=GATE
    )
    refused = blind.ask("Which valve froze?", asked_at=ASKED_AT, filters=NO_FILTERS)
    assert isinstance(refused, NoAnswer)
    assert refused.refusal is Refusal.NOTHING_FOUND
    assert refused.reason == "I found nothing about that in the corpus."
    assert refused.nearest is None


def test_refused_because_only_something_older_answers(tmp_path: Path, lexicon: Lexicon) -> None:
    generation = searching(
        tmp_path,
        lexicon,
        published("old", "The probe woke up in orbit.", at=datetime(2031, 3, 3, tzinfo=UTC)),
        published("newer", "The probe woke up.", at=datetime(2031, 4, 4, tzinfo=UTC)),
        published("of-the-week", "A valve froze.", at=datetime(2031, 5, 30, tzinfo=UTC)),
    )
    refused = ask(generation, lexicon, "Which probe woke up this week")
    assert isinstance(refused, NoAnswer)
    assert refused.refusal is Refusal.OLDER
    assert refused.reason == (
        "I found only older news: the newest is of 2031-04-04, and you asked about “this week”, from 2031-05-26 on."
    )
    assert refused.nearest is not None
    assert refused.nearest.article.id == "newer"
    assert [one.verdict for one in explained(refused).passages if one.article.id != "of-the-week"] == [
        Verdict.OLDER
    ] * 2
    assert isinstance(ask(generation, lexicon, "Which probe woke up"), Answer)  # a plain question has no age
    assert isinstance(ask(generation, lexicon, "Which probe woke up in April"), Answer)
    assert isinstance(ask(generation, lexicon, "Will the probe woke up this week"), Answer)  # announced before


def test_what_was_published_in_the_period_or_looks_back_at_it_answers(tmp_path: Path, lexicon: Lexicon) -> None:
    generation = searching(
        tmp_path,
        lexicon,
        published("before", "The probe woke up.", at=datetime(2029, 3, 3, tzinfo=UTC)),
        published("undated", "In 2030 the probe woke up, twice.", at=None),
        published("look-back", "In 2030 the probe woke up.", at=datetime(2031, 4, 4, tzinfo=UTC)),
    )
    answer = ask(generation, lexicon, "Which probe woke up in 2030")
    assert isinstance(answer, Answer)
    assert sorted(citation.article.id for citation in answer.citations) == ["look-back", "undated"]


def test_an_article_of_the_period_need_not_name_it(tmp_path: Path, lexicon: Lexicon) -> None:
    generation = searching(
        tmp_path, lexicon, published("one", "The probe woke up.", at=datetime(2030, 3, 5, tzinfo=UTC))
    )
    one = searcher(generation, lexicon)
    (in_time,) = read(one, "Which probe woke up in March 2030?")
    (before,) = read(one, "Which probe woke up in April 2030?")
    (later,) = read(one, "Which probe woke up in March 2029?")
    assert [one.features[FEATURES.index("names")] for one in (in_time, before, later)] == [1.0, 1.0, 0.0]
    assert (in_time.too_old, before.too_old, later.too_old) == (False, True, False)


def test_an_event_is_placed_while_a_question_is_understood(generation: Generation, lexicon: Lexicon) -> None:
    when = (
        searcher(generation, lexicon)
        .understand("What raised the orbit since Larkspur reached the ground?", asked_at=ASKED_AT, filters=NO_FILTERS)
        .when
    )
    assert when.event is not None
    assert (when.event.article, when.start) == (LANDING[0], LANDING[0].published_at)


def explained(result: Answer | NoAnswer) -> Explanation:
    assert result.explanation is not None
    return result.explanation


def test_an_answer_tells_how_it_came_about(generation: Generation, lexicon: Lexicon) -> None:
    text = "Who touched down near crater Vesna?"
    one = searcher(generation, lexicon)
    told = explained(one.ask(text, asked_at=ASKED_AT, filters=NO_FILTERS))
    evidence = read(one, text)
    assert told.decision == "1 of 3 passages is cited: its confidence reaches the threshold of 0.50."
    assert (told.threshold, told.topic_coverage, told.when.words) == (0.5, 0.4, "")
    assert [passage.article.id for passage in told.passages] == [e.candidate.found.article.id for e in evidence]
    for passage, of in zip(told.passages, evidence, strict=True):
        assert (passage.lexical, passage.dense, passage.fused) == (
            of.candidate.lexical,
            of.candidate.dense,
            of.candidate.fused,
        )
        assert passage.score == of.score
        assert passage.fused + passage.by_time + passage.by_reader + passage.by_article == pytest.approx(passage.score)
        odds = sum(part.log_odds for part in passage.contributions)
        assert passage.confidence == pytest.approx(1 / (1 + math.exp(-odds)))
    assert [passage.verdict for passage in told.passages] == [Verdict.CITED, Verdict.UNSURE, Verdict.UNSURE]
    assert told.passages[0].text == "It touched down near the crater Vesna at 04:12 UTC."


def test_a_refusal_tells_how_it_came_about(generation: Generation, lexicon: Lexicon) -> None:
    refused = ask(generation, lexicon, "How do zebras knit?")
    assert isinstance(refused, NoAnswer)
    told = explained(refused)
    assert told.decision == refused.reason
    assert told.coverage == 0.0
    assert {passage.verdict for passage in told.passages} == {Verdict.UNSURE}


def test_what_would_do_as_well_is_told(tmp_path: Path, lexicon: Lexicon) -> None:
    generation = searching(tmp_path, lexicon, *(published(name, f"The probe woke up, {name}.") for name in "abcd"))
    told = explained(ask(generation, lexicon, "The probe woke up"))
    assert [passage.verdict for passage in told.passages] == [Verdict.CITED] * 3 + [Verdict.PASSED_OVER]


def test_the_reader_is_asked_in_the_words_of_each_passage(generation: Generation, lexicon: Lexicon) -> None:
    reader = FakeReader()
    one = Searcher(LocalEngine(generation), encoder=FakeEncoder(), lexicon=lexicon, reader=reader, gate=GATE)
    one.ask("Which ship did the reboost?", asked_at=ASKED_AT, filters=NO_FILTERS)
    assert {found.article.id: question for question, found in reader.seen} == {
        "fuelling": "Which ship did the reboost?",
        "landing": "Which ship did the reboost?",
        "reboost": "Which ship did the raised the outpost's orbit?",
    }


def test_the_threshold_itself_is_answered(generation: Generation, lexicon: Lexicon) -> None:
    # "the" and "froze" of four words: exactly one half.
    text = "the froze zebra knit"
    assert isinstance(ask(generation, lexicon, text), Answer)
    assert isinstance(ask(generation, lexicon, text, gate=replace(GATE, threshold=0.51)), NoAnswer)


def test_a_moment_without_a_time_zone_is_refused(generation: Generation, lexicon: Lexicon) -> None:
    with pytest.raises(ValueError, match="has no time zone"):
        ask(generation, lexicon, "Now?", asked_at=ASKED_AT.replace(tzinfo=None))


def test_another_encoder_is_told(generation: Generation, lexicon: Lexicon) -> None:
    with pytest.raises(GenerationError) as caught:
        Searcher(
            LocalEngine(generation),
            encoder=FakeEncoder(fingerprint="e5"),
            lexicon=lexicon,
            reader=FakeReader(),
            gate=GATE,
        )
    assert str(caught.value) == (
        f"generation {generation.manifest.generation} was built with encoder bag-of-words, but the settings name e5 "
        "(weights (another model, revision or quantisation) 'bag-of-words', now 'e5'); run `space-news index build`"
    )


def test_another_lexicon_is_told(generation: Generation, lexicon: Lexicon) -> None:
    other = replace(lexicon, fingerprint="0000")
    with pytest.raises(GenerationError, match=f"lexicon {lexicon.fingerprint}, but the settings name 0000; run"):
        searcher(generation, other)
