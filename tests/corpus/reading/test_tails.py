import pytest

from corpus.reading.tails import cut_tail

STORY = "The probe left on Monday.\nIt will reach Venus in March."


@pytest.mark.parametrize(
    "tail",
    [
        "\nRead more",
        "\nRead more: Ten things about Venus",
        "\nContinue reading →",
        "\nRead the full story at Example News.",
        "\nThe post Probe leaves appeared first on Example News.",
        "\n\nRelated: The last probe\nShare this article\n",
        "\nSign up for our weekly newsletter",
        "\n-end-",
        " Read more »",
        " […]",
        " [...] Continue reading Probe leaves",
    ],
)
def test_what_stands_after_the_story_is_cut(tail: str) -> None:
    assert cut_tail(STORY + tail) == STORY


@pytest.mark.parametrize(
    "text",
    [
        STORY,
        "Engineers want to read more of the tape. They hope that it still holds data.",
        "Read more",
        "The crew will learn more. That is what the second flight is for.",
        "The plan: share the cost and the data",
    ],
)
def test_what_is_part_of_the_story_stays(text: str) -> None:
    assert cut_tail(text) == text
