"""``sequential``: one task after the other on the main thread; what all other strategies are compared with."""

import os
import threading

from ..measuring import run_load
from ._base import Strategy


class Sequential(Strategy):
    def __init__(self, request, workload, output, recorder):
        super().__init__(request, workload, recorder)
        self.workers = 1

    def start(self):
        self._task = self.faults.wrap(0, self._workload.make_task())
        return [(os.getpid(), threading.get_native_id())]

    def watched(self):
        return [(0, os.getpid(), threading.main_thread().native_id)]

    def run(self, load, logs):
        run_load(logs[0], self._task, load, load.indexes())

    def _end_workers(self):
        self._note(self._workload.end_worker())
