"""Everything that can go wrong in the index.

IndexingError
├── NoGenerationError          nothing was built yet
├── GenerationError            a generation is damaged or was built otherwise
│   ├── UnknownGenerationError nothing of that name stands
│   └── NothingEarlierError    nothing was published before the generation that answers
├── EngineError                the engine that holds the index cannot be reached or used
├── MemoError                  what builds remember cannot be used
├── EncoderError               the model is absent, altered or does not fit
├── EmptyCorpusError           there is nothing to index
├── LexiconError               the alias file cannot be read
├── EvaluationError            a set of judged questions cannot be read
└── QuoteMismatchError         a quote is no slice of its article
"""


class IndexingError(Exception):
    """Base of all errors of this package; its text is meant for a person."""


class NoGenerationError(IndexingError):
    """Nothing was built yet."""


class GenerationError(IndexingError):
    """A generation is damaged, or was built with other settings than those in force."""


class UnknownGenerationError(GenerationError):
    """Nothing of that name stands."""

    def __init__(self, name: str) -> None:
        super().__init__(f"there is no generation {name!r}; `space-news index list` names those that stand")


class NothingEarlierError(GenerationError):
    """Nothing was published before the generation that answers."""

    def __init__(self, current: str) -> None:
        super().__init__(
            f"nothing was published before generation {current}; `space-news index list` names those that stand"
        )


class EngineError(IndexingError):
    """The engine that holds the index cannot be reached, or refuses what is asked of it."""


class MemoError(IndexingError):
    """The memo of earlier builds cannot be opened or read."""


class EncoderError(IndexingError):
    """The encoder's model is absent, altered, or does not fit the index."""


class EmptyCorpusError(IndexingError):
    """There is nothing to index."""


class LexiconError(IndexingError):
    """The alias file cannot be read."""


class EvaluationError(IndexingError):
    """A set of judged questions is absent or cannot be read."""


class QuoteMismatchError(IndexingError):
    """A quote is not the slice of the article that it claims to be."""

    def __init__(self, article_id: str, version: int, expected: str, found: str) -> None:
        super().__init__(
            f"quote of article {article_id} version {version} reads {expected!r}, "
            f"but the article reads {found!r} there; rebuild with `space-news index build`"
        )
