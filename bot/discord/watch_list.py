"""What watches look like in a list.

Owns the words; pure functions from values to texts that mention nobody.
"""

from collections.abc import Sequence

from bot.discord.cards.card import Card
from bot.discord.cards.pages import lines_card
from bot.discord.cards.pieces import one_line
from bot.discord.limits import cut
from bot.discord.watch_post import WHY_PAUSED
from bot.state.watch import Rhythm, Watch
from bot.translations import Say

QUESTION_MAX_UNITS = 100
SOURCE_MAX_UNITS = 60


def watch_list(watches: Sequence[Watch], say: Say) -> Card:
    """Return all watches, a line each; those that find no room are counted."""
    lines = [watch_line(watch, say) for watch in watches] or [say("None yet; `/watch add` makes one.")]
    return lines_card(say("Watches"), lines, say)


def watch_line(watch: Watch, say: Say) -> str:
    """Return a watch in a line: its id, what it asks, where and when it posts, and why not if it does not."""
    facts = [
        cut(watch.question, QUESTION_MAX_UNITS, one_line),
        *([cut(watch.source, SOURCE_MAX_UNITS, one_line)] if watch.source else []),
        f"<#{watch.channel_id}>" if watch.channel_id else say("direct message"),
        *_hours(watch.rhythm, say),
    ]
    paused = f" · ⏸ {say(WHY_PAUSED[watch.paused])}" if watch.paused else ""
    return f"`{watch.watch_id}` {' · '.join(facts)}{paused}"


def _hours(rhythm: Rhythm, say: Say) -> list[str]:
    digest_at, quiet = rhythm.digest_at, rhythm.quiet
    facts = [say("daily at {time}", time=f"{digest_at:%H:%M}") if digest_at else say("at once")]
    if quiet:
        facts.append(say("quiet {start}–{end}", start=f"{quiet[0]:%H:%M}", end=f"{quiet[1]:%H:%M}"))
    if digest_at or quiet:
        facts.append(rhythm.zone)
    return [*facts, say("up to {count} a day", count=rhythm.daily_cap)]
