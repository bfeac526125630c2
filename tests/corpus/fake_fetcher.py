"""A fetcher that answers from a script, and notes when it was asked."""

import time
from dataclasses import dataclass, field

from corpus.fetch import Fetched, Fetcher, Limits, Validators

NOWHERE = Limits(1.0, 1000, frozenset({"own.example:80"}), "test agent")


@dataclass
class FakeFetcher(Fetcher):
    """Gives prepared answers by link, each once but the last; an exception is raised.

    Attributes:
        answers: What to say.
        asked: Every link that was asked for, with the moment on the monotonic clock.
    """

    answers: dict[str, list[bytes | Exception]]
    asked: list[tuple[str, float]] = field(default_factory=list)
    limits: Limits = NOWHERE

    async def fetch(
        self, url: str, *, accept: frozenset[str] | None = None, validators: Validators | None = None
    ) -> Fetched:
        """Give the next answer."""
        self.asked.append((url, time.monotonic()))
        prepared = self.answers[url]
        answer = prepared.pop(0) if len(prepared) > 1 else prepared[0]
        if isinstance(answer, Exception):
            raise answer
        return Fetched(url, answer, "text/html", None, Validators(), False, None, len(answer))

    def links(self) -> list[str]:
        """Return what was asked for, in order."""
        return [url for url, _ in self.asked]
