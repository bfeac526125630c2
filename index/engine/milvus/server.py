"""The connection to a Milvus, and what its errors mean to a person.

Owns connecting, deadlines and errors. What is asked of the server is written where it is needed.
"""

import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TypeVar

import grpc
from pymilvus import MilvusClient, MilvusException

from index.errors import EngineError, GenerationError

logging.getLogger("pymilvus").setLevel(logging.CRITICAL)  # it writes a traceback for every error that it raises
_log = logging.getLogger(__name__)

T = TypeVar("T")

_NOT_FOUND = frozenset({100, 1600})
_NOT_LOADED = frozenset({101, 103})
_NO_ANSWER = frozenset({grpc.StatusCode.UNAVAILABLE, grpc.StatusCode.DEADLINE_EXCEEDED, 2})
_REFUSED = frozenset({grpc.StatusCode.UNAUTHENTICATED, grpc.StatusCode.PERMISSION_DENIED, 1400, 1401})


@dataclass(frozen=True, slots=True)
class Address:
    """Where a Milvus is, and how long it may take.

    Attributes:
        uri: ``http://host:port`` or ``https://host:port``, with the database behind it where it is not the default.
        token: ``user:password`` or an API key; empty where none is asked for.
        timeout_seconds: How long one request may take.
    """

    uri: str
    token: str = field(default="", repr=False)
    timeout_seconds: float = 5.0


class MissingError(GenerationError):
    """A collection or an alias does not stand in the Milvus."""


class Server:
    """A Milvus; connected when it is first needed, and again after it was away. Safe to use from several threads."""

    def __init__(self, address: Address) -> None:
        self._address = address
        self._client: MilvusClient | None = None
        self._connecting = threading.Lock()

    @property
    def timeout_seconds(self) -> float:
        """How long one request may take."""
        return self._address.timeout_seconds

    def run(self, work: Callable[[MilvusClient], T], *, loading: str = "") -> T:
        """Do something with the client.

        Args:
            work: What to do.
            loading: The collection that it reads; where the Milvus let go of it, it is loaded, and the work done again.

        Raises:
            MissingError: What is asked for does not stand there.
            EngineError: It does not answer, or refuses.
        """
        try:
            return self._done(work, loading)
        except (MilvusException, grpc.RpcError, grpc.FutureTimeoutError) as error:
            raise self._meaning(error) from error

    def _done(self, work: Callable[[MilvusClient], T], loading: str) -> T:
        client = self._connected()
        try:
            return work(client)
        except (MilvusException, grpc.RpcError, grpc.FutureTimeoutError) as error:
            if _is_no_answer(error):
                self._let_go(client)  # it would not find its way back to a server that was away
            if not loading or _code(error) not in _NOT_LOADED:
                raise
        client.load_collection(loading, timeout=self._address.timeout_seconds)
        return work(client)

    def _connected(self) -> MilvusClient:
        with self._connecting:
            if self._client is None:
                self._client = MilvusClient(
                    uri=self._address.uri,
                    token=self._address.token,
                    timeout=self._address.timeout_seconds,
                    dedicated=True,  # or a client that was closed elsewhere in the process would close this one
                )
            return self._client

    def _let_go(self, client: MilvusClient) -> None:
        """Let the next request connect anew, unless another thread did so already."""
        client.close()
        with self._connecting:
            if self._client is client:
                self._client = None

    def _meaning(self, error: Exception) -> EngineError | GenerationError:
        code = _code(error)
        if code in _NOT_FOUND or code in _NOT_LOADED:
            return MissingError("a part of the index is not in Milvus any more; run `space-news index build`")
        if _is_no_answer(error):
            _log.info("Milvus at %s: %s", self._address.uri, error)
            return EngineError("the index cannot be reached, because Milvus does not answer; try again in a moment")
        if code in _REFUSED:
            return EngineError("Milvus refuses the token; look at SPACE_NEWS_MILVUS_TOKEN")
        _log.warning("Milvus at %s: %s", self._address.uri, error)  # it may name what is no asker's business
        return EngineError("Milvus refuses what is asked of it; the log says why")


def _code(error: Exception) -> object:
    return error.code() if isinstance(error, grpc.RpcError) else getattr(error, "code", None)


def _is_no_answer(error: Exception) -> bool:
    return isinstance(error, grpc.FutureTimeoutError) or _code(error) in _NO_ANSWER
