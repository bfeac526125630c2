"""Everything that can go wrong in the corpus and that a person can do something about.

    CorpusError
    ├── UnreadableSourceError       a file could not be read as an article
    ├── EmptyTextError              an article has no text
    ├── OverridesForManyError       a title or a date was given for more than one article
    ├── UnknownArticleError         no such article, or no such version of it, is in the store
    ├── UnknownCitationError        no quote has that id, and none comes from such an article
    ├── NewerSchemaError            a database was written by a later release
    ├── SourceError                 a source cannot be followed as it is written
    │   ├── SourcesFileError        the file of sources cannot be read
    │   ├── UnknownSourceError      no source has that name or address
    │   └── NothingToFollowError    no source is followed yet
    ├── SyncRunningError            another process is reading the sources
    └── FetchError                  a page could not be fetched
        ├── RefusedAddressError     the link leads somewhere that must not be asked
        ├── RobotsError             the host's robots.txt asks not to read it
        ├── StatusError             the host answered with an error
        ├── HostDownError           the host cannot be reached, broke off, or is not to be asked for now
        │   └── SlowHostError       the answer did not come in time
        └── UnsuitablePageError     the page came, but it is too long, of the wrong kind, or holds no article

Owns the messages: what happened, the values, what to do next. ``str(error)`` is fit to be shown to a person as it is.
"""

from pathlib import Path


class CorpusError(Exception):
    """Base of every error that this package raises on purpose."""


class UnreadableSourceError(CorpusError):
    """A file could not be read as an article.

    Attributes:
        path: The file.
        line: The line, counted from 1, or None where the whole file is meant.
        why: The reason, and what to do about it.
    """

    def __init__(self, path: Path, line: int | None, why: str) -> None:
        super().__init__(f"{path}: {why}" if line is None else f"{path}:{line}: {why}")
        self.path = path
        self.line = line
        self.why = why


class EmptyTextError(CorpusError, ValueError):
    """An article has no text once it is normalised."""

    def __init__(self) -> None:
        super().__init__("the text is empty")


class OverridesForManyError(CorpusError):
    """A title, publisher, date or link was given for a source that holds more than one article."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            f"A title, publisher, date or link can be given for a single article only, but {path} may hold many. "
            "Name one .txt, .md or .html file, or write them into the source."
        )


class UnknownArticleError(CorpusError):
    """The store holds no such article, or no such version of it."""

    def __init__(self, article_id: str, number: int | None = None) -> None:
        what = f"article {article_id!r}" if number is None else f"version {number} of article {article_id!r}"
        super().__init__(f"There is no {what} in the corpus. List what there is with `corpus list`.")


class UnknownCitationError(CorpusError):
    """No quote has that id, and none comes from an article with that id."""

    def __init__(self, wanted: str) -> None:
        super().__init__(
            f"No answer cited {wanted!r}. Give the citation_id or the article_id that `ask --json` names with a quote."
        )


class NewerSchemaError(CorpusError):
    """A database was written by a later release than this one."""

    def __init__(self, path: str, found: int, known: int) -> None:
        super().__init__(
            f"The database {path} has schema {found}, but this release knows schemas up to {known}. "
            "Install the release that wrote it, or name another data folder."
        )


class SourceError(CorpusError):
    """A source cannot be followed as it is written."""


class SourcesFileError(SourceError):
    """The file of sources cannot be read."""

    def __init__(self, path: Path, why: str) -> None:
        super().__init__(f"The sources in {path} cannot be read: {why}. Correct the file.")


class UnknownSourceError(SourceError):
    """No source has that name or address."""

    def __init__(self, wanted: str) -> None:
        super().__init__(
            f"No source has the name or the address {wanted!r}. `corpus sources list` shows what there is."
        )


class NothingToFollowError(SourceError):
    """No source is followed yet."""

    def __init__(self) -> None:
        super().__init__(
            "No source is followed yet. Add one with `corpus sources add URL`, or verify those that come with the bot "
            "with `corpus sources test`."
        )


class SyncRunningError(CorpusError):
    """Another process is reading the sources."""

    def __init__(self, path: Path) -> None:
        super().__init__(f"Another `corpus sync` holds {path}. Wait until it has ended.")


class FetchError(CorpusError):
    """A page could not be fetched.

    Attributes:
        why: The reason, without the link.
    """

    def __init__(self, url: str, why: str) -> None:
        super().__init__(f"Could not fetch {url}: {why}")
        self.why = why


class RefusedAddressError(FetchError):
    """The link leads to an address that must not be asked: another scheme, or a host that is not public."""


class UnsuitablePageError(FetchError):
    """The page came, but it is too long, of the wrong kind, or holds no article."""


class RobotsError(FetchError):
    """The host's robots.txt asks not to read the page."""

    def __init__(self, url: str) -> None:
        super().__init__(url, "robots.txt of that host asks not to read it.")


class HostDownError(FetchError):
    """The host cannot be reached, broke off, or is not to be asked for now."""


class SlowHostError(HostDownError):
    """The answer did not come, or did not end, in time."""


class StatusError(FetchError):
    """The host answered with an error.

    Attributes:
        status: The HTTP status.
        retry_after: What the host said about when to ask again, as it was written, or None.
    """

    def __init__(self, url: str, status: int, retry_after: str | None) -> None:
        super().__init__(url, f"the host answered with status {status}.")
        self.status = status
        self.retry_after = retry_after

    @property
    def is_gone(self) -> bool:
        """Whether the host says that the page is no longer there."""
        return self.status in {404, 410}

    @property
    def is_passing(self) -> bool:
        """Whether the same question may well be answered later."""
        return self.status in {408, 425, 429} or self.status >= 500
