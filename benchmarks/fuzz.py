"""Throws damaged feeds and pages at the readers for some minutes, and says what broke, what took long, how much memory.

    python -m benchmarks.fuzz --minutes 10 --feeds ../shared/data/feeds/feed-rs

Every input is a real or an own one with bytes cut, doubled, swapped or put in; the same seed gives the same inputs. A
crash ends the run with a traceback and leaves the input in ``fuzz-crash.bin``.
"""

import argparse
import random
import resource
import sys
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

from corpus.reading.listing import Entry
from corpus.sync.tasks import Teller, Unreadable, list_source, read_page
from tests.corpus.news_site import story
from tests.corpus.reading import feeds

_URL = "https://orbit.example/feed"
_TELLER = Teller(_URL, "", "")
_ENTRY = Entry(_URL, "A title", "A text.")
_PIECES = [
    b"<", b">", b"&", b"]]>", b"<![CDATA[", b"\x00", b"\xff\xfe", b"<!ENTITY x 'y'>", b"&#x110000;", b"&lt;" * 50,
    b"<div>" * 200, b"{", b"[" * 200, b'"', b"\xf0\x9f", b"<?xml version='1.0' encoding='utf-16'?>", b"9" * 400,
    b"<p hidden>", b"<script>", b"<!--", b"Mon, 99 Foo 20211 25:61 XYZ", b"\xe2\x80\xae", b"<table><tr><td>" * 40,
]  # fmt: skip


def main() -> None:
    """Run for the time that was asked for and print one line of figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--minutes", type=float, default=10.0)
    parser.add_argument("--feeds", type=Path, default=None, help="a folder of feeds to damage, besides our own")
    parser.add_argument("--seed", type=int, default=4)
    options = parser.parse_args()
    draw = random.Random(options.seed)
    own = [feeds.RSS_2, feeds.RSS_1, feeds.RSS_091, feeds.ATOM, feeds.JSON_FEED, feeds.NEWS_API_4, feeds.NEWS_API_3]
    lists = [text.encode() for text in own]
    lists += [file.read_bytes() for file in sorted(options.feeds.iterdir())] if options.feeds else []
    pages = [story(number).page() for number in range(5)]
    outcomes: Counter[str] = Counter()
    slowest_seconds = 0.0
    end = time.monotonic() + options.minutes * 60
    while time.monotonic() < end:
        for source, read in ((lists, _read_list), (pages, _read_page)):
            body = _damaged(draw, draw.choice(source))
            start = time.monotonic()
            outcomes[_outcome(read, body)] += 1
            slowest_seconds = max(slowest_seconds, time.monotonic() - start)
    peak_mb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000
    sys.stdout.write(
        f"{outcomes.total()} inputs, {outcomes['read']} read, {outcomes['refused']} refused, no crash, "
        f"slowest {slowest_seconds:.2f} s, peak {peak_mb:.0f} MB\n"
    )


def _read_list(body: bytes) -> object:
    return list_source(body, "application/xml", _URL, _TELLER)


def _read_page(body: bytes) -> object:
    return read_page(body, None, _URL, _ENTRY, _TELLER)


def _outcome(read: Callable[[bytes], object], body: bytes) -> str:
    try:
        return "refused" if isinstance(read(body), Unreadable) else "read"
    except BaseException:
        Path("fuzz-crash.bin").write_bytes(body)
        raise


def _damaged(draw: random.Random, body: bytes) -> bytes:
    """Return a body with one to eight damages."""
    for _ in range(draw.randint(1, 8)):
        start = draw.randrange(len(body) + 1)
        end = min(len(body), start + draw.choice([1, 2, 8, 64, 512]))
        match draw.randrange(4):
            case 0:
                body = body[:start] + body[end:]
            case 1:
                body = body[:end] + body[start:]
            case 2:
                body = body[:start] + bytes(draw.randrange(256) for _ in range(end - start)) + body[end:]
            case _:
                body = body[:start] + draw.choice(_PIECES) + body[start:]
    return body


if __name__ == "__main__":
    main()
