"""Everything that can go wrong between a person and an answer.

BotError
├── SettingsError              the environment holds something that cannot be used
├── StateError                 the file with what is kept cannot be used
├── RequestError               what a person asked for cannot be done as it was written
│   ├── BadDateError           a date is not written YYYY-MM-DD, or lies out of range
│   ├── BadPeriodError         a period ends before it begins
│   ├── BadQuestionError       a question is too short or too long
│   ├── BadTopicError          a topic holds no word
│   ├── BadSearchError         what is searched for holds no word
│   ├── NothingToReadError     a question or a message holds no words
│   ├── UnknownSourceError     no article comes from that source
│   ├── NeverCitedError        no answer cited a quote with that id, or an article
│   ├── UnknownTitleError      no article has that id or headline
│   ├── BadHoursError          an hour, hours or a time zone of a watch cannot be read
│   ├── UnknownWatchError      there is no such watch here
│   ├── WatchNotYoursError     somebody else made the watch
│   ├── TooManyWatchesError    a server or a person has as many watches as may be
│   ├── WatchShareError        a person has their share of a server's watches
│   ├── WatchPlaceError        a watch cannot post there
│   ├── WithdrawnAlreadyError  that article was taken out of the search before
│   ├── BadNumberError         what was typed is no whole number in its bounds
│   └── UnclearQuestionError   a follow-up cannot be read, or there is nothing that it follows
├── WaitError                  asking has to wait a little
│   ├── BusyError              too many questions are in line
│   ├── PersonCooldownError    the same person asked a moment ago
│   └── ServerCooldownError    the server asked enough for this minute
├── GoneError                  what a button belongs to is gone
│   ├── AnswerGoneError        the answer is no longer kept
│   └── GenerationGoneError    the index that it came from no longer stands
├── AnswerSharingError         the answer is being shared already
├── AnswerSharedError          the answer was shared before
├── NotSharedHereError         the server wants no answers for all in that channel
├── ExportTooLargeError        what is to be handed out is more than Discord takes
├── NotMaintainerError         only the people who run the bot may do that
├── NotManagerError            only who may manage the server may do that
├── NotServerMaintainerError   only the maintainers whom the server named may do that
├── JobRunningError            long work is being done already
└── RebuildRunningError        the index is being rebuilt already
"""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from bot.messages import message

FIRST_YEAR, LAST_YEAR = 1900, 2200
"""The years that dates may be in: space news lies well inside, and no arithmetic on them leaves the calendar."""


class BotError(Exception):
    """Base of all errors of this package; its text is meant for a person.

    Attributes:
        template: The English text with its places, such as ``{day}``; the catalogues know it.
        values: What stands in the places.
    """

    def __init__(self, template: str, **values: object) -> None:
        self.template = template
        self.values = values
        super().__init__(template.format_map(values) if values else template)


class SettingsError(BotError):
    """The environment holds something that cannot be used.

    Attributes:
        problems: One plain sentence for each thing that is wrong.
    """

    def __init__(self, problems: Sequence[str]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(self.problems))


class StateError(BotError):
    """The file with what is kept cannot be used."""

    def __init__(self, path: Path, why: Exception) -> None:
        super().__init__(message("{path} cannot be used: {why}; check that file and its folder."), path=path, why=why)


class RequestError(BotError):
    """What a person asked for cannot be done as it was written."""


class BadDateError(RequestError):
    """A date is not written YYYY-MM-DD, names no day, or lies out of range."""

    def __init__(self, written: str) -> None:
        super().__init__(
            message(
                "“{written}” is not a date from {first_year} to {last_year}; "
                "write it as YYYY-MM-DD, for example 2024-10-14."
            ),
            written=written,
            first_year=str(FIRST_YEAR),  # a year is written without a separator
            last_year=str(LAST_YEAR),
        )


class BadPeriodError(RequestError):
    """A period ends before it begins."""

    def __init__(self, since: date, until: date) -> None:
        super().__init__(
            message("The period ends ({until}) before it begins ({since}); swap “since” and “until”."),
            since=since,
            until=until,
        )


class BadQuestionError(RequestError):
    """A question is too short or too long."""

    def __init__(self, length: int, min_chars: int, max_chars: int) -> None:
        super().__init__(
            message("A question has {min_chars} to {max_chars} characters; yours has {length}."),
            min_chars=min_chars,
            max_chars=max_chars,
            length=length,
        )


class BadTopicError(RequestError):
    """A topic holds no word."""

    def __init__(self) -> None:
        super().__init__(message("A topic is a name or a few words; yours holds no word."))


class BadSearchError(RequestError):
    """What is searched for holds no word."""

    def __init__(self) -> None:
        super().__init__(message("Articles are found by words of their headline; yours holds no word."))


class NothingToReadError(RequestError):
    """A question or a message holds no words."""

    def __init__(self) -> None:
        super().__init__(message("There are no words in that message to look for."))


class UnknownSourceError(RequestError):
    """No article comes from that source."""

    def __init__(self, source: str) -> None:
        super().__init__(
            message("No article here comes from “{source}”; `/sources list` shows where they come from."), source=source
        )


class NeverCitedError(RequestError):
    """No answer cited a quote with that id, or an article."""

    def __init__(self, wanted: str) -> None:
        super().__init__(
            message("No answer here cited “{wanted}”, and no article with that id was cited."), wanted=wanted
        )


