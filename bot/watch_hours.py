"""Hours and time zones as people write them for a watch.

Owns the strict reading of them; what follows from hours is watching.py's.
"""

import re
from dataclasses import replace
from datetime import time
from functools import cache
from zoneinfo import available_timezones

from bot.errors import BadHoursError
from bot.messages import message
from bot.state.watch import Rhythm

_CLOCK = re.compile(r"(\d{1,2})(?::(\d{2}))?", re.ASCII)
_BETWEEN = re.compile(r"\s*(?:-|–|—|\bto\b)\s*")


def parse_clock(written: str) -> time:
    """Read ``8``, ``08:00`` or ``23:30``.

    Raises:
        BadHoursError: It is written otherwise, or no clock shows it.
    """
    found = _CLOCK.fullmatch(written.strip())
    hour, minute = (int(found[1]), int(found[2] or 0)) if found else (24, 0)
    if hour > 23 or minute > 59:
        raise BadHoursError(
            message("“{written}” is no time of day; write it as HH:MM, for example 08:00."), written=written
        )
    return time(hour, minute)


def parse_hours(written: str) -> tuple[time, time]:
    """Read ``22:00-07:00``.

    Raises:
        BadHoursError: It is written otherwise, or the hours begin when they end.
    """
    parts = _BETWEEN.split(written.strip())
    if len(parts) != 2:
        raise BadHoursError(
            message("“{written}” are no hours; write them as HH:MM-HH:MM, for example 22:00-07:00."), written=written
        )
    start, end = map(parse_clock, parts)
    if start == end:
        raise BadHoursError(
            message("Quiet hours that begin when they end have no length; “{written}” does."), written=written
        )
    return start, end


def parse_zone(written: str) -> str:
    """Return the name of a time zone as the IANA writes it.

    Raises:
        BadHoursError: There is no such zone.
    """
    for name in zone_names():
        if name.casefold() == written.strip().casefold():
            return name
    raise BadHoursError(
        message("“{written}” is no time zone; write one such as Europe/Berlin or UTC."), written=written
    )


def changed_rhythm(
    rhythm: Rhythm, quiet: str | None, zone: str | None, daily_cap: int | None, digest: str | None
) -> Rhythm:
    """Return a rhythm with what was written in place of what it had; "off" takes hours away, None leaves them.

    Raises:
        BadHoursError: An hour or a zone cannot be read.
    """
    if quiet is not None:
        rhythm = replace(rhythm, quiet=None if _is_off(quiet) else parse_hours(quiet))
    if digest is not None:
        rhythm = replace(rhythm, digest_at=None if _is_off(digest) else parse_clock(digest))
    if zone is not None:
        rhythm = replace(rhythm, zone=parse_zone(zone))
    return rhythm if daily_cap is None else replace(rhythm, daily_cap=daily_cap)


def _is_off(written: str) -> bool:
    return written.strip().casefold() == "off"


@cache
def zone_names() -> tuple[str, ...]:
    """Return every time zone that this machine knows, sorted. Reads files when it is called first."""
    return tuple(sorted(available_timezones()))
