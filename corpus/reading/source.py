"""One way in for every file and folder that articles are read from.

Owns which reader a file gets, and that a bad file is reported while the rest goes on. It parses no format itself.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from corpus.draft import Draft, RawArticle
from corpus.errors import EmptyTextError, OverridesForManyError, UnreadableSourceError
from corpus.normalise import normalise_line
from corpus.reading.failure import ReadFailure
from corpus.reading.html import read_html
from corpus.reading.json_lines import read_json_lines
from corpus.reading.markdown import read_markdown
from corpus.reading.plain_text import read_plain_text

_ONE_ARTICLE: dict[str, Callable[[Path], RawArticle]] = {
    ".txt": read_plain_text,
    ".md": read_markdown,
    ".markdown": read_markdown,
    ".html": read_html,
    ".htm": read_html,
}
_MANY_ARTICLES = (".jsonl", ".jsonl.gz")


@dataclass(frozen=True, slots=True)
class Overrides:
    """What a person says about a single article, in place of what its file says; None leaves it as it is."""

    title: str | None = None
    publisher: str | None = None
    published_at: datetime | None = None
    url: str | None = None

    def applied_to(self, draft: Draft) -> Draft:
        """Return a draft whose metadata are replaced; its id stays."""
        given: dict[str, Any] = {
            name: normalise_line(value) if isinstance(value, str) else value for name, value in self.given().items()
        }
        return replace(draft, article=replace(draft.article, **given))

    def given(self) -> dict[str, Any]:
        """Return what is not None, by name."""
        values = {name: getattr(self, name) for name in Overrides.__slots__}
        return {name: value for name, value in values.items() if value is not None}


_NONE = Overrides()


def read_source(path: Path, *, overrides: Overrides = _NONE) -> Iterator[Draft | ReadFailure]:
    """Read every article in a file or, in sorted order, in all files of a folder and its subfolders.

    Known are .txt, .md, .html, .jsonl and .jsonl.gz, in capitals too. In a folder, files of other kinds and names that
    start with a full stop are passed over; a file of another kind that is named itself is reported.

    Args:
        path: The file or folder.
        overrides: What to put in place of what the file says; for a single article only.

    Returns:
        An iterator over drafts and, in their place, what could not be read.

    Raises:
        OverridesForManyError: If there are overrides, and ``path`` is a folder or a file of JSON lines.
    """
    if overrides != _NONE and (path.is_dir() or holds_many(path)):
        raise OverridesForManyError(path)
    return (found for file in find_files(path) for found in _read_file(file, overrides))


def holds_many(file: Path) -> bool:
    """Say whether a file may hold more than one article."""
    return file.name.lower().endswith(_MANY_ARTICLES)


def _reader(file: Path) -> Callable[[Path], RawArticle] | None:
    return _ONE_ARTICLE.get(file.suffix.lower())


def find_files(path: Path) -> list[Path]:
    """Return a file itself, or the files of a folder that may hold articles, in sorted order."""
    if not path.is_dir():
        return [path]
    inside = [file for file in path.rglob("*") if file.is_file() and (holds_many(file) or _reader(file))]
    return sorted(file for file in inside if not any(part.startswith(".") for part in file.relative_to(path).parts))


def _read_file(file: Path, overrides: Overrides) -> Iterator[Draft | ReadFailure]:
    if holds_many(file):
        yield from read_json_lines(file)
        return
    try:
        yield _read_one(file, overrides)
    except UnreadableSourceError as error:
        yield ReadFailure.from_error(error)
    except UnicodeDecodeError as error:
        yield ReadFailure(file, None, f"not {error.encoding.upper()} (byte {error.start}); convert the file to UTF-8")
    except OSError as error:
        yield ReadFailure(file, None, error.strerror or str(error))
    except EmptyTextError as error:
        yield ReadFailure(file, None, str(error), is_empty=True)
    except ValueError as error:
        yield ReadFailure(file, None, str(error))


def _read_one(file: Path, overrides: Overrides) -> Draft:
    reader = _reader(file)
    if reader is None:
        known = " ".join([*_ONE_ARTICLE, *_MANY_ARTICLES])
        raise UnreadableSourceError(file, None, f"unknown kind of file {file.suffix!r}; known are {known}")
    return replace(reader(file), **overrides.given()).draft(place=file.resolve().as_posix())
