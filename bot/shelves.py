"""Which shelf the settings name.

Owns the choice. Without an address of a Milvus nothing of pymilvus is imported.
"""

from pathlib import Path

from bot.settings import PREFIX, Settings
from index.engine.local_shelf import LocalShelf
from index.engine.shelf import Shelf
from index.errors import EngineError


def open_shelf(settings: Settings, index_folder: Path) -> Shelf:
    """Return the shelf that answers come from; nothing is connected before it is needed.

    Raises:
        EngineError: A Milvus is named, and its client is not installed.
    """
    if not settings.milvus_uri:
        return LocalShelf(index_folder)
    try:
        from index.engine.milvus.server import Address, Server
        from index.engine.milvus.shelf import MilvusShelf
    except ImportError as error:
        raise EngineError(
            f"{PREFIX}MILVUS_URI is set, but the client of Milvus is not installed ({error}); "
            "run `pip install 'space-news-bot[milvus]'`"
        ) from error
    token = settings.milvus_token.get_secret_value() if settings.milvus_token else ""
    address = Address(settings.milvus_uri, token, settings.milvus_timeout_seconds)
    return MilvusShelf(Server(address), index_folder, index_kind=settings.milvus_index)
