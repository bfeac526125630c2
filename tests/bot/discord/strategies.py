"""Texts and answers for property tests, hostile ones first."""

from dataclasses import replace
from datetime import UTC

from hypothesis import strategies as st

from corpus import Article, Span
from index.answer import Answer, Citation, Disagreement, DisagreementKind, NoAnswer, Quote, Refusal, Said, Timeline
from index.explanation import Explanation, ReadPassage, Verdict
from index.gate import FEATURES, Contribution
from index.when import Event, When

HOSTILE = [
    "@everyone",
    "@here",
    "<@123456789012345678>",
    "<@!1>",
    "<@&99>",
    "<#42>",
    "<:rocket:77>",
    "<a:rocket:77>",
    "</ask:5>",
    "<t:0:R>",
    "<id:home>",
    "discord.gg/abc",
    "https://discord.com/invite/abc",
    "[NASA](https://evil.example)",
    "](https://evil.example)",
    "||hidden||",
    "**bold**",
    "__x__",
    "~~gone~~",
    "`code`",
    "```\nblock\n```",
    "# heading",
    "- item",
    "1. item",
    "> quote",
    ">>> quote",
    "-# small",
    ":rocket:",
    "\\",
    "\u200b",
    "\u200d",
    "\u202e",
    "\u2066",
    "\ufeff",
    "\n",
    "\r\n",
    "\u2028",
    " ",
    "🚀",
    "12:30:00",
    "word",
]
any_character = st.characters(exclude_categories=[])
any_text = st.one_of(
    st.text(alphabet=any_character, max_size=60),
    st.lists(st.one_of(st.sampled_from(HOSTILE), st.text(alphabet=any_character, max_size=5)), max_size=40).map(
        "".join
    ),
)
long_text = st.builds(lambda text, times: text * times, any_text, st.sampled_from([1, 1, 1, 60]))
urls = st.one_of(
    any_text,
    long_text.map("https://orbit.example/".__add__),
    st.sampled_from(
        ["https://orbit.example/a_(b)", "briefings/a.md", "https://nasa.example@evil.example/", "http://["]
    ),
)
moments = st.datetimes(timezones=st.just(UTC))


@st.composite
def quotes(draw: st.DrawFn) -> Quote:
    """Draw a quote that keeps its promise: a slice with a sentence with an answer inside."""
    text = draw(long_text.filter(bool))
    start = draw(st.integers(0, 10_000))
    inner = sorted(draw(st.lists(st.integers(0, len(text)), min_size=4, max_size=4)))
    cuts = [start + offset for offset in inner]
    return Quote("a", 1, Span(start, start + len(text)), Span(cuts[0], cuts[3]), Span(cuts[1], cuts[2]), text)


articles = st.builds(
    Article, id=st.just("a"), url=urls, title=long_text, publisher=long_text, published_at=moments | st.none()
)
citations = st.builds(
    Citation,
    quote=quotes(),
    article=articles,
    score=st.just(0.5),
    independent_reports=st.integers(1, 1000),
    others=st.lists(articles, max_size=5).map(tuple),
)


@st.composite
def answers(draw: st.DrawFn) -> Answer:
    """Draw an answer whose citations may disagree."""
    cited = draw(st.lists(citations, min_size=1, max_size=3).map(tuple))
    said = st.builds(Said, citation=st.integers(0, len(cited) - 1), text=long_text)
    differing = st.builds(
        Disagreement, kind=st.sampled_from(DisagreementKind), said=st.lists(said, min_size=2, max_size=3).map(tuple)
    )
    return Answer(draw(long_text), draw(moments), cited, draw(any_text), {"search": 1.0}, draw(differing | st.none()))


@st.composite
def explanations(draw: st.DrawFn) -> Explanation:
    """Draw how something came about."""
    moment = draw(moments)
    event = st.builds(Event, words=any_text, day=moments, article=articles)
    when = When(moment, moment, 2.0, draw(any_text), draw(moments | st.none()), draw(event | st.none()))
    parts = tuple(Contribution(name, 2.0, 0.5) for name in (*FEATURES, "bias"))
    fields = ("lexical", "dense", "fused", "timely", "by_time", "relevance", "margin", "by_reader", "by_article")
    read = st.builds(
        ReadPassage,
        article=st.builds(replace, articles, id=st.sampled_from("abcdefghij")),
        sentence=st.just(Span(0, 1)),
        text=long_text,
        score=st.just(1.0),
        contributions=st.just(parts),
        confidence=st.just(0.5),
        verdict=st.sampled_from(Verdict),
        **dict.fromkeys(fields, st.just(1.0)),
    )
    return Explanation(when, 0.3, 0.4, 0.8, tuple(draw(st.lists(read, max_size=8))), draw(long_text))


refusals = st.builds(
    NoAnswer,
    question=long_text,
    asked_at=moments,
    refusal=st.sampled_from(Refusal),
    reason=long_text,
    nearest=citations | st.none(),
    generation=any_text,
)
timelines = st.builds(
    Timeline,
    topic=long_text,
    asked_at=moments,
    citations=st.lists(citations, max_size=6).map(tuple),
    generation=any_text,
)
results: st.SearchStrategy[Answer | NoAnswer] = answers() | refusals
