"""Links that open a page at the quoted sentence.

Owns the text directive of the URL fragment as in https://wicg.github.io/scroll-to-text-fragment/. Knows nothing of
Discord and fetches nothing. A browser that does not know the directive just opens the page at the top, and so does one
that finds an edited page.
"""

from urllib.parse import quote, urlsplit

WHOLE_SENTENCE_MAX_CHARS = 80
_EDGE_WORDS = 5
_EDGE_MAX_CHARS = 60
_DIRECTIVE = ":~:"


def is_web_link(url: str) -> bool:
    """Tell whether a browser can open ``url`` (http or https, with a host)."""
    try:
        parts = urlsplit(url)
        return parts.scheme in ("http", "https") and bool(parts.hostname)
    except ValueError:
        return False


def source_link(url: str, sentence: str) -> str:
    """Return ``url`` with a text directive that points at ``sentence``.

    A short sentence is named whole, a longer one by its first and last few words. A fragment that is already there
    is kept, a text directive that is already there is replaced. What is no web link, or has no sentence, is
    returned as it is.
    """
    words = sentence.split()
    if not words or not is_web_link(url):
        return url
    page, _, fragment = url.partition("#")
    element = fragment.partition(_DIRECTIVE)[0]
    return f"{page}#{element}{_DIRECTIVE}text={','.join(map(_encode, _terms(words)))}"


def _terms(words: list[str]) -> tuple[str, ...]:
    """Return the text to find: the whole of it, or its start and its end, which never overlap."""
    whole = " ".join(words)
    if len(whole) <= WHOLE_SENTENCE_MAX_CHARS:
        return (whole,)
    n_words = min(_EDGE_WORDS, len(words) // 2)
    if not n_words:
        # Scripts that put no spaces between words: any character is a fair place to cut.
        half = min(_EDGE_MAX_CHARS, len(whole)) // 2
        return whole[:half], whole[-half:]
    return " ".join(words[:n_words]), " ".join(words[-n_words:])


def _encode(text: str) -> str:
    """Percent-encode a term; ``-`` ``,`` and ``&`` would otherwise be read as syntax of the directive."""
    return quote(text, safe="", errors="replace").replace("-", "%2D")
