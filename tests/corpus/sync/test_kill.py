"""A sync that is killed at any moment loses nothing: the next one ends where an undisturbed one would have."""

import random
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest

from corpus.export import export_lines
from corpus.store import Store
from tests.command_line import PROGRAM, ROOT, environment, run_alone
from tests.corpus.news_site import NewsSite, running_news_site, story

_PATIENCE_SECONDS = 120.0


def follow(site: NewsSite, data_dir: Path) -> dict[str, str]:
    """Let a data folder follow the site, and return the settings that this takes."""
    data_dir.mkdir()
    lines = ["[[source]]", 'name = "Test News"', f'url = "{site.feed_url}"']
    (data_dir / "sources.toml").write_text("\n".join(lines) + "\n", "utf-8")
    return {"SPACE_NEWS_ALLOWED_HOSTS": site.host}


def killed_sync(site: NewsSite, data_dir: Path, extra: dict[str, str], after_requests: int) -> bool:
    """Start a sync and kill it once the site was asked so often; tell whether it was still at it."""
    asked = len(site.requests)
    process = subprocess.Popen(
        [sys.executable, "-c", PROGRAM, "corpus", "sync"],
        cwd=ROOT,
        env=environment(data_dir, extra),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    deadline = time.monotonic() + _PATIENCE_SECONDS
    while process.poll() is None and len(site.requests) - asked < after_requests and time.monotonic() < deadline:
        time.sleep(0.001)
    process.send_signal(signal.SIGKILL)
    return process.wait() == -signal.SIGKILL


def exported(data_dir: Path) -> list[str]:
    with Store.open(data_dir / "corpus.db") as store:
        return list(export_lines(store))


def is_sound(data_dir: Path) -> bool:
    connection = sqlite3.connect(data_dir / "corpus.db")
    try:
        broken = connection.execute("PRAGMA foreign_key_check").fetchall()
        return connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)] and not broken
    finally:
        connection.close()


def check_kills(folder: Path, *, stories: int, moments: list[int], edits: int) -> None:
    with running_news_site(stories) as site:
        extra = follow(site, folder / "undisturbed")
        follow(site, folder / "disturbed")
        for data_dir, kills in ((folder / "undisturbed", []), (folder / "disturbed", moments)):
            killed = sum(killed_sync(site, data_dir, extra, moment) for moment in kills)
            assert killed >= len(kills) // 2, "hardly any sync was still running when it was to be killed"
            ran = run_alone(data_dir, "corpus", "sync", extra=extra, timeout=_PATIENCE_SECONDS * 4)
            assert ran.exit_code == 0, ran.stderr
        expected = exported(folder / "undisturbed")
        assert len(expected) == stories
        assert exported(folder / "disturbed") == expected
        assert is_sound(folder / "disturbed")

        for number in range(edits):  # an edit is noticed as well after a kill
            site.stories[f"/story/{number}"].paragraphs[0] = f"Edited: flight {number} was put off to next spring."
        del site.stories["/story/0"]
        site.publish(story(stories + 1))
        killed_sync(site, folder / "disturbed", extra, 2 + edits // 2)
        for data_dir in (folder / "undisturbed", folder / "disturbed"):
            assert run_alone(data_dir, "corpus", "sync", extra=extra, timeout=_PATIENCE_SECONDS * 4).exit_code == 0
        assert without_moments(exported(folder / "disturbed")) == without_moments(exported(folder / "undisturbed"))
        assert is_sound(folder / "disturbed")


def without_moments(lines: list[str]) -> list[str]:
    """Return lines without the moment at which a page was found gone."""
    return [line.partition('"withdrawn_at"')[0] for line in lines]


@pytest.mark.timeout(600)
def test_a_sync_killed_a_few_times(tmp_path: Path) -> None:
    check_kills(tmp_path, stories=40, moments=[1, 7, 23], edits=4)


@pytest.mark.slow
@pytest.mark.timeout(3600)
def test_a_sync_of_a_thousand_killed_twenty_times(tmp_path: Path) -> None:
    draw = random.Random(4)
    check_kills(tmp_path, stories=1000, moments=[draw.randrange(1, 300) for _ in range(20)], edits=20)
