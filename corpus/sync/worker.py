"""A process that parses what others wrote: one task after the other from stdin, each answered on stdout.

Owns its own limits: it never holds more memory than it may, and ends when nobody asks any more, also where the process
that asked was killed.
"""

import logging
import os
import pickle
import struct
import sys
from contextlib import suppress
from typing import BinaryIO

from corpus.sync.tasks import Unreadable

LENGTH = struct.Struct(">Q")
_MAX_BYTES = 2 * 2**30


def serve(asked: BinaryIO, answered: BinaryIO) -> None:
    """Answer tasks until there are no more."""
    while len(head := asked.read(LENGTH.size)) == LENGTH.size:
        task, arguments, named = pickle.loads(asked.read(LENGTH.unpack(head)[0]))
        try:
            result = task(*arguments, **named)
        except (MemoryError, RecursionError) as error:
            result = Unreadable(f"it takes too much to read ({type(error).__name__}).")
        except Exception as error:  # a parser may fail in any way on what was made to break it
            result = Unreadable(f"the reader failed on it ({type(error).__name__}: {error}).")
        message = pickle.dumps(result)
        answered.write(LENGTH.pack(len(message)) + message)
        answered.flush()


def _limit_memory() -> None:
    with suppress(ImportError, ValueError, OSError):  # Windows has no such limit
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (_MAX_BYTES, _MAX_BYTES))


def main() -> None:
    """Serve on stdin and stdout; what a library prints goes to stderr."""
    _limit_memory()
    logging.disable(logging.CRITICAL)
    answered = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    with suppress(BrokenPipeError, KeyboardInterrupt):
        serve(sys.stdin.buffer, answered)


if __name__ == "__main__":
    main()
