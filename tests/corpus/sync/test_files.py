"""Files and folders on this machine."""

import json
from pathlib import Path

from corpus.sources import Source
from tests.corpus.reading.pages import PARAGRAPHS, page
from tests.corpus.sync.following import Follower, counts


def test_a_folder_is_followed(tmp_path: Path) -> None:
    folder = tmp_path / "news"
    folder.mkdir()
    (folder / "ibis.html").write_text(page(), "utf-8")
    (folder / "b.txt").write_text("The station turned round.\n", "utf-8")
    lines = [{"_id": f"n-{number}", "text": f"Flight {number} left."} for number in range(3)]
    (folder / "c.jsonl").write_text("".join(json.dumps(line) + "\n" for line in lines), "utf-8")
    follower = Follower(tmp_path / "data", [Source("News", str(folder), publisher="Own")])

    assert counts(follower.sync()) == (5, 0, 0, 0)
    article, version = follower.articles()[(folder / "ibis.html").as_posix()]
    assert (article.title, article.publisher) == ("Ibis leaves the station", "Own")
    assert version.text == "\n\n".join(PARAGRAPHS)
    assert counts(follower.sync()) == (0, 0, 0, 5)

    (folder / "b.txt").write_text("The station turned round twice.\n", "utf-8")
    (folder / "ibis.html").unlink()
    (folder / "c.jsonl").write_text(json.dumps(lines[0]) + "\n", "utf-8")
    assert counts(follower.sync()) == (0, 1, 3, 1)

    (folder / "ibis.html").write_text(page(), "utf-8")
    assert counts(follower.sync()) == (0, 1, 0, 2)


def test_a_bad_file_is_told_and_nothing_is_withdrawn(tmp_path: Path) -> None:
    folder = tmp_path / "news"
    folder.mkdir()
    (folder / "a.txt").write_text("It flew.", "utf-8")
    (folder / "b.txt").write_text("It landed.", "utf-8")
    follower = Follower(tmp_path / "data", [Source("News", str(folder))])
    follower.sync()
    (folder / "a.txt").unlink()
    (folder / "b.txt").write_bytes(b"\xff")

    report = follower.sync()
    (failure,) = report.failed
    assert "not UTF-8 (byte 0)" in failure.error
    assert (counts(report), report.exit_code) == ((0, 0, 0, 0), 1)


def test_a_folder_that_is_not_there_is_told(tmp_path: Path) -> None:
    report = Follower(tmp_path / "data", [Source("News", str(tmp_path / "lost"))]).sync()
    (failure,) = report.failed
    assert failure.error.endswith("lost is not there. Correct the url of source 'News'.")
