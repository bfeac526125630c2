"""Long work that the maintainers start: one piece at a time.

Owns who is at it. How far it has come is shown by progress.py, and by `/status` to everybody else.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum

from bot.discord.answering import Progress
from bot.errors import JobRunningError
from bot.messages import message


class Job(StrEnum):
    """What can be done; the values are said in the reader's language."""

    REBUILD = message("Building the index")
    ROLLBACK = message("Going back to an earlier index")
    VERIFY = message("Verifying the index")
    SYNC = message("Reading the sources")
    ADD = message("Adding an article")
    WITHDRAW = message("Withdrawing an article")


class Jobs:
    """At most one job, and how far it is.

    Attributes:
        running: The job, or None.
        progress: What it last told of itself.
    """

    def __init__(self) -> None:
        self.running: Job | None = None
        self.progress: Progress | None = None

    @contextmanager
    def at(self, job: Job) -> Iterator[None]:
        """Keep every other job out while the body runs.

        Raises:
            JobRunningError: Another one is running.
        """
        if self.running is not None:
            raise JobRunningError
        self.running = job
        try:
            yield
        finally:
            self.running = self.progress = None

    def note(self, progress: Progress) -> None:
        """Note how far the job is; called from its thread."""
        self.progress = progress
