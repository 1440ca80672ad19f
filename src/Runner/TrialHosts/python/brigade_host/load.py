"""How much work a phase of the trial does: a count of tasks, a duration, or the arrivals of an open load."""

import sys
import threading
from itertools import count
from time import monotonic_ns

from .errors import TrialFailed

NEVER = (1 << 63) - 1


class Load:
    """``arrivals`` is None for a closed load. ``tasks`` is None for a duration; ``deadline`` (monotonic ns) is when no further task may start.
    ``spread`` asks a pool for chunks so small that each worker can have one: a warm-up is for all of them."""

    def __init__(self, tasks=None, duration_ns=None, spread=False, arrivals=None):
        self.tasks = tasks
        self.arrivals = arrivals
        self.spread = spread
        self.deadline = NEVER
        self._duration_ns = duration_ns

    @classmethod
    def from_request(cls, body, spread=False, workers=1):
        if body.get("stages"):
            from .arrivals import Arrivals  # only where it is needed: start-up is part of what is measured

            return cls(tasks=0, arrivals=Arrivals.from_request(body, workers))
        if body.get("tasks") is not None:
            return cls(tasks=int(body["tasks"]), spread=spread)
        if body.get("durationMs") is not None:
            return cls(duration_ns=int(body["durationMs"] * 1_000_000), spread=spread)
        raise TrialFailed("a load of the trial request has neither tasks nor durationMs nor stages")

    def start(self):
        """Start the clock; returns the time."""
        at = monotonic_ns()
        if self.arrivals is not None:
            self.arrivals.start(at)
        elif self.tasks is None:
            self.deadline = at + self._duration_ns
        return at

    def indexes(self):
        """An iterator over the indexes for one thread."""
        return count() if self.tasks is None else iter(range(self.tasks))

    def shared_indexes(self):
        """An iterator over the indexes that several threads may pull from."""
        gil = sys._is_gil_enabled() if hasattr(sys, "_is_gil_enabled") else True
        return self.indexes() if gil else _LockedIterator(self.indexes())


class _LockedIterator:
    """The GIL makes ``next`` of a built-in iterator atomic; a free-threaded interpreter needs a lock."""

    def __init__(self, iterator):
        self._next = iterator.__next__
        self._lock = threading.Lock()

    def __iter__(self):
        return self

    def __next__(self):
        with self._lock:
            return self._next()
