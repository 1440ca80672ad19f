"""Feeding a pool: its tasks in chunks, with a bounded number of chunks in flight."""

import threading
from collections import deque
from itertools import count
from time import monotonic_ns

from .load import NEVER

CHUNKS_IN_FLIGHT = 1024
"""For each worker: few enough that an endless feed stays small, and so many that the feeding thread hardly ever waits here, as
each wait costs switches."""


class ChunkFeed:
    """The iterable of chunks ``(first, count, deadline, intended)`` for ``imap_unordered``: tasks ``first`` to ``first + count - 1``,
    none of which starts after the deadline (monotonic ns). With open load a chunk is one task, when its time ``intended`` has come.
    It waits for ``chunk_ended`` once enough chunks are in flight."""

    def __init__(self, load, chunk_size, workers):
        self._load = load
        self._size = chunk_size
        if load.spread and load.tasks:
            self._size = min(chunk_size, -(-load.tasks // workers))
        self._free = threading.Semaphore(CHUNKS_IN_FLIGHT * workers)
        self._batch = CHUNKS_IN_FLIGHT * workers // 2
        self._ended = 0

    def __iter__(self):
        if self._load.arrivals is not None:
            yield from self.arrived()
            return
        for chunk in self.chunks():
            self._free.acquire()
            if monotonic_ns() >= self._load.deadline:
                return
            yield chunk

    def arrived(self):
        """With open load, each when its time has come."""
        for index, intended in self._load.arrivals.dispatched():
            yield index, 1, NEVER, intended

    def chunks(self):
        """The same without waiting, for who counts the chunks in flight."""
        tasks, deadline = self._load.tasks, self._load.deadline
        firsts = count(0, self._size) if tasks is None else range(0, tasks, self._size)
        for first in firsts:
            if monotonic_ns() >= deadline:
                return
            yield first, self._size if tasks is None else min(self._size, tasks - first), deadline, 0

    def chunk_ended(self):
        """Make room, in batches: to wake the pool's feeding thread for each chunk would cost a switch each time."""
        if self._load.arrivals is not None:
            self._load.arrivals.end()
            return
        self._ended += 1
        if self._ended == self._batch:
            self._ended = 0
            self._free.release(self._batch)


class Arrived:
    """The chunks of an open load that have arrived and were not taken yet, for a thread that has more to wait for: ``wake`` is
    called when there is one, and once more at the end. A thread of its own watches the clock."""

    def __init__(self, feed, wake):
        self._chunks = deque()
        self._has_ended = False
        threading.Thread(target=self._watch, args=(feed, wake), name="arrivals", daemon=True).start()

    @property
    def is_over(self):
        return self._has_ended and not self._chunks

    def take(self):
        """The chunk that waits longest, or None."""
        return self._chunks.popleft() if self._chunks else None

    def _watch(self, feed, wake):
        for chunk in feed.arrived():
            self._chunks.append(chunk)
            wake()
        self._has_ended = True
        wake()
