"""Where articles come from: a TOML file that a maintainer edits.

Owns the file ``data/sources.toml`` and what may stand in it. Comments and order survive every change that a command
makes. Until there is such a file, the sources that come with the bot stand in for it; they are followed once they were
seen to work.
"""

import os
import re
import tomllib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from corpus.errors import SourceError, SourcesFileError, UnknownSourceError
from corpus.links import is_web

if TYPE_CHECKING:
    from tomlkit import TOMLDocument
    from tomlkit.items import AoT

SOURCES_FILE = "sources.toml"
"""What the file is called in the data folder."""

_STARTER = files("corpus") / "starter_sources.toml"
_NAME = re.compile(r"[\w][\w .()&+'-]{0,79}")
_GLUED = re.compile(r"(?<!\n)\n\[\[source\]\]")
_QUOTE_MAX_CHARS = 1000


class Kind(StrEnum):
    """Who speaks."""

    AGENCY = "agency"
    OPERATOR = "operator"
    PRESS = "press"
    COMMUNITY = "community"


@dataclass(frozen=True, slots=True)
class Source:
    """A feed, an API, a page, a file or a folder that articles come from.

    Attributes:
        name: What it is called here; no two have the same.
        url: Its link, or the path of a file or folder.
        publisher: Who publishes what it lists; "" where its articles say so themselves.
        kind: Who speaks, or None where nobody said.
        language: ISO 639 code of the language it is written in; "" where that differs.
        quote_max_chars: How much of an article may be quoted at once.
        since: What was published before this day is passed over; None takes everything.
        verified: When it was seen to work; False as long as it is not to be followed; None where nobody looked.
    """

    name: str
    url: str
    publisher: str = ""
    kind: Kind | None = None
    language: str = ""
    quote_max_chars: int = _QUOTE_MAX_CHARS
    since: date | None = None
    verified: date | bool | None = None

    @property
    def is_followed(self) -> bool:
        """Whether ``corpus sync`` reads it."""
        return self.verified is not False

    @property
    def is_web(self) -> bool:
        """Whether it is fetched, and not read from this machine's disk."""
        return is_web(self.url)


