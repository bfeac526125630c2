"""What a question is about, as a topic of its own words."""

from datetime import UTC, datetime

import pytest

from index.lexicon import load_lexicon
from index.topic import topic_of
from index.when import understand_when

ASKED_AT = datetime(2031, 5, 8, tzinfo=UTC)


@pytest.mark.parametrize(
    ("question", "topic"),
    [
        ("When did Larkspur II land?", "Larkspur II"),
        ("Who flies on Crew-12?", "Crew-12"),
        ("What did Norrsken's Condor carry?", "Norrsken Condor"),
        ("What did Norrsken say in May 2031?", "Norrsken"),
        ("How long did the spacewalk last?", "spacewalk"),
        ("who paid for the cooling pump?", "paid cooling pump"),
        ("What is the latest news about Larkspur?", "Larkspur"),
        ("and now?", "and now?"),
    ],
)
def test_topic(question: str, topic: str) -> None:
    period = understand_when(question, ASKED_AT).words

    assert topic_of(question, period, load_lexicon()) == topic
