"""JSON lines, plain or gzipped: one article a line, ``{"_id", "title", "text", "metadata": {...}}``.

Owns that one format. A line that cannot be read is reported and the next one is tried.
"""

import gzip
import json
import zlib
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

from corpus.draft import Draft, RawArticle
from corpus.errors import EmptyTextError
from corpus.reading.dates import parse_published
from corpus.reading.failure import ReadFailure

_BYTE_ORDER_MARK = b"\xef\xbb\xbf"


def read_json_lines(path: Path) -> Iterator[Draft | ReadFailure]:
    """Yield a draft for every line, or what is wrong with it; empty lines are passed over."""
    number = 0
    try:
        with gzip.open(path) if path.suffix.lower() == ".gz" else path.open("rb") as lines:
            for number, line in enumerate(lines, start=1):
                if line.strip():
                    yield _read_line(path, number, line.rstrip())
    except (gzip.BadGzipFile, EOFError, zlib.error) as error:
        yield ReadFailure(path, number + 1, f"the file ends here, because it is damaged: {error}")
    except OSError as error:
        yield ReadFailure(path, None, error.strerror or str(error))


def _read_line(path: Path, number: int, line: bytes) -> Draft | ReadFailure:
    try:
        return _draft(path, json.loads(line.removeprefix(_BYTE_ORDER_MARK).decode("utf-8")))
    except UnicodeDecodeError as error:
        return ReadFailure(path, number, f"not UTF-8 (byte {error.start} of the line); convert the file")
    except json.JSONDecodeError as error:
        return ReadFailure(path, number, f"not JSON: {error.msg} (column {error.colno})")
    except RecursionError:
        return ReadFailure(path, number, "not an article: the JSON is nested too deeply")
    except EmptyTextError as error:
        return ReadFailure(path, number, str(error), is_empty=True)
    except ValueError as error:
        return ReadFailure(path, number, str(error))


def _draft(path: Path, record: object) -> Draft:
    if not isinstance(record, dict):
        raise ValueError(f'expected an object with a "text", found {type(record).__name__}')
    metadata = record.get("metadata")
    if not isinstance(metadata, dict):
        metadata = {}
    raw = RawArticle(
        text=_text(record, "text", required=True),
        title=_text(record, "title"),
        publisher=_text(metadata, "publisher"),
        published_at=_moment(metadata, "published"),
        url=_text(metadata, "url"),
        id=_identifier(record.get("_id")),
        language=language if isinstance(language := metadata.get("language"), str) else None,
        authors=_texts(metadata, "authors"),
        launches=_texts(metadata, "launches"),
        events=_texts(metadata, "events"),
        withdrawn_at=_moment(metadata, "withdrawn_at"),
        earlier=_texts(metadata, "earlier_texts"),
    )
    return raw.draft(place=path.as_posix(), alone=False)


def _text(record: dict[str, Any], key: str, *, required: bool = False) -> str:
    value = record.get(key)
    if value is None and not required:
        return ""
    if not isinstance(value, str):
        raise ValueError(f'"{key}" is missing' if key not in record else f'"{key}" is not a text: {value!r:.80}')
    return value


def _moment(metadata: dict[str, Any], key: str) -> datetime | None:
    written = _text(metadata, key)
    return parse_published(written) if written.strip() else None


def _texts(metadata: dict[str, Any], key: str) -> tuple[str, ...]:
    """Return a list of texts; what others put under the same key in another form is passed over."""
    values = metadata.get(key)
    return tuple(value for value in values if isinstance(value, str)) if isinstance(values, list) else ()


def _identifier(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        raise ValueError(f'"_id" is neither text nor number: {value!r:.80}')
    return str(value)
