"""Text as the corpus stores it: one spelling for every line end, space and accent.

Owns the only change that is ever made to article text. It runs once, on the way in, before any offset exists; after it,
text is only sliced. It must not drop words, guess at meaning, or know about file formats.
"""

import re
import unicodedata

# Every code point that splits lines, as "\n": CR, vertical tab, form feed, NEL, and the two Unicode separators.
_LINE_END = re.compile("\r\n|[\r\v\f\x85\u2028\u2029]")
# Zero-width and bidirectional marks, soft hyphen, byte order mark, interlinear and object anchors, tags.
_INVISIBLE = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufeff\uffa0"
    "\ufff9-\ufffc\U000e0000-\U000e007f]"
)
_CONTROL = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\ud800-\udfff]")
_SPACES = re.compile("[\t\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000 ]+")
_LINE_EDGES = re.compile(" ?\n ?")
_BLANK_LINES = re.compile("\n{3,}")


def normalise_text(raw: str) -> str:
    r"""Return ``raw`` in the one spelling that offsets count in.

    NFC; line ends are ``\n``; control characters, unpaired surrogates, zero-width and bidirectional marks, soft hyphens
    and byte order marks are gone; every run of spaces is one plain space; no line starts or ends with a space; at most
    one blank line in a row; nothing around the whole. Applying it twice changes nothing.
    """
    text = _LINE_END.sub("\n", raw)
    text = _CONTROL.sub("", _INVISIBLE.sub("", text))
    # After the removals, because taking out a mark can bring a letter and its accent together.
    text = unicodedata.normalize("NFC", text)
    text = _LINE_EDGES.sub("\n", _SPACES.sub(" ", text))
    return _BLANK_LINES.sub("\n\n", text).strip(" \n")


def normalise_line(raw: str) -> str:
    """Return ``raw`` normalised onto one line, for titles and names of publishers."""
    return " ".join(normalise_text(raw).split())
