"""What is news to a watch: what it has heard, what waits to be posted, and what is being posted.

Owns the tables ``watch_stories`` and ``watch_heard``, and that a story is claimed by one message only. A claim is on
the disk before its message is sent, and settled after.
"""

import secrets
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from bot.state.state import State
from bot.state.watch import Claim, Waiting, Watch
from bot.state.watches import LEASE_SECONDS
from corpus.rows import moment_text, read_moment

HEARD_DAYS = 30
"""A story is told within days; what could be news is younger than index.news.FRESH_DAYS."""
TOLD_DAYS = 3
"""A story that was told counts for the cap of its day."""

_NONCE_BYTES = 12
_STORY = "id, article_id, score, found_at, folded"


@dataclass(frozen=True, slots=True)
class Story:
    """A story that is news.

    Attributes:
        article_id: The article that is cited.
        score: How well it answers, 0 to 1.
        article_ids: Every article that tells it, the cited one included.
    """

    article_id: str
    score: float
    article_ids: frozenset[str]


def heard_articles(state: State, watch: Watch) -> frozenset[str]:
    """Return the articles whose stories a watch has heard, or that stood in the index when it was made."""
    rows = state.connection.execute(
        "SELECT article_id FROM watch_heard WHERE watch_id = ? "
        "UNION SELECT article_id FROM watch_baselines WHERE generation = ?",
        (watch.watch_id, watch.made_generation),
    )
    return frozenset(row[0] for row in rows)


def note_stories(state: State, watch_id: str, stories: Sequence[Story], joined: Iterable[str], now: datetime) -> None:
    """Let stories wait that were not heard yet; of the others, only remember who else tells them."""
    with state.transaction():
        if not state.connection.execute("SELECT 1 FROM watches WHERE id = ?", (watch_id,)).fetchone():
            return  # removed meanwhile
        heard = {row[0] for row in _run(state, "SELECT article_id FROM watch_heard WHERE watch_id = ?", watch_id)}
        for story in stories:
            if heard.isdisjoint(story.article_ids):
                query = (
                    "INSERT OR IGNORE INTO watch_stories (watch_id, article_id, score, found_at) VALUES (?, ?, ?, ?)"
                )
                state.connection.execute(query, (watch_id, story.article_id, story.score, moment_text(now)))
                _run(state, "UPDATE watches SET look_at = '' WHERE id = ?", watch_id)
            heard |= story.article_ids
            _hear(state, watch_id, story.article_ids, now)
        _hear(state, watch_id, joined, now)


def waiting_stories(state: State, watch_id: str) -> list[Waiting]:
    """Return the stories of a watch that wait, in the order in which they were found."""
    query = f"SELECT {_STORY} FROM watch_stories WHERE watch_id = ? AND state = 'waiting' ORDER BY id"
    return [_waiting(row) for row in _run(state, query, watch_id)]


def n_shown_since(state: State, watch_id: str, moment: datetime) -> int:
    """Count the stories that were shown, or may have been, since a moment."""
    query = "SELECT count(*) FROM watch_stories WHERE watch_id = ? AND shown_at >= ?"
    return int(_run(state, query, watch_id, moment_text(moment))[0][0])


def open_claim(state: State, watch_id: str) -> Claim | None:
    """Return the message of a watch that was claimed and never settled, or None."""
    where = "watch_id = ? AND state = 'claimed' ORDER BY id"
    rows = _run(state, f"SELECT nonce, claimed_at, {_STORY} FROM watch_stories WHERE {where}", watch_id)
    if not rows:
        return None
    nonce, claimed_at = rows[0][:2]
    stories = [_waiting(row[2:]) for row in rows if row[0] == nonce]
    return _claim(nonce, _moment(claimed_at), stories)


def claim_stories(
    state: State, watch_id: str, owner: str, cards: Sequence[Waiting], mentions: Sequence[Waiting], now: datetime
) -> Claim | None:
    """Claim stories for one message, or return None where another process has the watch or one of them.

    The claim is on the disk when this returns: one that a power cut undid would be posted twice.
    """
    nonce = secrets.token_urlsafe(_NONCE_BYTES)
    state.connection.execute("PRAGMA synchronous = FULL")
    try:
        with state.transaction():
            if not _renew_lease(state, watch_id, owner, now):
                return None
            for story in cards:
                _claim_one(state, story, nonce, now, folded=False)
            for story in mentions:
                _claim_one(state, story, nonce, now, folded=True)
    except _ClaimedElsewhereError:
        return None
    finally:
        state.connection.execute("PRAGMA synchronous = NORMAL")
    return Claim(nonce, now, tuple(cards), tuple(mentions))


