"""The values of a standing question: what is watched, when it may speak, and what waits to be said.

Owns the values and their bounds; the tables are watches.py's and watch_stories.py's, the rules bot/watching.py's.
"""

import secrets
from dataclasses import dataclass, field
from datetime import date, datetime, time
from enum import StrEnum

DAILY_CAP_MAX = 25
_ID_BYTES = 4


class Pause(StrEnum):
    """Why a watch does not speak."""

    BY_HAND = "by_hand"
    CHANNEL_GONE = "channel_gone"
    NOT_ALLOWED = "not_allowed"


def new_watch_id() -> str:
    """Return a fresh id: eight hexadecimal digits, which can be read out and need no escaping."""
    return secrets.token_hex(_ID_BYTES)


@dataclass(frozen=True, slots=True)
class Rhythm:
    """When a watch may speak, and how much.

    Attributes:
        zone: The time zone that its hours are in, by its IANA name.
        quiet: From when until when it keeps silent; may span midnight. None means never.
        daily_cap: How many stories it shows in a day; the rest is only counted.
        digest_at: When the day's news is posted in one go; None means at once.
    """

    zone: str = "UTC"
    quiet: tuple[time, time] | None = None
    daily_cap: int = 5
    digest_at: time | None = None


@dataclass(frozen=True, slots=True)
class Watch:
    """A standing question.

    Attributes:
        question: What is asked of every new generation.
        maker_id: Who made it: to let them remove it, to count theirs, and to tell them when it cannot post. It is
            shown to nobody and goes with the watch.
        guild_id: The server that it belongs to, or None.
        channel_id: Where it posts; None means to its maker, as a direct message.
        source: The one publisher whose articles count; "" means all.
        language: Of the bot's own words, as Discord writes it.
        rhythm: When it may speak.
        begun: The day (UTC) from which on there is news.
        made_generation: The generation that answered when it was made; what that held is no news.
        paused: Why it does not speak, or None.
        watch_id: Names it in commands.
    """

    question: str
    maker_id: int
    guild_id: int | None
    channel_id: int | None
    source: str
    language: str
    rhythm: Rhythm
    begun: date
    made_generation: str
    paused: Pause | None = None
    watch_id: str = field(default_factory=new_watch_id)


@dataclass(frozen=True, slots=True)
class Waiting:
    """A story that is to be posted.

    Attributes:
        story_id: Its row.
        article_id: The article that is cited.
        score: How well it answers, 0 to 1.
        found_at: When it was found (aware, UTC).
        is_folded: Whether it is only counted, because the day's cap was reached or its card may have arrived already.
    """

    story_id: int
    article_id: str
    score: float
    found_at: datetime
    is_folded: bool = False


@dataclass(frozen=True, slots=True)
class Claim:
    """A message that is being sent, or may have been when its process died.

    Attributes:
        nonce: By which Discord recognises it.
        claimed_at: When it was first tried (aware, UTC).
        cards: The stories that it shows.
        mentions: Those that it counts.
    """

    nonce: str
    claimed_at: datetime
    cards: tuple[Waiting, ...]
    mentions: tuple[Waiting, ...]
