"""Values that the tests of what is kept share."""

from datetime import UTC, date, datetime

from bot.state import KeptAnswer
from index.answer import Filters

MOMENT = datetime(2031, 5, 9, 12, tzinfo=UTC)
ANSWER = KeptAnswer(
    question="Where did Larkspur land?",
    asked_at=MOMENT,
    filters=Filters(since=date(2031, 1, 1), sources=frozenset({"Orbit Gazette"}), excluded_sources=frozenset({"Wire"})),
    generation="g0001",
    kept_at=MOMENT,
    citation_ids=("c-0123456789ab", "c-ba9876543210"),
    guild_id=11,
    channel_id=12,
    message_id=13,
    answer_id="answer-1",
)
