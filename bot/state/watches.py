"""Standing questions as they are kept, and which of them is whose turn.

Owns the tables ``watches`` and ``watch_baselines``. Several processes may share one file: a watch is worked on by the
process that leased it, and one that dies loses its lease with time.
"""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from typing import Any

from bot.errors import TooManyWatchesError, WatchShareError
from bot.state.state import State
from bot.state.watch import Pause, Rhythm, Watch
from corpus.rows import moment_text

LEASE_SECONDS = 50.0
"""Longer than sending one message takes, and so short that, where a process dies over it, the next one still finds
Discord remembering the message."""

_COLUMNS = (
    "id, guild_id, channel_id, maker_id, question, source, language, zone, quiet_from, quiet_until, daily_cap, "
    "digest_at, begun, made_generation, paused"
)
_WIDTH = _COLUMNS.count(",") + 1


def add_watch(
    state: State, watch: Watch, baseline: Iterable[str], now: datetime, *, per_guild: int, per_maker: int, share: int
) -> None:
    """Keep a new watch.

    Args:
        state: Where to keep it.
        watch: The watch.
        baseline: The articles of its first day that the index held already.
        now: The moment.
        per_guild: How many a server may have.
        per_maker: How many one person may have, over all servers.
        share: How many of a server's that person may have.

    Raises:
        TooManyWatchesError: There are as many already.
        WatchShareError: The person has as many in that server.
    """
    with state.transaction():
        _check_room(state, "guild_id", watch.guild_id, per_guild)
        _check_room(state, "maker_id", watch.maker_id, per_maker)
        query = "SELECT count(*) FROM watches WHERE guild_id = ? AND maker_id = ?"
        if state.connection.execute(query, (watch.guild_id, watch.maker_id)).fetchone()[0] >= share:
            raise WatchShareError(share)
        marks = ", ".join("?" * _WIDTH)
        state.connection.execute(f"INSERT INTO watches ({_COLUMNS}) VALUES ({marks})", _row(watch))
        state.connection.executemany(
            "INSERT OR IGNORE INTO watch_baselines VALUES (?, ?, ?)",
            [(watch.made_generation, article_id, moment_text(now)) for article_id in baseline],
        )


def find_watch(state: State, watch_id: str) -> Watch | None:
    """Return a watch, or None where there is none."""
    return next(iter(_select(state, "id = ?", watch_id)), None)


def watches_of_guild(state: State, guild_id: int) -> list[Watch]:
    """Return the watches of a server, the oldest first."""
    return _select(state, "guild_id = ?", guild_id)


def watches_of_maker(state: State, maker_id: int) -> list[Watch]:
    """Return the watches that one person made, in whatever server or for themselves alone, the oldest first."""
    return _select(state, "maker_id = ?", maker_id)


def save_rhythm(state: State, watch_id: str, rhythm: Rhythm) -> None:
    """Let a watch speak at other times; what waits is looked at anew."""
    state.connection.execute(
        "UPDATE watches SET zone = ?, quiet_from = ?, quiet_until = ?, daily_cap = ?, digest_at = ?, look_at = '' "
        "WHERE id = ?",
        (*_rhythm_row(rhythm), watch_id),
    )


def pause_watch(state: State, watch_id: str, why: Pause | None) -> None:
    """Let a watch be silent, or speak again; what waits goes on waiting."""
    state.connection.execute("UPDATE watches SET paused = ?, look_at = '' WHERE id = ?", (why, watch_id))


def remove_watch(state: State, watch_id: str) -> None:
    """Forget a watch with all that belongs to it."""
    state.connection.execute("DELETE FROM watches WHERE id = ?", (watch_id,))


def take_to_ask(state: State, generation: str, owner: str, now: datetime) -> Watch | None:
    """Lease the watch that was asked longest ago and not of this generation yet, or return None."""
    return _take(state, "asked_generation <> ?", generation, owner, now)


