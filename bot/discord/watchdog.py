"""Tells when something holds up the event loop, and what it was.

Owns a thread that asks the loop for a sign of life. Where none comes in time, it logs what the loop's thread is doing
at that moment. It mends nothing.
"""

import asyncio
import logging
import sys
import threading
import time
import traceback

LATE_SECONDS = 0.05
_PAUSE_SECONDS = 0.05
_WAITING = "select"
"""What a loop is in that has nothing to do, or waits to be given the processor."""
_QUIET_SECONDS = 10.0
"""A loop that is late again within this time is counted, but not logged anew."""

_log = logging.getLogger(__name__)


class Watchdog:
    """Watches one loop; start it from that loop.

    Attributes:
        n_late: How often the loop was late.
        worst_seconds: The longest that a sign of life took.
    """

    def __init__(self, late_seconds: float = LATE_SECONDS) -> None:
        self._late_seconds = late_seconds
        self._stop = threading.Event()
        self._thread: threading.Thread | None = None
        self._logged_at = -_QUIET_SECONDS
        self.n_late = 0
        self.worst_seconds = 0.0

    def start(self) -> None:
        """Begin to watch the running loop, whose thread is this one."""
        loop, watched = asyncio.get_running_loop(), threading.get_ident()
        self._thread = threading.Thread(target=self._watch, args=(loop, watched), name="watchdog", daemon=True)
        self._thread.start()

    @property
    def is_watching(self) -> bool:
        """Whether the loop is being watched."""
        return self._thread is not None and self._thread.is_alive()

    def stop(self) -> None:
        """Stop watching."""
        self._stop.set()

    def _watch(self, loop: asyncio.AbstractEventLoop, watched: int) -> None:
        while not self._stop.wait(_PAUSE_SECONDS):
            alive = threading.Event()
            asked = time.perf_counter()
            try:
                loop.call_soon_threadsafe(alive.set)
            except RuntimeError:  # the loop is closed
                return
            if not alive.wait(self._late_seconds):
                self._note(watched)
                while not alive.wait(_PAUSE_SECONDS):
                    if self._stop.is_set():
                        return
            self.worst_seconds = max(self.worst_seconds, time.perf_counter() - asked)

    def _note(self, watched: int) -> None:
        self.n_late += 1
        now, frame = time.monotonic(), sys._current_frames().get(watched)
        if frame is None or now - self._logged_at < _QUIET_SECONDS:
            return
        self._logged_at = now
        if frame.f_code.co_name == _WAITING:
            _log.info("the event loop was late %d times so far; nothing holds it up but a busy machine", self.n_late)
            return
        stack = "".join(traceback.format_stack(frame)).rstrip()
        late_ms = 1000 * self._late_seconds
        _log.warning(
            "the event loop did not turn for %.0f ms (late %d times so far); it is at\n%s", late_ms, self.n_late, stack
        )
