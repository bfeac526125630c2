"""Web pages: the article without what stands around it.

Owns the way from the bytes of a page to its text and metadata, for files and for fetched pages. Finding the article in
the page is left to trafilatura.
"""

import codecs
import re
from pathlib import Path

from corpus.draft import RawArticle
from corpus.errors import UnreadableSourceError
from corpus.reading.dates import parse_published
from corpus.reading.markup import remove_hidden
from corpus.reading.tails import cut_tail

_META_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w.:-]+)", re.IGNORECASE)
_META_WITHIN_BYTES = 4096
# Python also knows encodings that are none of a page, such as "hex" or "unicode_escape".
_OF_PAGES = (
    "utf-8",
    "utf-16",
    "ascii",
    "iso8859",
    "cp125",
    "cp932",
    "koi8",
    "mac-",
    "big5",
    "gb",
    "euc",
    "shift",
    "iso2022",
)
# What browsers take these names to mean (WHATWG Encoding Standard, section 4.2).
_MEANT = {"ascii": "cp1252", "iso8859-1": "cp1252"}


def read_html(path: Path) -> RawArticle:
    """Read a .html file.

    Raises:
        UnreadableSourceError: If no article is found in it.
        UnicodeDecodeError: If it is not in the encoding that it names, or UTF-8 where it names none.
    """
    raw = parse_html(decode_html(path.read_bytes(), None))
    if raw is None:
        raise UnreadableSourceError(path, None, "no article was found in the page; save its text as .txt instead")
    return raw


def decode_html(page: bytes, charset: str | None) -> str:
    """Decode a page strictly: by its byte order mark, by ``charset``, by what it says itself, or as UTF-8.

    Where the first of these does not fit the bytes, the next is tried; nothing is ever replaced or left out.

    Raises:
        UnicodeDecodeError: If none fits; it names the first.
    """
    if page.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return page.decode("utf-16")
    named = _META_CHARSET.search(page[:_META_WITHIN_BYTES])
    names = (charset, named[1].decode("ascii", "ignore") if named else None)
    encodings = [encoding for name in names if name and (encoding := _encoding(name))]
    misfit: UnicodeDecodeError | None = None
    for encoding in dict.fromkeys([*encodings, "utf-8-sig"]):
        try:
            return page.decode(encoding)
        except UnicodeDecodeError as error:
            misfit = misfit or error
    assert misfit is not None
    raise misfit


def parse_html(page: str, url: str | None = None) -> RawArticle | None:
    """Find the article in a page.

    Args:
        page: The page.
        url: Where it was fetched, if it was.

    Returns:
        What was found, or None where there is no article. ``url`` is the page's own canonical link, if it has one.
    """
    import trafilatura  # slow to import, and asking a question never needs it
    from trafilatura.settings import Document

    tree = trafilatura.load_html(page)
    if tree is None:
        return None
    remove_hidden(tree)
    found = trafilatura.bare_extraction(
        tree,
        url=url,
        include_comments=False,
        with_metadata=True,
        # Without these, a date is guessed from anything on the page that looks like one, or the last change is taken.
        date_extraction_params={"original_date": True, "extensive_search": False},
    )
    if not isinstance(found, Document) or not found.text:
        return None
    title = found.title or ""
    return RawArticle(
        # One line is one paragraph here, and the headline is often the first.
        text=cut_tail(found.text.removeprefix(f"{title}\n")).replace("\n", "\n\n"),
        title=title,
        publisher=found.sitename or found.hostname or "",
        published_at=parse_published(found.date) if found.date else None,
        url=found.url or "",
        authors=tuple(name.strip() for name in (found.author or "").split(";") if name.strip()),
    )


def _encoding(name: str) -> str | None:
    try:
        known = codecs.lookup(name).name
    except LookupError:
        return None
    if not known.startswith(_OF_PAGES):
        return None
    return "utf-8-sig" if known == "utf-8" else _MEANT.get(known, known)
