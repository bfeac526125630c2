import gzip
import json
from pathlib import Path

from benchmarks.verbatim import as_seen, raw_texts


def test_texts_are_read_as_they_stand(tmp_path: Path) -> None:
    rows = [{"_id": "a", "text": "One\u200e line.\u0085 Still it."}, {"_id": 2, "text": "Cafe\u0301"}]
    lines = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    (tmp_path / "corpus.jsonl.gz").write_bytes(gzip.compress(lines.encode()))
    expected = {"a": "One\u200e line.\u0085 Still it.", "2": "Cafe\u0301"}
    assert raw_texts(tmp_path) == expected
    (tmp_path / "corpus.jsonl").write_text(lines, "utf-8")
    assert raw_texts(tmp_path) == expected


def test_what_nobody_sees_makes_no_difference_and_a_letter_does() -> None:
    assert as_seen("One\u200e  line.\n Still\u00a0it.") == "One line. Still it."
    assert as_seen("One line") != as_seen("Oneline")
