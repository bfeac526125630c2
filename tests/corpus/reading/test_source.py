import gzip
import hashlib
from datetime import UTC, datetime
from pathlib import Path

import pytest

from corpus.article import Article
from corpus.draft import Draft
from corpus.errors import OverridesForManyError
from corpus.reading import Overrides, ReadFailure, read_source
from tests.corpus.reading.pages import METADATA, PARAGRAPHS, page


def test_a_text_file_says_nothing_about_itself(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("It flew.\n", encoding="utf-8-sig")
    (found,) = read_source(path)
    assert isinstance(found, Draft)
    assert (found.text, found.article.title, found.article.url) == ("It flew.", "", path.as_posix())


def test_a_person_may_say_it(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("It flew.")
    said = Overrides("It flew", "Example", datetime(2022, 3, 18, tzinfo=UTC), "https://news.example/1")
    # The first 16 digits of the SHA-256 of the link without its scheme
    expected = Article("8f3b8293494fb76f", "https://news.example/1", "It flew", "Example", said.published_at)
    assert list(read_source(path, overrides=said)) == [Draft(expected, "It flew.")]


def test_what_a_person_says_comes_before_what_the_file_says(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_text("---\ntitle: Old\npublisher: Example\n---\nIt flew.")
    (found,) = read_source(path, overrides=Overrides(title="New"))
    assert isinstance(found, Draft)
    assert (found.article.title, found.article.publisher) == ("New", "Example")


@pytest.mark.parametrize("name", ["folder", "a.jsonl", "a.jsonl.gz"])
def test_nothing_can_be_said_about_many_at_once(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    if name == "folder":
        path.mkdir()
    with pytest.raises(OverridesForManyError, match=f"for a single article only, but .*{name} may hold many"):
        read_source(path, overrides=Overrides(title="New"))


def test_a_folder_is_read_in_sorted_order_with_what_failed_in_its_place(tmp_path: Path) -> None:
    (tmp_path / "sub").mkdir()
    (tmp_path / ".git").mkdir()
    (tmp_path / ".git" / "x.txt").write_text("hidden")
    (tmp_path / "sub" / "d.HTM").write_text(page(head=METADATA))
    (tmp_path / "a.jsonl").write_text('{"text": "A1"}\n{"text": "A2"}')
    (tmp_path / "b.pdf").write_bytes(b"%PDF")
    (tmp_path / "c.txt").write_bytes(b"\xff\xfe\xfd")
    (tmp_path / "e.txt").write_text("")
    (tmp_path / "f.md").write_text("# Title only")
    (tmp_path / "g").write_text("no suffix")
    (tmp_path / "h.html").write_text("<html></html>")
    found = [
        one.text if isinstance(one, Draft) else f"{one.path.relative_to(tmp_path)} {one.why}"
        for one in read_source(tmp_path)
    ]
    assert found == [
        "A1",
        "A2",
        "c.txt not UTF-8 (byte 0); convert the file to UTF-8",
        "e.txt the text is empty",
        "f.md the text is empty",
        "h.html no article was found in the page; save its text as .txt instead",
        "\n\n".join(PARAGRAPHS),
    ]


@pytest.mark.parametrize(("name", "suffix"), [("b.pdf", ".pdf"), ("g", ""), ("c.gz", ".gz")])
def test_a_file_of_another_kind_that_is_named_itself_is_reported(tmp_path: Path, name: str, suffix: str) -> None:
    (tmp_path / name).write_bytes(b"%PDF")
    (failure,) = read_source(tmp_path / name)
    known = "known are .txt .md .markdown .html .htm .jsonl .jsonl.gz"
    assert str(failure) == f"{tmp_path / name}: unknown kind of file {suffix!r}; {known}"


def test_endings_may_be_in_capitals(tmp_path: Path) -> None:
    (tmp_path / "A.JSONL.GZ").write_bytes(gzip.compress(b'{"_id": "1", "text": "It flew."}'))
    (tmp_path / "B.TXT").write_text("It landed.")
    assert [one.text for one in read_source(tmp_path) if isinstance(one, Draft)] == ["It flew.", "It landed."]


def test_an_edited_file_stays_the_same_article(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.md"
    monkeypatch.chdir(tmp_path)
    ids = set()
    for text, named in (("# Old\nIt flew.", path), ("# New\nIt landed.", path), ("It landed.", Path("a.md"))):
        path.write_text(text)
        (found,) = read_source(named)
        assert isinstance(found, Draft)
        ids.add(found.article.id)
    assert ids == {hashlib.sha256(path.as_posix().encode()).hexdigest()[:16]}


@pytest.mark.parametrize(("name", "text"), [("a.txt", " "), ("a.jsonl", '{"text": ""}')])
def test_an_empty_text_is_told_from_other_failures(tmp_path: Path, name: str, text: str) -> None:
    (tmp_path / name).write_text(text)
    (failure,) = read_source(tmp_path / name)
    assert isinstance(failure, ReadFailure)
    assert failure.is_empty


@pytest.mark.parametrize("name", ["none.txt", "none.jsonl", "none.md"])
def test_a_missing_file_is_named(tmp_path: Path, name: str) -> None:
    (failure,) = read_source(tmp_path / name)
    assert isinstance(failure, ReadFailure)
    assert not failure.is_empty
    assert str(failure) == f"{tmp_path / name}: No such file or directory"
