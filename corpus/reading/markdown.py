"""Markdown with YAML front matter, turned into plain text that quotes read well from.

Owns the front matter's keys and the way from Markdown to text: what a reader would see, without images and raw HTML.
"""

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import yaml
from markdown_it import MarkdownIt
from markdown_it.token import Token

from corpus.draft import RawArticle
from corpus.errors import UnreadableSourceError
from corpus.reading.dates import parse_published

_FRONT_MATTER = re.compile(r"---[ \t]*\n(.*?\n)?---[ \t]*(?:\n|$)", re.DOTALL)
_SHOWN = {"text", "text_special", "code_inline"}
_PARSER = MarkdownIt("commonmark").enable(["table", "strikethrough"])


def read_markdown(path: Path) -> RawArticle:
    """Read a .md file.

    Raises:
        UnreadableSourceError: If its front matter is no YAML mapping.
        UnicodeDecodeError: If it is not UTF-8.
        ValueError: If its date is no date.
    """
    return parse_markdown(path.read_text(encoding="utf-8-sig"), path)


def parse_markdown(source: str, path: Path) -> RawArticle:
    """Read the content of a Markdown file; ``path`` is named where it cannot be read.

    The front matter may give ``title``, ``published`` (or ``date``), ``publisher`` and ``url``; other keys are ignored.
    Where it gives no title, the first heading of the first level is the title.
    """
    found = _FRONT_MATTER.match(source)
    front = _front_matter(found[1] or "", path) if found else {}
    tokens = _PARSER.parse(source[found.end() :] if found else source)
    title = _line(front, "title")
    if not title:
        title, tokens = _take_title(tokens)
    published = front.get("published") or front.get("date")
    return RawArticle(
        text="".join(_plain(tokens)),
        title=title,
        publisher=_line(front, "publisher"),
        published_at=parse_published(published if isinstance(published, date) else str(published))
        if published
        else None,
        url=_line(front, "url"),
    )


def _front_matter(source: str, path: Path) -> dict[str, Any]:
    try:
        front = yaml.safe_load(source) or {}
    except yaml.MarkedYAMLError as error:
        # The front matter starts in the second line of the file, and the mark counts from 0.
        line = error.problem_mark.line + 2 if error.problem_mark else None
        raise UnreadableSourceError(path, line, f"the front matter is not YAML: {error.problem}") from error
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        raise UnreadableSourceError(path, 1, f"the front matter is not YAML: {error}") from error
    if not isinstance(front, dict):
        raise UnreadableSourceError(path, 1, 'the front matter must consist of lines such as "title: ..."')
    return front


def _line(front: dict[str, Any], key: str) -> str:
    value = front.get(key)
    return "" if value is None else str(value)


def _take_title(tokens: list[Token]) -> tuple[str, list[Token]]:
    """Return the first heading of the first level, and the tokens without it."""
    for position, token in enumerate(tokens):
        if token.type == "heading_open" and token.tag == "h1":
            return _inline(tokens[position + 1]), tokens[:position] + tokens[position + 3 :]
    return "", tokens


def _plain(tokens: list[Token]) -> Iterator[str]:
    """Yield the text of the blocks: paragraphs apart by a blank line, each list entry and table row on its own line."""
    for token in tokens:
        match token.type:
            case "inline":
                yield _inline(token)
            case "fence" | "code_block":
                yield token.content + "\n"
            case "list_item_open":
                yield f"{token.info}. " if token.info else "• "
            case "td_close" | "th_close":
                yield " "
            case "tr_close":
                yield "\n"
            case "paragraph_close":  # Hidden in a list whose entries stand close together.
                yield "\n" if token.hidden else "\n\n"
            case "heading_close" | "bullet_list_close" | "ordered_list_close" | "table_close":
                yield "\n\n"
            case _:
                pass


def _inline(token: Token) -> str:
    parts = []
    for child in token.children or []:
        if child.type in _SHOWN:
            parts.append(child.content)
        elif child.type in {"softbreak", "hardbreak"}:
            parts.append(" " if child.type == "softbreak" else "\n")
    return "".join(parts)
