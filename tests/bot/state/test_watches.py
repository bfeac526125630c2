"""Watches as they are kept, and whose turn it is."""

from dataclasses import replace
from datetime import date, time, timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.errors import TooManyWatchesError, WatchShareError
from bot.state import State
from bot.state.watch import Pause, Rhythm, Watch
from bot.state.watch_stories import (
    HEARD_DAYS,
    Story,
    claim_stories,
    forget_old_stories,
    heard_articles,
    n_shown_since,
    note_stories,
    open_claim,
    settle_in_doubt,
    settle_refused,
    settle_told,
    waiting_stories,
)
from bot.state.watches import (
    LEASE_SECONDS,
    add_watch,
    find_watch,
    give_back,
    note_asked,
    pause_watch,
    put_off,
    remove_watch,
    save_rhythm,
    take_to_ask,
    take_to_tell,
    watches_of_guild,
    watches_of_maker,
)
from tests.bot.state.values import MOMENT

WATCH = Watch(
    question="What did the probes do?",
    maker_id=7,
    guild_id=11,
    channel_id=12,
    source="Orbit Gazette",
    language="fr",
    rhythm=Rhythm("Europe/Berlin", (time(22), time(7, 30)), 3, time(8)),
    begun=date(2031, 5, 9),
    made_generation="g0001",
    watch_id="watch-01",
)
LATER = MOMENT + timedelta(seconds=LEASE_SECONDS)


def keep(state: State, watch_id: str = "watch-01", *, held: tuple[str, ...] = (), **changes: Any) -> Watch:  # noqa: ANN401
    watch = replace(WATCH, watch_id=watch_id, **changes)
    add_watch(state, watch, held, MOMENT, per_guild=3, per_maker=3, share=3)
    return watch


def stories(*numbers: int) -> list[Story]:
    return [Story(f"s{number}", 0.5, frozenset({f"s{number}"})) for number in numbers]


def waiting_ids(state: State) -> list[tuple[str, bool]]:
    return [(one.article_id, one.is_folded) for one in waiting_stories(state, "watch-01")]


def test_a_watch_reads_as_it_was_kept(state: State) -> None:
    whole = keep(state)
    bare = keep(state, "watch-02", guild_id=None, channel_id=None, source="", rhythm=Rhythm())
    assert find_watch(state, "watch-01") == whole
    assert find_watch(state, "watch-03") is None
    assert watches_of_guild(state, 11) == [whole]
    assert watches_of_maker(state, 7) == [whole, bare]

    save_rhythm(state, "watch-01", Rhythm())
    pause_watch(state, "watch-01", Pause.NOT_ALLOWED)
    assert find_watch(state, "watch-01") == replace(whole, rhythm=Rhythm(), paused=Pause.NOT_ALLOWED)
    remove_watch(state, "watch-01")
    assert find_watch(state, "watch-01") is None


def test_there_are_only_so_many(state: State) -> None:
    for number, maker_id in enumerate((7, 7, 8)):
        keep(state, f"w{number}", maker_id=maker_id)
    with pytest.raises(TooManyWatchesError):
        keep(state, "w3", maker_id=9)
    remove_watch(state, "w2")
    with pytest.raises(WatchShareError):
        add_watch(state, replace(WATCH, watch_id="w3"), (), MOMENT, per_guild=3, per_maker=3, share=2)
    keep(state, "w4", maker_id=7, guild_id=13)
    with pytest.raises(TooManyWatchesError):
        keep(state, "w5", maker_id=7, guild_id=None)


def test_one_process_at_a_time_works_on_a_watch(state: State, path: Path) -> None:
    first, second = keep(state), keep(state, "watch-02")
    with State.open(path) as other:
        assert take_to_ask(state, "g0002", "one", MOMENT) == first
        assert take_to_ask(other, "g0002", "two", MOMENT) == second
        assert take_to_ask(other, "g0002", "two", MOMENT) is None
        assert take_to_ask(other, "g0002", "two", LATER) == first  # its process died, or hangs
        give_back(state, "watch-01", "one")
        assert take_to_ask(state, "g0002", "one", LATER) is not None  # the second one's lease is over as well
        assert take_to_ask(state, "g0002", "one", LATER) is None


def test_a_round_goes_on_where_the_last_one_stopped(state: State) -> None:
    for number in range(3):
        keep(state, f"w{number}")
    note_asked(state, "w0", "g0002", MOMENT)
    note_asked(state, "w1", None, MOMENT)
    taken = [take_to_ask(state, "g0002", "one", MOMENT) for _ in range(3)]
    assert [watch.watch_id if watch else None for watch in taken] == ["w2", "w1", None]
    pause_watch(state, "w0", Pause.BY_HAND)
    assert take_to_ask(state, "g0003", "one", LATER) is not None
    assert "w0" not in [watch.watch_id for watch in [take_to_ask(state, "g0003", "one", LATER)] if watch]


