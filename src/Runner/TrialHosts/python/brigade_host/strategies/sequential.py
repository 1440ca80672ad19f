"""``sequential``: one task after the other on the main thread; what all other strategies are compared with."""

import os
import threading

from ..measuring import run_load


class Sequential:
    workers = 1

    def __init__(self, request, workload, output, recorder):
        self._workload = workload

    def start(self):
        self._task = self._workload.make_task()
        return [(os.getpid(), threading.get_native_id())]

    def run(self, load, logs):
        run_load(logs[0], self._task, load, load.indexes())
