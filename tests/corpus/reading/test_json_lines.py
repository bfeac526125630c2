import gzip
import json
from datetime import UTC, datetime
from pathlib import Path

from corpus.article import Article
from corpus.draft import Draft
from corpus.reading import ReadFailure, read_source

FULL = {
    "_id": "n-1",
    "title": "It flew",
    "text": "It flew.\r\nIt landed.",
    "metadata": {"url": "https://news.example/1", "publisher": "Example", "published": "2022-03-18", "authors": ["x"]},
}


def test_a_full_line(tmp_path: Path) -> None:
    path = tmp_path / "news.jsonl"
    path.write_text(json.dumps(FULL) + "\n")
    expected = Article(
        "n-1", "https://news.example/1", "It flew", "Example", datetime(2022, 3, 18, tzinfo=UTC), authors=("x",)
    )
    assert list(read_source(path)) == [Draft(expected, "It flew.\nIt landed.")]


def test_only_the_text_is_needed_and_numbers_are_ids(tmp_path: Path) -> None:
    path = tmp_path / "news.jsonl"
    path.write_text('{"_id": 7, "title": "", "text": "It flew."}\n\n{"text": "It flew."}')
    by_number, by_text = read_source(path)
    place = path.as_posix()
    assert by_number == Draft(Article("7", place, "", "", None), "It flew.")
    # The first 16 digits of the SHA-256 of "It flew."
    assert by_text == Draft(Article("8ce08fdd3f7978cc", place, "", "", None), "It flew.")


def test_packed_lines_read_the_same(tmp_path: Path) -> None:
    path = tmp_path / "news.jsonl.gz"
    path.write_bytes(gzip.compress(b"\xef\xbb\xbf" + json.dumps(FULL).encode()))
    (found,) = read_source(path)
    assert isinstance(found, Draft)
    assert found.article.id == "n-1"


def test_each_bad_line_is_named_and_the_rest_goes_on(tmp_path: Path) -> None:
    path = tmp_path / "news.jsonl"
    lines = [
        b'{"text": "fine"}',
        b'{"text": "cut of',
        b"[1]",
        b'{"title": "no text"}',
        b'{"text": 5}',
        b'{"text": " \\u200b "}',
        b'{"text": "x", "metadata": {"published": "someday"}}',
        b'{"text": "\xff"}',
        b'{"_id": true, "text": "x"}',
        b"[" * 100_000,
        b'{"text": "fine", "metadata": null}',
    ]
    path.write_bytes(b"\n".join(lines))
    found = list(read_source(path))
    assert [type(one) for one in found] == [Draft, *[ReadFailure] * 9, Draft]
    assert [str(failure).replace(str(path), "news") for failure in found[1:10]] == [
        "news:2: not JSON: Unterminated string starting at (column 10)",
        'news:3: expected an object with a "text", found list',
        'news:4: "text" is missing',
        'news:5: "text" is not a text: 5',
        "news:6: the text is empty",
        "news:7: 'someday' is no date; write it like 2022-03-18 or 2022-03-18T09:30:00Z",
        "news:8: not UTF-8 (byte 10 of the line); convert the file",
        'news:9: "_id" is neither text nor number: True',
        "news:10: not an article: the JSON is nested too deeply",
    ]


def test_an_unpaired_surrogate_can_be_stored(tmp_path: Path) -> None:
    path = tmp_path / "news.jsonl"
    path.write_text('{"_id": "a\\ud800", "title": "b\\udfff", "text": "c\\ud800d", "metadata": {"url": "e\\ud800"}}')
    assert list(read_source(path)) == [Draft(Article("a", "e", "b", "", None), "cd")]


def test_a_damaged_archive_gives_what_came_before_the_damage(tmp_path: Path) -> None:
    path = tmp_path / "news.jsonl.gz"
    packed = gzip.compress(b"".join(b'{"text": "line %d"}\n' % number for number in range(5000)))
    path.write_bytes(packed[: len(packed) // 2])
    *before, last = read_source(path)
    assert isinstance(before[0], Draft)
    assert before[0].text == "line 0"
    assert isinstance(last, ReadFailure)
    assert last.line == len(before) + 1
    assert last.why.startswith("the file ends here, because it is damaged: ")


def test_what_is_no_archive_is_named(tmp_path: Path) -> None:
    path = tmp_path / "news.jsonl.gz"
    path.write_text('{"text": "not packed"}')
    (failure,) = read_source(path)
    assert isinstance(failure, ReadFailure)
    assert failure.line == 1
    assert "Not a gzipped file" in failure.why
