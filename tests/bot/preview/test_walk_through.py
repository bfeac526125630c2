"""The walk-through: every scene has a picture, every picture a sentence, and all of them are small."""

import io
import re
from pathlib import Path

from PIL import Image

from tests.bot.preview.walk_through import COLOURS, FOLDER, SCENES, small

ROOT = Path(__file__).parents[3]
ALL_MAX_BYTES = 3_000_000
PICTURE = re.compile(r"!\[([^\]]+)\]\((?:docs/)?pictures/([\w-]+)\.png\)")


def read(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def test_every_scene_has_a_picture_and_no_picture_is_left_over() -> None:
    pictures = {path.stem for path in (ROOT / FOLDER).iterdir()}

    assert pictures == {scene.name for scene in SCENES}
    assert len({scene.name for scene in SCENES}) == len(SCENES)


def test_the_walk_through_shows_every_picture_once_and_in_order() -> None:
    assert [name for _, name in PICTURE.findall(read("docs/walkthrough.md"))] == [scene.name for scene in SCENES]


def test_every_picture_is_described_in_words() -> None:
    for page in ("docs/walkthrough.md", "README.md"):
        for words, name in PICTURE.findall(read(page)):
            assert len(words) > 10, name


def test_the_pictures_of_the_readme_exist() -> None:
    shown = {name for _, name in PICTURE.findall(read("README.md"))}

    assert shown
    assert shown <= {scene.name for scene in SCENES}


def test_the_pictures_are_small_and_not_blank() -> None:
    paths = list((ROOT / FOLDER).iterdir())

    assert sum(path.stat().st_size for path in paths) < ALL_MAX_BYTES
    for path in paths:
        colours = Image.open(path).convert("RGB").getcolors(maxcolors=1 << 16)
        assert colours is not None
        assert len(colours) > 10, path.name


def test_a_picture_gets_a_palette() -> None:
    written = io.BytesIO()
    gradient = Image.linear_gradient("L").convert("RGB")
    gradient.save(written, "PNG")

    reduced = Image.open(io.BytesIO(small(written.getvalue())))

    assert (reduced.mode, reduced.size) == ("P", gradient.size)
    assert len(reduced.getcolors() or ()) <= COLOURS
