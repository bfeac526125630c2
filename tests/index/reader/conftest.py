import pytest
from tokenizers import Tokenizer

from index.encoder.weights import packaged_file
from index.reader import Reader, open_reader
from index.reader.pairs import open_tokenizer


@pytest.fixture(scope="session")
def tokenizer() -> Tokenizer:
    return open_tokenizer(str(packaged_file("tokenizer.json")))


@pytest.fixture(scope="session")
def reader() -> Reader:
    return open_reader()
