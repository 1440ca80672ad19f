"""What worker processes say of themselves without sending anything: numbers in memory that they share with the host.

A worker process may end at any moment. What it had begun is known from here, so that a task is never run twice.
"""

import mmap
import os

_FAULTS, _COUNT, _CHUNKS = range(3)
_KEPT = 61
_FIELDS = _CHUNKS + _KEPT


class WorkerStatus:
    """Pickled as the path of its file, and mapped again by a process that did not inherit it."""

    def __init__(self, directory, workers):
        self._path = os.path.join(directory, f".workers-{os.getpid()}")
        self._size = 8 * _FIELDS * workers
        with open(self._path, "xb") as file:
            file.truncate(self._size)
        self._map()

    def __getstate__(self):
        return self._path, self._size

    def __setstate__(self, state):
        self._path, self._size = state
        self._map()

    def begun(self, worker):
        """The numbers of the last chunks that the worker has begun."""
        at = _FIELDS * worker + _CHUNKS
        return set(self._numbers[at : at + _KEPT])

    def begin(self, worker, chunk):
        at = _FIELDS * worker
        count = self._numbers[at + _COUNT]
        self._numbers[at + _CHUNKS + count % _KEPT] = chunk
        self._numbers[at + _COUNT] = count + 1

    def progress(self, worker):
        """How many chunks it has begun."""
        return self._numbers[_FIELDS * worker + _COUNT]

    def forget(self, worker):
        """Another process has the worker's place."""
        for field in range(_COUNT, _FIELDS):
            self._numbers[_FIELDS * worker + field] = 0

    def faults(self, worker):
        """A bit for each fault of the worker that happened."""
        return self._numbers[_FIELDS * worker + _FAULTS]

    def note_faults(self, worker, happened):
        self._numbers[_FIELDS * worker + _FAULTS] = happened

    def _map(self):
        with open(self._path, "r+b") as file:
            self._memory = mmap.mmap(file.fileno(), self._size)
        self._numbers = memoryview(self._memory).cast("q")
