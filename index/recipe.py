"""What the code itself adds to a generation: the fingerprints of how texts are cut, counted and compared.

Owns them. They are made from the source of the code that does it, and from the releases of the libraries under it, so
that a change of either can neither be forgotten nor meet what an earlier release remembered.
"""

import hashlib
from functools import cache
from importlib.metadata import version
from importlib.resources import files

PASSAGE_MAX_WORDS = 110
_CUTTING = ("passages.py", "sentences.py", "sentence_repairs.py", "abbreviations.py")
_WORDING = ("clustering/copies.py",)
_TERMS = ("terms.py", "lexicon.py", "lexical.py")


@cache
def cutting() -> str:
    """Return the fingerprint of how an article becomes passages."""
    return _fingerprint("corpus", _CUTTING, "sentencex", str(PASSAGE_MAX_WORDS))


@cache
def terms() -> str:
    """Return the fingerprint of how a passage becomes terms, the lexicon apart."""
    return _fingerprint("index", _TERMS, "PyStemmer", "")


@cache
def wording() -> str:
    """Return the fingerprint of how an article is compared with others."""
    return _fingerprint("index", _WORDING, "datasketch", "")


def _fingerprint(package: str, names: tuple[str, ...], library: str, setting: str) -> str:
    running = hashlib.sha256(f"{library} {version(library)} {setting}".encode())
    for name in names:
        running.update((files(package) / name).read_bytes())
    return running.hexdigest()[:16]
