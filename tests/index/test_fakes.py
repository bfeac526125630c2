import numpy as np

from index.encoder import Encoder
from tests.index.fakes import FakeEncoder, FakeReader
from tests.index.texts import found, span_of


def test_the_fake_encoder_keeps_an_encoders_promises() -> None:
    encoder: Encoder = FakeEncoder()
    texts = ["The probe flew.", "", "Orbit, orbit and orbit"]
    rows = encoder.encode_passages(texts)
    assert rows.dtype == np.float32
    assert rows.shape == (3, encoder.dim)
    np.testing.assert_allclose(np.linalg.norm(rows, axis=1), 1, rtol=1e-6)
    for row, text in zip(rows, texts, strict=True):
        assert row.tolist() == encoder.encode_question(text).tolist()


def test_the_fake_reader_reads_by_shared_words() -> None:
    text = "It rose. The probe landed at dawn."
    (reading,) = FakeReader().read([("When did the probe land", found(text))])
    first, second = reading.sentences
    assert (first.sentence, first.margin) == (span_of(text, "It rose."), -4)
    assert (second.sentence, second.answer) == (span_of(text, "The probe landed at dawn."), span_of(text, "landed"))
    assert second.margin == reading.relevance == 8 * 2 / 5 - 4
    assert FakeReader(blind=True).read([("When?", found(text))])[0].sentences == ()
