"""Fields of JSON that somebody else wrote, taken as far as they are what they should be."""

from typing import Any

from corpus.reading.dates import parse_published


def text_of(record: dict[str, Any], key: str) -> str:
    """Return a text or number as text; "" where there is neither."""
    value = record.get(key)
    return str(value) if isinstance(value, str | int | float) and not isinstance(value, bool) else ""


def iso_moment(value: object) -> str:
    """Return a written moment in ISO 8601 with its zone; "" where it names none."""
    try:
        return parse_published(value).isoformat() if isinstance(value, str) else ""
    except ValueError:
        return ""


def names(people: object) -> tuple[str, ...]:
    """Return the names of a list of people, each a text or an object with a ``name``."""
    listed = people if isinstance(people, list) else [people]
    found = [person.get("name") if isinstance(person, dict) else person for person in listed]
    return tuple(name for name in found if isinstance(name, str) and name.strip())
