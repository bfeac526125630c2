"""Folders that are being built, and who owns what beside them.

Owns the locks. A lock lies on a folder itself: it leaves no file behind, it moves with the folder when that is renamed,
and the kernel lets go of it however a process ends. Where the system knows no such lock (Windows), everything is free
at any time, and ``index prune`` must not run beside a build.
"""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

try:
    import fcntl
except ImportError:  # Windows
    fcntl = None  # type: ignore[assignment]

BUILDING = ".building-"
_PRUNED = ".pruned-"


@contextmanager
def moving(parent: Path) -> Iterator[None]:
    """Be the only one who begins a folder here, puts it in place, publishes or removes; waits, and takes moments."""
    with _locked(parent, wait=True, shared=False):
        yield


@contextmanager
def owning(folder: Path) -> Iterator[None]:
    """Keep a folder from being pruned; several processes may own one at once."""
    with _locked(folder, wait=True, shared=True):
        yield


@contextmanager
def staged(parent: Path) -> Iterator[Path]:
    """Give a new hidden folder to build in, owned until the end wherever it was renamed to; what is left of it goes."""
    parent.mkdir(parents=True, exist_ok=True)
    with moving(parent):  # or it could be removed before it is owned
        staging = Path(tempfile.mkdtemp(prefix=BUILDING, dir=parent))
        lock = _locked(staging, wait=True, shared=True)
        lock.__enter__()
    try:
        staging.chmod(0o755)  # another user may serve what this one builds
        yield staging
    finally:
        lock.__exit__(None, None, None)
        shutil.rmtree(staging, ignore_errors=True)


def remove(folder: Path) -> bool:
    """Remove a folder unless someone owns it; a reader finds it whole or not at all. Tell whether it went."""
    with _locked(folder, wait=False, shared=False) as is_mine:
        if is_mine:
            hidden = folder.with_name(f"{_PRUNED}{folder.name.removeprefix(_PRUNED)}")
            folder.rename(hidden)
            shutil.rmtree(hidden)
        return is_mine


def sweep(parent: Path) -> tuple[str, ...]:
    """Remove hidden files and folders that nobody owns, here and in the folders here; return their paths.

    To be called by who is ``moving`` here.
    """
    gone = []
    for path in sorted(parent.glob(".*")):
        if path.is_dir() and not remove(path):
            continue
        path.unlink(missing_ok=True)
        gone.append(path.name)
    for folder in (path for path in sorted(parent.glob("[!.]*")) if path.is_dir()):
        with _locked(folder, wait=False, shared=False) as is_mine:
            hidden = sorted(folder.glob(".*")) if is_mine else []
            for path in hidden:
                path.unlink()
            gone.extend(f"{folder.name}/{path.name}" for path in hidden)
    return tuple(gone)


@contextmanager
def _locked(folder: Path, *, wait: bool, shared: bool) -> Iterator[bool]:
    if fcntl is None:
        yield True
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        try:
            mode = fcntl.LOCK_SH if shared else fcntl.LOCK_EX
            fcntl.flock(descriptor, mode if wait else mode | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
            return
        yield True
    finally:
        os.close(descriptor)
