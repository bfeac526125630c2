"""Bodies as they travel, unpacked piece by piece and never beyond a limit.

Owns which encodings are understood. A small packed body can unpack into a huge one, so the limit is kept while
unpacking, not after it.
"""

import zlib
from typing import Protocol

import brotli

ACCEPTED = "gzip, br"


class Unpacker(Protocol):
    """Takes packed pieces and gives unpacked ones."""

    def feed(self, piece: bytes, max_bytes: int) -> bytes:
        """Unpack a further piece into at most ``max_bytes``.

        Raises:
            ValueError: If the piece is damaged.
        """
        ...

    def is_whole(self) -> bool:
        """Say whether what came so far ends where it should."""
        ...


class _Identity:
    def feed(self, piece: bytes, max_bytes: int) -> bytes:
        return piece[:max_bytes]

    def is_whole(self) -> bool:
        return True


class _Gzip:
    def __init__(self) -> None:
        self._inner = zlib.decompressobj(wbits=31)

    def feed(self, piece: bytes, max_bytes: int) -> bytes:
        try:
            return self._inner.decompress(piece, max_bytes)
        except zlib.error as error:
            raise ValueError(str(error)) from error

    def is_whole(self) -> bool:
        return self._inner.eof


class _Brotli:
    def __init__(self) -> None:
        self._inner = brotli.Decompressor()

    def feed(self, piece: bytes, max_bytes: int) -> bytes:
        try:
            unpacked: bytes = self._inner.process(piece, output_buffer_limit=max_bytes)
        except brotli.error as error:
            raise ValueError(str(error)) from error
        return unpacked[:max_bytes]

    def is_whole(self) -> bool:
        return bool(self._inner.is_finished())


_KNOWN: dict[str, type[_Identity | _Gzip | _Brotli]] = {
    "": _Identity,
    "identity": _Identity,
    "gzip": _Gzip,
    "x-gzip": _Gzip,
    "br": _Brotli,
}


def unpacker(encoding: str) -> Unpacker | None:
    """Return what unpacks a content encoding; None where it is not understood."""
    made = _KNOWN.get(encoding.strip().lower())
    return made() if made else None
