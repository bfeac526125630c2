import pytest

from benchmarks.builds import HashedEncoder, compare


def test_only_what_changed_is_encoded_and_the_digest_is_that_of_a_build_from_nothing(
    capsys: pytest.CaptureFixture[str],
) -> None:
    compare(330, HashedEncoder())

    lines = capsys.readouterr().out.splitlines()
    assert [line.partition(", ")[2] for line in lines if line.endswith("encoded")] == [
        "330 passages, 330 encoded",
        "330 passages, 6 encoded",  # two of 110 articles, three passages each
        "330 passages, 330 encoded",
    ]
    assert lines[-1].startswith("same digest: True, same files: True;")