class SourcesFile:
    """The file of sources, as it stood when it was opened."""

    def __init__(self, path: Path, text: str) -> None:
        """Wrap the text of a file; ``SourcesFile.open`` is the usual way here."""
        self._path = path
        self._text = text

    @classmethod
    def open(cls, path: Path) -> Self:
        """Read the file, or what comes with the bot where there is none.

        Raises:
            SourcesFileError: If it cannot be read.
        """
        try:
            return cls(path, path.read_text("utf-8") if path.exists() else _STARTER.read_text("utf-8"))
        except (OSError, UnicodeDecodeError) as error:
            raise SourcesFileError(path, str(error)) from error

    def sources(self) -> tuple[Source, ...]:
        """Return the sources in the order of the file.

        Raises:
            SourcesFileError: If it is no TOML, or a source is not written as it should be.
        """
        try:
            tables = tomllib.loads(self._text).get("source", [])
        except tomllib.TOMLDecodeError as error:
            raise SourcesFileError(self._path, str(error)) from error
        if not isinstance(tables, list) or not all(isinstance(table, dict) for table in tables):
            raise SourcesFileError(self._path, "each source must stand under a line [[source]]")
        sources = tuple(self._source(table) for table in tables)
        names = [source.name.casefold() for source in sources]
        for name in names:
            if names.count(name) > 1:
                raise SourcesFileError(self._path, f"two sources are called {name!r}")
        return sources

    def find(self, wanted: str) -> Source:
        """Return the source with a name or an address.

        Raises:
            UnknownSourceError: If there is none.
        """
        for source in self.sources():
            if wanted.casefold() == source.name.casefold() or wanted == source.url:
                return source
        raise UnknownSourceError(wanted)

    def add(self, source: Source) -> None:
        """Write a source at the end.

        Raises:
            SourceError: If its name or its address is taken.
        """
        for known in self.sources():
            if known.name.casefold() == source.name.casefold() or known.url == source.url:
                raise SourceError(
                    f"There is a source {known.name!r} with the address {known.url} already. "
                    "Remove it first, or give another --name."
                )
        values = {key: getattr(source, key) for key in Source.__slots__}
        left_out = {None, "", _QUOTE_MAX_CHARS}
        with self._edited() as tables:
            tables.append({key: _plain(value) for key, value in values.items() if value not in left_out})

    def remove(self, wanted: str) -> Source:
        """Take a source out; its articles stay in the corpus.

        Raises:
            UnknownSourceError: If there is none.
        """
        source = self.find(wanted)
        with self._edited() as tables:
            del tables[next(i for i, table in enumerate(tables) if table["name"] == source.name)]
        return source

    def change(self, name: str, **values: str | date) -> None:
        """Change values of a source, and nothing else in the file."""
        with self._edited() as tables:
            next(table for table in tables if table["name"] == name).update(values)

    @contextmanager
    def _edited(self) -> "Iterator[AoT]":
        """Give the tables of the sources to be changed, then write the file; comments and order stay."""
        import tomlkit  # only whoever changes the file needs it

        document = tomlkit.parse(self._text)
        if "source" not in document:
            document["source"] = tomlkit.aot()
        yield _tables(document)
        self._text = _GLUED.sub("\n\n[[source]]", tomlkit.dumps(document))
        self._path.parent.mkdir(parents=True, exist_ok=True)
        staging = self._path.with_name(f".{self._path.name}-{os.getpid()}")
        staging.write_text(self._text, "utf-8")
        staging.replace(self._path)

    def _source(self, table: dict[str, Any]) -> Source:
        unknown = table.keys() - set(Source.__slots__)
        if unknown:
            known = ", ".join(Source.__slots__)
            raise SourcesFileError(self._path, f"{sorted(unknown)[0]!r} is no key of a source; known are {known}")
        try:
            return _checked(table)
        except ValueError as error:
            raise SourcesFileError(self._path, f"source {table.get('name', '?')!r}: {error}") from error


def _tables(document: "TOMLDocument") -> "AoT":
    tables: AoT = document["source"]  # sources() has made sure of it
    return tables


def _plain(value: object) -> object:
    return str(value) if isinstance(value, StrEnum) else value


def check_name(name: str) -> str:
    """Return a name that a source may have.

    Raises:
        ValueError: If it may not.
    """
    if not isinstance(name, str) or not _NAME.fullmatch(name):
        raise ValueError(f"{name!r} is no name: up to 80 letters, digits, spaces and . ( ) & + ' -")
    return name


def _checked(table: dict[str, Any]) -> Source:
    kind, since, verified = table.get("kind"), table.get("since"), table.get("verified")
    if kind is not None and kind not in set(Kind):
        raise ValueError(f"kind is {kind!r}, but must be one of {', '.join(Kind)}")
    for key in ("url", "publisher", "language"):
        if not isinstance(table.get(key, ""), str):
            raise ValueError(f"{key} is {table[key]!r}, but must be a text")
    if not table.get("url"):
        raise ValueError("it has no url")
    quote_max_chars = table.get("quote_max_chars", _QUOTE_MAX_CHARS)
    if isinstance(quote_max_chars, bool) or not isinstance(quote_max_chars, int) or quote_max_chars < 1:
        raise ValueError(f"quote_max_chars is {quote_max_chars!r}, but must be a number above 0")
    for key, day in (("since", since), ("verified", verified)):
        if day is not None and not isinstance(day, date | bool):
            raise ValueError(f"{key} is {day!r}, but must be a day such as 2026-01-31")
    return Source(
        name=check_name(table.get("name", "")),
        url=table["url"],
        publisher=table.get("publisher", ""),
        kind=Kind(kind) if kind else None,
        language=table.get("language", ""),
        quote_max_chars=quote_max_chars,
        since=_day(since) if isinstance(since, date) else None,
        verified=_day(verified) if isinstance(verified, date) else verified,
    )


def _day(value: date) -> date:
    return value.date() if isinstance(value, datetime) else value
