"""Plain text: the file is the article, and says nothing about itself."""

from pathlib import Path

from corpus.draft import RawArticle


def read_plain_text(path: Path) -> RawArticle:
    """Read a .txt file.

    Raises:
        UnicodeDecodeError: If it is not UTF-8.
    """
    return RawArticle(text=path.read_text(encoding="utf-8-sig"))