def test_a_story_is_heard_once_whoever_tells_it(state: State) -> None:
    watch = keep(state, held=("old",))
    note_stories(state, "watch-01", [Story("s1", 0.5, frozenset({"s1", "copy"}))], ["late"], MOMENT)
    note_stories(state, "watch-01", [Story("s2", 0.5, frozenset({"s2", "copy"})), *stories(3, 1)], [], MOMENT)
    note_stories(state, "removed", stories(4), [], MOMENT)
    assert waiting_ids(state) == [("s1", False), ("s3", False)]
    assert heard_articles(state, watch) == {"old", "s1", "copy", "late", "s2", "s3"}


def test_what_waits_is_told_by_who_has_the_watch(state: State) -> None:
    watch = keep(state)
    assert take_to_tell(state, "one", MOMENT) is None
    note_stories(state, "watch-01", stories(1, 2), [], MOMENT)
    assert take_to_tell(state, "one", MOMENT) == watch
    first, second = waiting_stories(state, "watch-01")
    assert claim_stories(state, "watch-01", "two", [first], [], MOMENT) is None
    claim = claim_stories(state, "watch-01", "one", [first], [second], MOMENT)
    assert claim is not None
    assert claim_stories(state, "watch-01", "one", [first], [], MOMENT) is None
    found = open_claim(state, "watch-01")
    assert found is not None
    assert (found.nonce, found.claimed_at) == (claim.nonce, MOMENT)
    assert [one.article_id for one in found.cards] == ["s1"]
    assert [one.article_id for one in found.mentions] == ["s2"]
    assert len(claim.nonce) <= 25  # Discord takes no longer one
    settle_told(state, claim)
    assert open_claim(state, "watch-01") is None
    assert waiting_ids(state) == []
    assert n_shown_since(state, "watch-01", MOMENT) == 1
    give_back(state, "watch-01", "one")
    assert take_to_tell(state, "one", MOMENT) is None


def test_a_refused_message_takes_no_place_and_a_doubtful_one_does(state: State) -> None:
    keep(state)
    note_stories(state, "watch-01", stories(1), [], MOMENT)
    assert take_to_tell(state, "one", MOMENT) is not None
    claim = claim_stories(state, "watch-01", "one", waiting_stories(state, "watch-01"), [], MOMENT)
    assert claim is not None
    settle_refused(state, claim)
    assert (waiting_ids(state), n_shown_since(state, "watch-01", MOMENT)) == ([("s1", False)], 0)

    claim = claim_stories(state, "watch-01", "one", waiting_stories(state, "watch-01"), [], MOMENT)
    assert claim is not None
    settle_in_doubt(state, claim)
    assert (waiting_ids(state), n_shown_since(state, "watch-01", MOMENT)) == ([("s1", True)], 1)
    assert claim_stories(state, "watch-01", "one", waiting_stories(state, "watch-01"), [], MOMENT) is None


def test_a_watch_is_put_off_until_a_moment_or_until_there_is_more(state: State) -> None:
    keep(state)
    note_stories(state, "watch-01", stories(1), [], MOMENT)
    assert take_to_tell(state, "one", MOMENT) is not None
    put_off(state, "watch-01", "one", LATER)
    give_back(state, "watch-01", "one")
    assert take_to_tell(state, "one", MOMENT) is None
    assert take_to_tell(state, "one", LATER) is not None
    give_back(state, "watch-01", "one")
    note_stories(state, "watch-01", stories(2), [], MOMENT)
    assert take_to_tell(state, "one", MOMENT) is not None


def test_what_cannot_be_news_any_more_is_forgotten(state: State) -> None:
    watch = keep(state, held=("old",))
    note_stories(state, "watch-01", stories(1, 2), [], MOMENT)
    assert take_to_tell(state, "one", MOMENT) is not None
    first, _ = waiting_stories(state, "watch-01")
    claim = claim_stories(state, "watch-01", "one", [first], [], MOMENT)
    assert claim is not None
    settle_told(state, claim)
    forget_old_stories(state, MOMENT + timedelta(days=HEARD_DAYS - 1))
    assert heard_articles(state, watch) == {"old", "s1", "s2"}
    forget_old_stories(state, MOMENT + timedelta(days=HEARD_DAYS + 1))
    assert heard_articles(state, watch) == frozenset()
    assert waiting_ids(state) == [("s2", False)]
    assert state.connection.execute("SELECT count(*) FROM watch_stories").fetchone() == (1,)
