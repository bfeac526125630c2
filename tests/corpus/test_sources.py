import tomllib
from datetime import date
from pathlib import Path

import pytest

from corpus.errors import SourceError, SourcesFileError, UnknownSourceError
from corpus.sources import Kind, Source, SourcesFile

WRITTEN = """# Ours.

[[source]]
name = "Gazette"   # a good one
url = "https://orbit.example/feed"
kind = "press"
publisher = "Orbit Gazette"
language = "en"
quote_max_chars = 200
since = 2031-01-01

[[source]]
name = "Folder"
url = "/news"
verified = false
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    file = tmp_path / "data" / "sources.toml"
    file.parent.mkdir()
    file.write_text(WRITTEN, "utf-8")
    return file


def test_sources_are_read_in_order(path: Path) -> None:
    gazette, folder = SourcesFile.open(path).sources()
    assert gazette == Source(
        "Gazette", "https://orbit.example/feed", "Orbit Gazette", Kind.PRESS, "en", 200, date(2031, 1, 1)
    )
    assert (gazette.is_followed, gazette.is_web) == (True, True)
    assert folder == Source("Folder", "/news", verified=False)
    assert (folder.is_followed, folder.is_web) == (False, False)


def test_what_a_maintainer_wrote_survives_every_change(path: Path) -> None:
    added = Source("New", "https://new.example/feed", kind=Kind.AGENCY, verified=date(2031, 5, 1))
    SourcesFile.open(path).add(added)
    SourcesFile.open(path).change("Folder", verified=date(2031, 5, 2))
    assert path.read_text("utf-8") == WRITTEN.replace("false", "2031-05-02") + (
        '\n[[source]]\nname = "New"\nurl = "https://new.example/feed"\nkind = "agency"\nverified = 2031-05-01\n'
    )
    file = SourcesFile.open(path)
    assert file.find("new") == file.find("https://new.example/feed") == added
    file.remove("Folder")
    assert [source.name for source in SourcesFile.open(path).sources()] == ["Gazette", "New"]
    assert path.read_text("utf-8").startswith('# Ours.\n\n[[source]]\nname = "Gazette"   # a good one\n')
    assert list(path.parent.iterdir()) == [path]


def test_without_a_file_the_sources_that_come_with_the_bot_stand_in(tmp_path: Path) -> None:
    path = tmp_path / "data" / "sources.toml"
    sources = SourcesFile.open(path).sources()
    assert not any(source.is_followed for source in sources)
    named = {"NASA", "ESA", "JAXA", "ISRO", "SpaceNews", "Spaceflight Now", "Ars Technica Space", "NASASpaceflight"}
    named |= {"Space.com", "SpacePolicyOnline", "The Planetary Society", "Spaceflight News API articles"}
    assert named <= {source.name for source in sources}
    assert all(source.kind and source.language and source.is_web for source in sources)
    assert not path.exists()
    SourcesFile.open(path).change("NASA", verified=date(2031, 5, 1))
    followed = [source.name for source in SourcesFile.open(path).sources() if source.is_followed]
    assert followed == ["NASA"]
    assert path.read_text("utf-8").startswith("# Sources of space news.")


def test_names_and_addresses_are_taken_once(path: Path) -> None:
    file = SourcesFile.open(path)
    for source in (Source("GAZETTE", "https://other.example/"), Source("Other", "/news")):
        with pytest.raises(SourceError, match="already. Remove it first"):
            file.add(source)
    with pytest.raises(UnknownSourceError, match="'Nobody'"):
        file.find("Nobody")


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("[[source]\n", "cannot be read"),
        ("source = 1\n", r"under a line \[\[source\]\]"),
        ("[[source]]\nname = 'A'\n", "source 'A': it has no url"),
        ("[[source]]\nurl = '/a'\n", "'' is no name"),
        ("[[source]]\nname = 'A'\nurl = '/a'\nlink = 'x'\n", "'link' is no key of a source"),
        ("[[source]]\nname = 'A'\nurl = '/a'\nkind = 'blog'\n", "kind is 'blog', but must be one of agency, operator"),
        ("[[source]]\nname = 'A'\nurl = '/a'\nquote_max_chars = 0\n", "quote_max_chars is 0"),
        ("[[source]]\nname = 'A'\nurl = '/a'\nsince = 'May'\n", "since is 'May', but must be a day"),
        ("[[source]]\nname = 'A'\nurl = '/a'\n[[source]]\nname = 'a'\nurl = '/b'\n", "two sources are called 'a'"),
    ],
)
def test_what_is_wrong_in_the_file_is_told(path: Path, text: str, why: str) -> None:
    path.write_text(text, "utf-8")
    with pytest.raises(SourcesFileError, match=why):
        SourcesFile.open(path).sources()


def test_an_empty_file_takes_sources(path: Path) -> None:
    path.write_text("", "utf-8")
    SourcesFile.open(path).add(Source("A", "/a"))
    assert tomllib.loads(path.read_text("utf-8")) == {"source": [{"name": "A", "url": "/a"}]}
