"""``pool``: the runtime's own pool of threads, ``multiprocessing.dummy.Pool``, fed by ``imap_unordered``."""

import os
import threading
from itertools import count
from multiprocessing.dummy import Pool

from ..chunks import ChunkFeed
from ..errors import TrialFailed, describe
from ..measuring import run_tasks
from ._base import Strategy


class ThreadPool(Strategy):
    def __init__(self, request, workload, output, recorder):
        super().__init__(request, workload, recorder)
        self._chunk_size = request.get("chunkSize") or 1
        self._numbers = count()
        self._worker = threading.local()
        self._thread_ids = {}
        self._failure = None
        self._all_there = threading.Barrier(self.workers + 1)

    def start(self):
        try:
            self._pool = Pool(self.workers, initializer=self._start_worker)
        except (RuntimeError, AttributeError) as error:  # the pool hides the reason: it cannot terminate threads
            reason = error.__context__ or error
            raise TrialFailed(f"a pool of {self.workers} threads did not start: {reason}") from None
        self._all_there.wait()
        if self._failure is not None:
            raise self._failure
        return [(os.getpid(), self._thread_ids[number]) for number in range(self.workers)]

    def watched(self):
        return [(worker, os.getpid(), thread_id) for worker, thread_id in self._thread_ids.items()]

    def own_threads(self, pid):
        handlers = [getattr(self._pool, f"_{name}_handler", None) for name in ("worker", "task", "result")]
        return {handler.native_id for handler in handlers if handler is not None}

    def run(self, load, logs):
        self._logs = logs
        feed = ChunkFeed(load, self._chunk_size, self.workers)
        for _ in self._pool.imap_unordered(self._run_chunk, feed):
            feed.chunk_ended()

    def _start_worker(self):
        self._worker.number = number = next(self._numbers)
        try:
            self._thread_ids[number] = threading.get_native_id()
            self._worker.task = self.faults.wrap(number, self._workload.make_task())
        except BaseException as error:  # the pool would start another thread in its place, for ever
            self._failure = error if isinstance(error, TrialFailed) else TrialFailed(f"worker {number}: {describe(error)}")
        self._all_there.wait()

    def _run_chunk(self, chunk):
        first, size, deadline, intended = chunk
        run_tasks(self._logs[self._worker.number], self._worker.task, range(first, first + size), deadline, intended)

    def _end_workers(self):
        ends = self._pool.map_async(self._end_worker, range(self.workers), chunksize=1)
        self._all_there.wait()
        ends.wait()

    def _end_worker(self, _):
        self._all_there.wait()  # so that each thread takes one
        self._note(self._workload.end_worker())
