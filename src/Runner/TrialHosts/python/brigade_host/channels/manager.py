"""``manager``: a server process owns queues (``multiprocessing.Manager().Queue()``), and each step is a call to it.

Each worker has a queue of tasks of its own there, so that a worker that ended takes nothing from the others; the queue of
results is for all.
"""

from multiprocessing.managers import SyncManager
from multiprocessing.util import get_temp_dir
from queue import Empty

from ..starting import end_with_parent

_WAKE = b""


class ManagerChannel:
    is_shared = False

    def __init__(self, context, workers, message_bytes):
        get_temp_dir()  # the server puts its socket there: who ends the trial knows the directory, and removes it
        self._manager = SyncManager(ctx=context)
        self._manager.start(end_with_parent)
        self._results = self._manager.Queue()
        self._tasks = [None] * workers

    def connect(self, worker):
        self._tasks[worker] = self._manager.Queue()
        return ManagerEnd(self._tasks[worker], self._results)

    def connected(self, worker):
        pass

    def send(self, worker, *parts):
        self._tasks[worker].put(b"".join(parts))

    def receive(self, timeout=None):
        try:
            message = self._results.get(True, timeout)
        except Empty:
            return []
        return [message] if message != _WAKE else []

    def drain(self, worker):
        messages = []
        while True:
            try:
                messages.append(self._results.get_nowait())
            except Empty:
                return [message for message in messages if message != _WAKE]

    def wake(self):
        self._results.put(_WAKE)

    def close(self):
        self._manager.shutdown()


class ManagerEnd:
    def __init__(self, tasks, results):
        self._tasks, self._results = tasks, results

    def open(self):
        pass

    def receive(self):
        return self._tasks.get()

    def has_more(self):
        return False

    def send(self, *parts):
        self._results.put(b"".join(parts))

    def flush(self, for_good=False):
        pass  # a call returns when the server has it
