"""``threads``: native threads (``threading.Thread``) that each pull the next index when they are free."""

import os
import threading

from ..errors import TrialFailed, describe
from ..measuring import run_load
from ._base import Strategy


class Threads(Strategy):
    def __init__(self, request, workload, output, recorder):
        super().__init__(request, workload, recorder)
        self._phase = threading.Barrier(self.workers + 1)  # the workers and the main thread
        self._thread_ids = [0] * self.workers
        self._failure = None
        self._step = None

    def start(self):
        for worker in range(self.workers):
            try:
                threading.Thread(target=self._work, args=(worker,), name=f"worker-{worker}", daemon=True).start()
            except RuntimeError as error:
                raise TrialFailed(f"thread {worker + 1} of {self.workers} did not start: {error}") from None
        self._wait_for_workers()
        return [(os.getpid(), thread_id) for thread_id in self._thread_ids]

    def watched(self):
        return [(worker, os.getpid(), thread_id) for worker, thread_id in enumerate(self._thread_ids)]

    def run(self, load, logs):
        indexes = load.shared_indexes()
        self._do(lambda worker, task: run_load(logs[worker], task, load, indexes))

    def _end_workers(self):
        self._do(lambda worker, task: self._note(self._workload.end_worker()))

    def _do(self, step):
        """Let each worker do ``step(worker, task)``."""
        self._step = step
        self._phase.wait()
        self._wait_for_workers()

    def _wait_for_workers(self):
        self._phase.wait()
        if self._failure is not None:
            raise self._failure

    def _work(self, worker):
        try:
            self._thread_ids[worker] = threading.get_native_id()
            task = self.faults.wrap(worker, self._workload.make_task())
            self._phase.wait()
            while True:
                self._phase.wait()
                self._step(worker, task)
                self._phase.wait()
        except threading.BrokenBarrierError:
            pass  # another worker failed
        except BaseException as error:
            self._failure = error if isinstance(error, TrialFailed) else TrialFailed(f"worker {worker}: {describe(error)}")
            self._phase.wait()
