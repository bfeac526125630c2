"""Where exported models stand, and how they get there.

Owns the folders: a folder of an export appears whole or not at all, and another training of the same name is another
folder. What is in it is the exporter's business.
"""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from index.staging import staged


def model_identity(name: str) -> str:
    """Return what tells a model from others: the name on the hub, or a local folder with the state of its files."""
    if not Path(name).is_dir():
        return name
    states = [(path.name, path.stat().st_size, path.stat().st_mtime_ns) for path in Path(name).rglob("*")]
    return repr((name, sorted(states)))


def folder_of(kind: str, identity: str, models_folder: Path) -> Path:
    """Return the folder of an export, whether it was made or not."""
    return models_folder / f"{kind}-{hashlib.sha256(identity.encode()).hexdigest()[:16]}"


@contextmanager
def appearing_whole(folder: Path) -> Iterator[Path]:
    """Give a folder to write into that takes the place of ``folder`` once the block has ended well."""
    with staged(folder.parent) as staging:
        yield staging
        with suppress(OSError):  # another process was faster; its export is as good
            staging.rename(folder)