class UnknownTitleError(RequestError):
    """No article has that id or headline."""

    def __init__(self, wanted: str) -> None:
        super().__init__(
            message("No article here is called “{wanted}”; choose one of those that are offered while you type."),
            wanted=wanted,
        )


class WithdrawnAlreadyError(RequestError):
    """That article was taken out of the search before."""

    def __init__(self) -> None:
        super().__init__(message("That article is withdrawn already; `/corpus add` with its link brings it back."))


class BadNumberError(RequestError):
    """What was typed is no whole number in its bounds."""

    def __init__(self, written: str, least: int, most: int) -> None:
        super().__init__(
            message("“{written}” is not a whole number from {least} to {most}."),
            written=written,
            least=least,
            most=most,
        )


class UnclearQuestionError(RequestError):
    """A follow-up cannot be read, or there is nothing that it follows."""


class WaitError(BotError):
    """Asking has to wait a little.

    Attributes:
        seconds: How long.
        is_repeated: Whether the same person was told of the same wait before.
    """

    def __init__(self, template: str, seconds: int, *, is_repeated: bool = False) -> None:
        self.seconds = seconds
        self.is_repeated = is_repeated
        super().__init__(template, seconds=seconds)


class BusyError(WaitError):
    """Too many questions are in line."""

    def __init__(self, seconds: int) -> None:
        super().__init__(message("Many questions are waiting just now; try again in {seconds} s."), seconds)


class PersonCooldownError(WaitError):
    """The same person asked a moment ago."""

    def __init__(self, seconds: int, *, is_repeated: bool = False) -> None:
        template = message("You asked a moment ago; try again in {seconds} s.")
        super().__init__(template, seconds, is_repeated=is_repeated)


class ServerCooldownError(WaitError):
    """The server asked enough for this minute."""

    def __init__(self, seconds: int, *, is_repeated: bool = False) -> None:
        template = message("This server has asked a lot in the last minute; try again in {seconds} s.")
        super().__init__(template, seconds, is_repeated=is_repeated)


class JobRunningError(BotError):
    """Long work is being done already."""

    def __init__(self) -> None:
        super().__init__(message("Another job is running; try again when it has ended. `/status` shows which one."))


class BadHoursError(RequestError):
    """An hour, hours or a time zone of a watch cannot be read."""


class UnknownWatchError(RequestError):
    """There is no such watch here."""

    def __init__(self, wanted: str) -> None:
        super().__init__(
            message("There is no watch “{wanted}” here; `/watch list` shows those there are."), wanted=wanted
        )


class WatchNotYoursError(RequestError):
    """Somebody else made the watch."""

    def __init__(self) -> None:
        super().__init__(message("Only who made a watch, and who manages this server, can change it."))


class TooManyWatchesError(RequestError):
    """A server or a person has as many watches as may be."""

    def __init__(self, most: int) -> None:
        super().__init__(
            message("There are {most} watches already, and no more may be; `/watch remove` makes room."), most=most
        )


class WatchShareError(RequestError):
    """A person has their share of a server's watches."""

    def __init__(self, most: int) -> None:
        super().__init__(
            message(
                "Your share of the watches of this server ({most}) is used up; `/watch remove` makes room, and what "
                "comes as a direct message does not count."
            ),
            most=most,
        )


class WatchPlaceError(RequestError):
    """A watch cannot post there."""


class GoneError(BotError):
    """What a button belongs to is gone."""


class AnswerGoneError(GoneError):
    """The answer is no longer kept."""

    def __init__(self) -> None:
        super().__init__(message("This answer is no longer kept; ask the question again."))


class GenerationGoneError(GoneError):
    """The index that an answer came from no longer stands."""

    def __init__(self) -> None:
        super().__init__(message("The index that this answer came from is gone; ask the question again."))


class AnswerSharingError(BotError):
    """The answer is being shared already."""

    def __init__(self) -> None:
        super().__init__(message("This answer is being shared already."))


class AnswerSharedError(BotError):
    """The answer was shared before."""

    def __init__(self) -> None:
        super().__init__(message("This answer was shared already."))


class NotSharedHereError(BotError):
    """The server wants no answers for all in that channel."""

    def __init__(self) -> None:
        super().__init__(message("This server wants answers for all in other channels only; ask there to share one."))


class NotMaintainerError(BotError):
    """Only the people who run the bot may do that."""

    def __init__(self) -> None:
        super().__init__(message("Only the maintainers of this bot can do that."))


class ExportTooLargeError(BotError):
    """What is to be handed out is more than Discord takes as a file."""

    def __init__(self) -> None:
        super().__init__(message("That is more than Discord takes as one file; ask those who run this bot for it."))


class NotManagerError(BotError):
    """Only who may manage the server may do that."""

    def __init__(self) -> None:
        super().__init__(message("Only members who may manage this server can do that."))


class NotServerMaintainerError(BotError):
    """Only the maintainers whom the server named may do that."""

    def __init__(self) -> None:
        super().__init__(message("Only the maintainers of this server can do that; `/settings` names their role."))


class RebuildRunningError(BotError):
    """The index is being rebuilt already."""

    def __init__(self) -> None:
        super().__init__(
            message("The index is being rebuilt already; `/index status` shows the new one once it is published.")
        )
