from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.sealed import read_sealed, write_sealed

facts_of_any_kind = st.dictionaries(
    st.text(max_size=8).filter(lambda key: key != "seal"),
    st.none() | st.booleans() | st.integers() | st.text(max_size=8) | st.lists(st.text(max_size=3), max_size=2),
    max_size=4,
)


@given(facts_of_any_kind)
def test_what_was_written_is_read(tmp_path_factory: pytest.TempPathFactory, facts: dict[str, Any]) -> None:
    path = tmp_path_factory.mktemp("sealed") / "facts.json"
    write_sealed(path, facts)
    assert read_sealed(path) == facts
    assert [file.name for file in path.parent.iterdir()] == ["facts.json"]


def test_every_flipped_byte_is_found(tmp_path: Path) -> None:
    path = tmp_path / "facts.json"
    write_sealed(path, {"name": "a", "count": 10, "list": [1, {"x": "é"}]})
    whole = path.read_bytes()
    for place in range(len(whole)):
        for mask in (0x01, 0x20, 0x29, 0xFF):
            path.write_bytes(whole[:place] + bytes([whole[place] ^ mask]) + whole[place + 1 :])
            with pytest.raises(ValueError, match=r".+"):
                read_sealed(path)


@pytest.mark.parametrize("content", [b"", b"[]", b"{}", b'{"a": 1}', b"null"])
def test_what_is_not_sealed_is_refused(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "facts.json").write_bytes(content)
    with pytest.raises(ValueError, match=r".+"):
        read_sealed(tmp_path / "facts.json")
