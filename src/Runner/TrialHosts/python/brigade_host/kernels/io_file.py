"""``io.file``: writes a file, syncs it to disk and reads it back. Blocks the event loop in ``async``: there is no asynchronous file I/O in asyncio."""

import os
from hashlib import sha256
from itertools import count

from ._buffer import patterned_buffer

_numbers = count()


def make_task(params, scratch):
    buffer = patterned_buffer(int(params["bytes"]))
    path = os.path.join(scratch, f"file-{os.getpid()}-{next(_numbers)}")

    def task(index):
        with open(path, "w+b", buffering=0) as file:
            unwritten = memoryview(buffer)
            while unwritten:
                unwritten = unwritten[file.write(unwritten) :]
            os.fsync(file.fileno())
            file.seek(0)
            content = file.read()
        return int.from_bytes(sha256(content).digest()[:8], "big")

    return task
