"""Recording: a buffer for each worker, which only that worker fills, and one sender that empties them all.

A worker appends packed task records to a list and never waits. The sender wakes rarely, because each time it takes the
GIL from the workers for a moment.
"""

import threading

from .errors import describe, format_traceback
from .protocol import MAX_ERRORS, TASK_RECORD

MASK = 0xFFFF_FFFF_FFFF_FFFF
SEND_SECONDS = 0.04  # the protocol allows 50 ms; the rest is for waking up

DONE, ERROR = 0, 1


class WorkerLog:
    """What one worker recorded and the sender has not taken yet, and the worker's totals."""

    __slots__ = ("worker", "records", "errors", "error_count", "checksum", "keep_errors")

    def __init__(self, worker, keep_errors=MAX_ERRORS):
        self.worker = worker
        self.records = []  # packed; each item is one or more whole task records
        self.errors = []  # (index, worker, message, traceback)
        self.error_count = 0
        self.checksum = 0
        self.keep_errors = keep_errors

    def add_error(self, index, start, end, error, intended=0):
        self.records.append(TASK_RECORD.pack(self.worker, ERROR, 0, intended, start, end))
        self.error_count += 1
        if self.error_count <= self.keep_errors:
            self.errors.append((index, self.worker, describe(error), format_traceback(error)))

    def add_chunk(self, records, errors, error_count, checksum):
        """Add what a worker process recorded."""
        self.records.append(records)
        self.errors += errors
        self.error_count += error_count
        self.checksum = (self.checksum + checksum) & MASK


class Recorder:
    """Passes the workers' records on to the runner while they work."""

    def __init__(self, output):
        self._output = output
        self._logs = []
        self._lock = threading.Lock()
        self._finished = threading.Event()
        self._task_bytes = 0
        self._errors_sent = 0

    @staticmethod
    def throwaway_logs(workers):
        """Logs for the warm-up, which nobody sends."""
        return [WorkerLog(worker) for worker in range(workers)]

    def start(self, workers):
        """Start sending; returns a log for each worker."""
        self._logs = [WorkerLog(worker) for worker in range(workers)]
        threading.Thread(target=self._send_until_finished, name="sender", daemon=True).start()
        return self._logs

    def finish(self):
        """Send the rest, after the last worker has stopped recording; returns the totals for ``done``."""
        self._finished.set()
        self.flush()
        checksum = sum(log.checksum for log in self._logs) & MASK
        return {
            "tasks": self._task_bytes // TASK_RECORD.size,
            "errors": sum(log.error_count for log in self._logs),
            "checksum": f"{checksum:016x}",
        }

    def flush(self):
        with self._lock:
            taken = []
            for log in self._logs:
                self._send_errors(_take(log.errors))
                taken += _take(log.records)
            packed = b"".join(taken)
            self._task_bytes += len(packed)
            self._output.tasks(packed)

    def _send_until_finished(self):
        while not self._finished.wait(SEND_SECONDS):
            self.flush()

    def _send_errors(self, errors):
        for error in errors[: MAX_ERRORS - self._errors_sent]:
            self._output.error(*error)
            self._errors_sent += 1


def _take(items):
    """Empty a list that another thread appends to: each of the two steps is atomic, and only the end grows."""
    taken = items[:]
    del items[: len(taken)]
    return taken
