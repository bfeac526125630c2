"""What a passage can be left out for, in arrays: its article, when it was published, by whom, and in which language.

Owns the file and the masks made from it. Which filters a question has, and what an undated article means to them, is
for the candidates.
"""

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from zipfile import BadZipFile

import numpy as np
import numpy.typing as npt

from corpus import Article
from index.errors import GenerationError


@dataclass(frozen=True, slots=True)
class Facets:
    """The facets of a generation.

    Attributes:
        article_numbers: int32, (n_passages,), ascending: the article of every passage.
        published_seconds: float64, (n_passages,): seconds since 1970; NaN where nobody says.
        publishers: str, (n_publishers,), sorted: their names, each once.
        publisher_numbers: int32, (n_articles,): the publisher of every article.
        languages: str, (n_languages,), sorted: each once.
        language_numbers: int32, (n_articles,): the language of every article.
    """

    article_numbers: npt.NDArray[np.int32]
    published_seconds: npt.NDArray[np.float64]
    publishers: npt.NDArray[np.str_]
    publisher_numbers: npt.NDArray[np.int32]
    languages: npt.NDArray[np.str_]
    language_numbers: npt.NDArray[np.int32]

    @classmethod
    def of(cls, articles: Sequence[Article], article_numbers: npt.NDArray[np.int32]) -> "Facets":
        """Take the facets of articles, whose passages stand in the order of ``article_numbers``."""
        moments = [article.published_at.timestamp() if article.published_at else np.nan for article in articles]
        publishers, publisher_numbers = np.unique([article.publisher for article in articles], return_inverse=True)
        languages, language_numbers = np.unique([article.language for article in articles], return_inverse=True)
        return cls(
            article_numbers=article_numbers,
            published_seconds=np.asarray(moments, dtype=np.float64)[article_numbers],
            publishers=publishers,
            publisher_numbers=publisher_numbers.astype(np.int32),
            languages=languages,
            language_numbers=language_numbers.astype(np.int32),
        )

    def save(self, path: Path) -> None:
        """Write the facets to a file."""
        np.savez(path, **asdict(self))

    @classmethod
    def load(cls, path: Path) -> "Facets":
        """Read facets that ``save`` wrote.

        Raises:
            GenerationError: The file is absent or damaged.
        """
        try:
            with path.open("rb") as stream, np.load(stream) as facets:  # numpy leaves a damaged file open
                return cls(**{name: facets[name] for name in cls.__slots__})
        except (OSError, ValueError, KeyError, EOFError, BadZipFile) as error:
            raise GenerationError(f"cannot read {path}: {error}; run `space-news index build`") from error

    def published_by(self, is_wanted: Callable[[str], bool]) -> npt.NDArray[np.bool_]:
        """Return bool, (n_passages,): those whose publisher's name is wanted."""
        return self._of(self.publishers, self.publisher_numbers, is_wanted)

    def in_language(self, is_wanted: Callable[[str], bool]) -> npt.NDArray[np.bool_]:
        """Return bool, (n_passages,): those whose language is wanted."""
        return self._of(self.languages, self.language_numbers, is_wanted)

    def _of(
        self, names: npt.NDArray[np.str_], numbers: npt.NDArray[np.int32], is_wanted: Callable[[str], bool]
    ) -> npt.NDArray[np.bool_]:
        wanted = np.asarray([is_wanted(str(name)) for name in names], dtype=np.bool_)
        of_articles: npt.NDArray[np.bool_] = wanted[numbers]
        return of_articles[self.article_numbers]
