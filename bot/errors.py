"""Everything that can go wrong between a person and an answer.

BotError
├── SettingsError              the environment holds something that cannot be used
├── RequestError               what a person asked for cannot be done as it was written
│   ├── BadDateError           a date is not written YYYY-MM-DD, or lies out of range
│   ├── BadPeriodError         a period ends before it begins
│   ├── BadQuestionError       a question is too short or too long
│   ├── BadHoursError          hours are not written HH:MM-HH:MM, or there is no such time zone
│   ├── TooManyWatchesError    a server or a person has as many watches as may be
│   ├── UnknownSourceError     no article comes from that source
│   └── WatchError             a watch cannot be made or changed like this
├── NotMaintainerError         only the people who run the bot may do that
└── RebuildRunningError        the index is being rebuilt already
"""

from collections.abc import Sequence
from datetime import date

FIRST_YEAR, LAST_YEAR = 1900, 2200
"""The years that dates may be in: space news lies well inside, and no arithmetic on them leaves the calendar."""


class BotError(Exception):
    """Base of all errors of this package; its text is meant for a person."""


class SettingsError(BotError):
    """The environment holds something that cannot be used.

    Attributes:
        problems: One plain sentence for each thing that is wrong.
    """

    def __init__(self, problems: Sequence[str]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(self.problems))


class RequestError(BotError):
    """What a person asked for cannot be done as it was written."""


class BadDateError(RequestError):
    """A date is not written YYYY-MM-DD, names no day, or lies out of range."""

    def __init__(self, written: str) -> None:
        super().__init__(
            f"“{written}” is not a date from {FIRST_YEAR} to {LAST_YEAR}; "
            "write it as YYYY-MM-DD, for example 2024-10-14."
        )


class BadPeriodError(RequestError):
    """A period ends before it begins."""

    def __init__(self, since: date, until: date) -> None:
        super().__init__(f"The period ends ({until}) before it begins ({since}); swap “since” and “until”.")


class BadQuestionError(RequestError):
    """A question is too short or too long."""

    def __init__(self, length: int, min_chars: int, max_chars: int) -> None:
        super().__init__(f"A question has {min_chars} to {max_chars} characters; yours has {length}.")


class UnknownSourceError(RequestError):
    """No article comes from that source."""

    def __init__(self, source: str) -> None:
        super().__init__(f"No article here comes from “{source}”; `/sources` lists where they come from.")


class BadHoursError(RequestError):
    """Hours are not written HH:MM-HH:MM, or there is no such time zone."""


class TooManyWatchesError(RequestError):
    """A server or a person has as many watches as may be."""

    def __init__(self, most: int, whose: str) -> None:
        super().__init__(
            f"A {whose} may have {most} watches, and there are as many; `/watch list` shows them, and "
            "`/watch remove` makes room."
        )


class WatchError(RequestError):
    """A watch cannot be made or changed like this."""


class NotMaintainerError(BotError):
    """Only the people who run the bot may do that."""

    def __init__(self) -> None:
        super().__init__("Only the maintainers of this bot can rebuild its index.")


class RebuildRunningError(BotError):
    """The index is being rebuilt already."""

    def __init__(self) -> None:
        super().__init__("The index is being rebuilt already; `/index status` shows the new one once it is published.")
