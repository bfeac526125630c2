"""Keeping FAISS from sharing out a single question among threads.

Owns that setting. A question is too little work to share: its parts would wait for one another whenever the machine is
busy (measured: 264 ms in place of 1). Several questions at once still use several cores, each its own.
"""

from collections.abc import Iterator
from contextlib import contextmanager

import faiss


@contextmanager
def one_thread() -> Iterator[None]:
    """Let the FAISS calls of this thread work alone within the context; builds go on sharing out theirs."""
    before = faiss.omp_get_max_threads()
    faiss.omp_set_num_threads(1)
    try:
        yield
    finally:
        faiss.omp_set_num_threads(before)
