"""When a standing question's news is posted: now, held back, or folded into a line.

Owns the rules of quiet hours, digests and daily caps, as pure functions of the moment and of what waits. Asks nothing,
posts nothing and keeps nothing. Hours are those of the watch's own clock on the wall; moments are aware, UTC.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.state.watch import Rhythm, Waiting

POST_MAX_STORIES = 3
"""What one message shows, as many as an answer."""
NONCE_SECONDS = 90.0
"""For so long Discord surely recognises a message that is sent again; it says "the past few minutes"."""

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Decision:
    """What is to be done for a watch at a moment.

    Attributes:
        cards: The stories to post now, the surest first; no more than one message takes.
        mentions: Those that the same message only counts.
        folded: Those that will only be counted, later: the day's cap is reached.
        held_until: When to look again where nothing is posted now; None where nothing waits.
    """

    cards: tuple[Waiting, ...] = ()
    mentions: tuple[Waiting, ...] = ()
    folded: tuple[Waiting, ...] = ()
    held_until: datetime | None = None

    @property
    def posts(self) -> bool:
        """Whether there is something to post now."""
        return bool(self.cards or self.mentions)


def decide(rhythm: Rhythm, waiting: Sequence[Waiting], n_shown_today: int, now: datetime) -> Decision:
    """Decide what is posted next; to be asked again after each post, until nothing is left to post.

    Args:
        rhythm: When the watch may speak, and how much.
        waiting: Its stories that were not posted yet.
        n_shown_today: How many stories it has shown since ``day_start``.
        now: The moment.
    """
    if not waiting:
        return Decision()
    if is_quiet(rhythm, now):
        return Decision(held_until=_quiet_end(rhythm, now))
    if rhythm.digest_at is not None:
        due_at = _latest(rhythm, rhythm.digest_at, now)
        if all(story.found_at >= due_at for story in waiting):
            return Decision(held_until=_next(rhythm, rhythm.digest_at, now))
    return _within_cap(rhythm, waiting, n_shown_today, now)


def is_quiet(rhythm: Rhythm, now: datetime) -> bool:
    """Tell whether nothing may be posted at a moment."""
    if rhythm.quiet is None:
        return False
    start, end = rhythm.quiet
    clock = now.astimezone(ZoneInfo(rhythm.zone)).time()
    return start <= clock < end if start < end else clock >= start or clock < end


def day_start(rhythm: Rhythm, now: datetime) -> datetime:
    """Return when the watch's day began."""
    return _latest(rhythm, time.min, now)


def may_be_sent_again(claimed_at: datetime, now: datetime) -> bool:
    """Tell whether Discord would still recognise a message that may have been sent, so that it is shown once."""
    return now - claimed_at < timedelta(seconds=NONCE_SECONDS)


def _within_cap(rhythm: Rhythm, waiting: Sequence[Waiting], n_shown_today: int, now: datetime) -> Decision:
    stories = sorted((one for one in waiting if not one.is_folded), key=lambda one: (-one.score, one.story_id))
    counted = [one for one in waiting if one.is_folded]
    room = max(0, rhythm.daily_cap - n_shown_today)
    shown, beyond = stories[:room], stories[room:]
    if len(shown) > POST_MAX_STORIES:
        return Decision(cards=tuple(shown[:POST_MAX_STORIES]))
    if shown:
        return Decision(cards=tuple(shown), mentions=(*beyond, *counted))
    began = day_start(rhythm, now)
    if any(one.found_at < began for one in counted):
        return Decision(mentions=(*beyond, *counted))
    return Decision(folded=tuple(beyond), held_until=_next(rhythm, time.min, now))


def _quiet_end(rhythm: Rhythm, now: datetime) -> datetime:
    assert rhythm.quiet is not None
    return _next(rhythm, rhythm.quiet[1], now)


def _latest(rhythm: Rhythm, at: time, now: datetime) -> datetime:
    """Return the last moment, up to now, at which the clock showed a time."""
    return max(moment for moment in _moments(rhythm, at, now) if moment <= now)


def _next(rhythm: Rhythm, at: time, now: datetime) -> datetime:
    """Return the first moment after now at which the clock shows a time."""
    return min(moment for moment in _moments(rhythm, at, now) if moment > now)


def _moments(rhythm: Rhythm, at: time, now: datetime) -> list[datetime]:
    # In UTC at once: two local times of one zone are compared without their offsets.
    zone = ZoneInfo(rhythm.zone)
    today = now.astimezone(zone).date()
    days = (today + days * _DAY for days in (-2, -1, 0, 1, 2))
    return [datetime.combine(day, at, zone).astimezone(UTC) for day in days]
