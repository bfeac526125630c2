from hypothesis import given
from hypothesis import strategies as st

from corpus.changes import Change, Piece, compare_words, shorten

WORDS = st.lists(st.sampled_from(["the", "probe", "landed", "on", "Mars", ".", "\n"]), max_size=30).map(" ".join)


def test_words_that_went_and_came_are_told_apart() -> None:
    assert compare_words("It landed on Mars in May.", "It landed on the Moon in May.") == (
        Piece(Change.KEPT, "It landed on "),
        Piece(Change.REMOVED, "Mars"),
        Piece(Change.ADDED, "the Moon"),
        Piece(Change.KEPT, " in May."),
    )


def test_what_is_far_from_a_change_is_left_out() -> None:
    long = " ".join(f"w{number}" for number in range(40))
    pieces = shorten(compare_words(f"{long} old", f"{long} new"), 2)
    assert [piece.change for piece in pieces] == [Change.LEFT_OUT, Change.KEPT, Change.REMOVED, Change.ADDED]
    assert pieces[1].text == "w38 w39 "


@given(WORDS, WORDS)
def test_both_texts_can_be_put_together_again(old: str, new: str) -> None:
    pieces = compare_words(old, new)
    assert "".join(piece.text for piece in pieces if piece.change is not Change.ADDED) == old
    assert "".join(piece.text for piece in pieces if piece.change is not Change.REMOVED) == new
    assert "".join(piece.text for piece in shorten(pieces)) == "".join(piece.text for piece in pieces)
