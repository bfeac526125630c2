"""The starter corpus: dated briefings that ship with the project, so that the first question has an answer.

Owns reading them out of the package, also where that is a zip file. They are labelled as what they are: their publisher
is "Starter corpus", and their link is their own place in the project.
"""

from collections.abc import Iterator
from dataclasses import replace
from importlib.resources import files
from pathlib import Path

from corpus.draft import Draft
from corpus.reading.markdown import parse_markdown

ID_PREFIX = "starter-"


def starter_drafts() -> Iterator[Draft]:
    """Yield every briefing, oldest first."""
    folder = files("corpus") / "starter"
    for file in sorted(folder.iterdir(), key=lambda file: file.name):
        if file.name.endswith(".md"):
            place = f"corpus/starter/{file.name}"
            raw = parse_markdown(file.read_text(encoding="utf-8"), Path(place))
            raw = replace(raw, url=place, id=f"{ID_PREFIX}{file.name.removesuffix('.md')}", language="en")
            yield raw.draft(place=place)