def settle_told(state: State, claim: Claim) -> None:
    """Note that a message is there."""
    _run(state, "UPDATE watch_stories SET state = 'told' WHERE nonce = ? AND state = 'claimed'", claim.nonce)


def settle_refused(state: State, claim: Claim) -> None:
    """Note that Discord refused a message, so that its stories wait again as if nothing had been tried."""
    query = (
        "UPDATE watch_stories SET state = 'waiting', nonce = NULL, claimed_at = NULL, "
        "shown_at = CASE WHEN folded THEN shown_at END WHERE nonce = ? AND state = 'claimed'"
    )
    _run(state, query, claim.nonce)


def settle_in_doubt(state: State, claim: Claim) -> None:
    """Note that nobody can tell whether a message arrived: its stories will be counted, and never shown again."""
    query = "UPDATE watch_stories SET state = 'waiting', folded = 1 WHERE nonce = ? AND state = 'claimed'"
    _run(state, query, claim.nonce)


def fold_stories(state: State, stories: Iterable[Waiting]) -> None:
    """Let stories only be counted from now on."""
    query = "UPDATE watch_stories SET folded = 1 WHERE id = ? AND state = 'waiting'"
    state.connection.executemany(query, [(story.story_id,) for story in stories])


def drop_stories(state: State, stories: Iterable[Waiting]) -> None:
    """Give up stories whose articles no longer answer, because they were edited or withdrawn meanwhile."""
    query = "UPDATE watch_stories SET state = 'told' WHERE id = ? AND state = 'waiting'"
    state.connection.executemany(query, [(story.story_id,) for story in stories])


def forget_old_stories(state: State, now: datetime) -> None:
    """Forget what can no longer be mistaken for news."""
    told_before, heard_before = (moment_text(now - timedelta(days=days)) for days in (TOLD_DAYS, HEARD_DAYS))
    with state.transaction():
        old = "state = 'told' AND found_at < ?1 AND coalesce(shown_at, '') < ?1"
        _run(state, f"DELETE FROM watch_stories WHERE {old}", told_before)
        _run(state, "DELETE FROM watch_heard WHERE heard_at < ?", heard_before)
        _run(state, "DELETE FROM watch_baselines WHERE noted_at < ?", heard_before)


class _ClaimedElsewhereError(Exception):
    """Another process was quicker; undoes the transaction."""


def _renew_lease(state: State, watch_id: str, owner: str, now: datetime) -> bool:
    """Lease a watch for one more message; tell whether this process still had it, and it may speak."""
    until = now + timedelta(seconds=LEASE_SECONDS)
    renewed = state.connection.execute(
        "UPDATE watches SET leased_until = ? WHERE id = ? AND leased_by = ? AND leased_until > ? AND paused IS NULL",
        (moment_text(until), watch_id, owner, moment_text(now)),
    )
    return renewed.rowcount == 1


def _claim_one(state: State, story: Waiting, nonce: str, now: datetime, *, folded: bool) -> None:
    claimed = state.connection.execute(
        "UPDATE watch_stories SET state = 'claimed', nonce = ?1, claimed_at = ?2, folded = ?3, "
        "shown_at = CASE WHEN ?3 THEN shown_at ELSE ?2 END WHERE id = ?4 AND state = 'waiting' AND folded <= ?3",
        (nonce, moment_text(now), folded, story.story_id),
    )
    if claimed.rowcount != 1:
        raise _ClaimedElsewhereError


def _hear(state: State, watch_id: str, article_ids: Iterable[str], now: datetime) -> None:
    state.connection.executemany(
        "INSERT OR IGNORE INTO watch_heard VALUES (?, ?, ?)",
        [(watch_id, article_id, moment_text(now)) for article_id in sorted(article_ids)],
    )


def _claim(nonce: str, claimed_at: datetime, stories: Sequence[Waiting]) -> Claim:
    cards = tuple(story for story in stories if not story.is_folded)
    return Claim(nonce, claimed_at, cards, tuple(story for story in stories if story.is_folded))


def _waiting(row: tuple[Any, ...]) -> Waiting:
    story_id, article_id, score, found_at, folded = row
    return Waiting(story_id, article_id, score, _moment(found_at), bool(folded))


def _moment(text: str) -> datetime:
    moment = read_moment(text)
    assert moment is not None
    return moment


def _run(state: State, query: str, *parameters: str | None) -> list[tuple[Any, ...]]:
    return state.connection.execute(query, parameters).fetchall()
