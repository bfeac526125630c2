"""How long a first and a second sync of many pages on the loopback address take, and how much memory.

    python -m benchmarks.sync --pages 10000

The site runs in this process, the sync in one of its own with its workers, whose memory is added up.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

from tests.corpus.news_site import running_news_site

_PROGRAM = "from bot.cli import main; main()"


def main() -> None:
    """Run the syncs and print one line each."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pages", type=int, default=10_000)
    parser.add_argument("--paragraphs", type=int, default=12)
    options = parser.parse_args()
    with (
        tempfile.TemporaryDirectory() as folder,
        running_news_site(options.pages, paragraphs=options.paragraphs) as site,
    ):
        (Path(folder) / "sources.toml").write_text(f'[[source]]\nname = "Bench"\nurl = "{site.feed_url}"\n', "utf-8")
        environment = os.environ | {"SPACE_NEWS_DATA_DIR": folder, "SPACE_NEWS_ALLOWED_HOSTS": site.host}
        for name in ("first", "second"):
            seconds, peak_bytes, report = _sync(environment)
            sys.stdout.write(
                f"{name} sync: {seconds:.1f} s, peak {peak_bytes / 1e6:.0f} MB with workers, "
                f"{report['new']} new, {report['unchanged']} unchanged, {report['bytes']} bytes\n"
            )


def _sync(environment: dict[str, str]) -> tuple[float, int, dict[str, int]]:
    """Return the seconds, the peak of memory in bytes, and the report of one sync."""
    start = time.monotonic()
    process = subprocess.Popen(
        [sys.executable, "-c", _PROGRAM, "corpus", "sync", "--json"],
        env=environment,
        stdout=subprocess.PIPE,
    )
    peaks = [0]
    watching = threading.Thread(target=_watch, args=(process, peaks))
    watching.start()
    output, _ = process.communicate()
    watching.join()
    return time.monotonic() - start, max(peaks), json.loads(output)


def _watch(process: "subprocess.Popen[bytes]", peaks: list[int]) -> None:
    while process.poll() is None:
        peaks.append(sum(_resident_bytes(pid) for pid in [process.pid, *_children(process.pid)]))
        time.sleep(0.5)


def _children(pid: int) -> list[int]:
    try:
        return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text("utf-8").split()]
    except OSError:
        return []


def _resident_bytes(pid: int) -> int:
    try:
        pages = int(Path(f"/proc/{pid}/statm").read_text("utf-8").split()[1])
    except OSError:
        return 0
    return pages * os.sysconf("SC_PAGE_SIZE")


if __name__ == "__main__":
    main()
