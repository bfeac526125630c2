"""A Milvus of a test's own, on the loopback address, which stops with the test."""

from pathlib import Path
from types import TracebackType

from milvus_lite.adapter.grpc.server import start_server_in_thread

from index.engine.milvus.sending import Pace
from index.engine.milvus.server import Address, Server
from index.engine.milvus.shelf import MilvusShelf

TIMEOUT_SECONDS = 20.0
TINY = Pace(batch_rows=3, checkpoint_seconds=0.0)


class Lite:
    """Milvus Lite behind its real protocol; it may be stopped and started again, and keeps what it holds."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._port = 0
        self.start()

    @property
    def uri(self) -> str:
        """Where it listens."""
        return f"http://127.0.0.1:{self._port}"

    def start(self) -> None:
        """Listen, on the same port as before."""
        self._server, self._database, self._port = start_server_in_thread(str(self._folder), port=self._port)

    def stop(self) -> None:
        """Go away."""
        self._server.stop(grace=0).wait()
        self._database.close()

    def server(self, timeout_seconds: float = TIMEOUT_SECONDS) -> Server:
        """Return a connection of its own."""
        return Server(Address(self.uri, timeout_seconds=timeout_seconds))

    def shelf(self, folder: Path, timeout_seconds: float = TIMEOUT_SECONDS) -> MilvusShelf:
        """Return the shelf that it is."""
        return MilvusShelf(self.server(timeout_seconds), folder, pace=TINY)

    def __enter__(self) -> "Lite":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()