def take_to_tell(state: State, owner: str, now: datetime) -> Watch | None:
    """Lease a watch of which something is to be posted, or looked at again, by now; or return None."""
    waits = "EXISTS (SELECT 1 FROM watch_stories s WHERE s.watch_id = w.id AND s.state <> 'told')"
    return _take(state, f"look_at <= ? AND {waits}", moment_text(now), owner, now)


def put_off(state: State, watch_id: str, owner: str, until: datetime) -> None:
    """Look at a watch again at a moment."""
    query = "UPDATE watches SET look_at = ? WHERE id = ? AND leased_by = ?"
    state.connection.execute(query, (moment_text(until), watch_id, owner))


def give_back(state: State, watch_id: str, owner: str) -> None:
    """End a lease; one that was lost meanwhile is left alone."""
    query = "UPDATE watches SET leased_by = '', leased_until = '' WHERE id = ? AND leased_by = ?"
    state.connection.execute(query, (watch_id, owner))


def note_asked(state: State, watch_id: str, generation: str | None, now: datetime) -> None:
    """Note that a watch had its turn; the generation is None where it could not be asked."""
    query = "UPDATE watches SET asked_generation = coalesce(?, asked_generation), asked_at = ? WHERE id = ?"
    state.connection.execute(query, (generation, moment_text(now), watch_id))


def _take(state: State, where: str, parameter: str | None, owner: str, now: datetime) -> Watch | None:
    # One statement, so that no two processes take the same.
    rows = state.connection.execute(
        "UPDATE watches SET leased_by = ?, leased_until = ? WHERE id = (SELECT id FROM watches w "
        f"WHERE paused IS NULL AND leased_until <= ? AND {where} ORDER BY asked_at, id LIMIT 1) RETURNING {_COLUMNS}",
        (owner, moment_text(now + timedelta(seconds=LEASE_SECONDS)), moment_text(now), parameter),
    ).fetchall()
    return _read(rows[0]) if rows else None


def _check_room(state: State, column: str, value: int | None, most: int) -> None:
    query = f"SELECT count(*) FROM watches WHERE {column} = ?"
    if value is not None and state.connection.execute(query, (value,)).fetchone()[0] >= most:
        raise TooManyWatchesError(most)


def _select(state: State, where: str, parameter: int | str) -> list[Watch]:
    query = f"SELECT {_COLUMNS} FROM watches WHERE {where} ORDER BY rowid"
    return [_read(row) for row in state.connection.execute(query, (parameter,))]


def _row(watch: Watch) -> tuple[Any, ...]:
    where = (watch.watch_id, watch.guild_id, watch.channel_id, watch.maker_id)
    what = (watch.question, watch.source, watch.language)
    return *where, *what, *_rhythm_row(watch.rhythm), watch.begun.isoformat(), watch.made_generation, watch.paused


def _rhythm_row(rhythm: Rhythm) -> tuple[Any, ...]:
    quiet = rhythm.quiet or (None, None)
    return rhythm.zone, *map(_clock_text, quiet), rhythm.daily_cap, _clock_text(rhythm.digest_at)


def _clock_text(clock: time | None) -> str | None:
    return clock.isoformat("minutes") if clock else None


def _read(row: tuple[Any, ...]) -> Watch:
    watch_id, guild_id, channel_id, maker_id, question, source, language, zone, start, end, cap, digest_at, *rest = row
    begun, made_generation, paused = rest
    quiet = (time.fromisoformat(start), time.fromisoformat(end)) if start and end else None
    rhythm = Rhythm(zone, quiet, cap, time.fromisoformat(digest_at) if digest_at else None)
    return Watch(
        question=question,
        maker_id=maker_id,
        guild_id=guild_id,
        channel_id=channel_id,
        source=source,
        language=language,
        rhythm=rhythm,
        begun=date.fromisoformat(begun),
        made_generation=made_generation,
        paused=Pause(paused) if paused else None,
        watch_id=watch_id,
    )
