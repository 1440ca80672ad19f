"""The worker processes of a trial: starts them, notices when one ends, and starts another one in its place."""

import os
import threading
from collections import deque
from multiprocessing.connection import wait
from time import monotonic_ns, sleep

from .ending import is_ending
from .errors import TrialFailed, describe
from .starting import describe_exit
from .worker_process import work


class Member:
    """A worker process. ``thread_id`` is its main thread's, ``own_thread_id`` that of the host's thread in it."""

    def __init__(self, process):
        self.process = process
        self.pid = process.pid
        self.thread_id = self.own_thread_id = 0


class Crew:
    """``starting`` has the workers that are not up yet, with what is to be told when they are."""

    def __init__(self, context, origin, channel, status, workers):
        self._context = context
        self._origin = origin
        self._channel = channel
        self._status = status
        self._size = workers
        self._ended = deque()
        self._watched, self._watcher = os.pipe()
        self._news = deque()
        self._left = set()
        self.members = [None] * workers
        self.starting = {}
        self.is_leaving = False
        threading.Thread(target=self._watch, name="watch", daemon=True).start()

    def start(self, worker, resumed, loss=None):
        """Start a process. ``resumed`` is what the worker goes on from, ``loss`` what ``welcome`` is to return."""
        self.starting[worker] = loss
        try:
            end = self._channel.connect(worker)
            # Not a daemon: tasks may start processes of their own.
            process = self._context.Process(target=work, args=(worker, self._origin, end, self._status, resumed), name=f"worker-{worker}", daemon=False)
            process.start()
            self._channel.connected(worker)
        except (OSError, EOFError, ValueError) as error:
            raise TrialFailed(f"worker process {worker + 1} of {self._size} did not start: {describe(error)}") from None
        self.members[worker] = Member(process)
        self._news.append((worker, process))
        os.write(self._watcher, b"n")

    def welcome(self, worker, pid, thread_id, own_thread_id):
        """A worker is up; returns its loss."""
        member = self.members[worker]
        member.pid, member.thread_id, member.own_thread_id = pid, thread_id, own_thread_id
        return self.starting.pop(worker)

    def take_ended(self):
        """``(worker, pid, when, how)`` of those that ended since the last call."""
        while self._ended:
            worker, process, at = self._ended.popleft()
            code = process.exitcode
            while code is None:  # two threads may have asked for it at once: then it takes a moment until both know
                sleep(0.001)
                code = process.exitcode
            pid = process.pid
            process.close()
            yield worker, pid, at, describe_exit(code)

    def leave(self, worker):
        """The worker has nothing to do any more."""
        self._left.add(worker)

    def is_there(self):
        """Whether a worker has not left."""
        return len(self._left) < self._size

    def _watch(self):
        watched = {}
        while True:
            while self._news:
                worker, process = self._news.popleft()
                watched[process.sentinel] = (worker, process)
            for ready in wait([self._watched, *watched]):
                if ready == self._watched:
                    os.read(self._watched, 4096)
                else:
                    self._note_end(*watched.pop(ready))

    def _note_end(self, worker, process):
        at = monotonic_ns()
        if is_ending():
            return  # the host itself killed it
        self._ended.append((worker, process, at))
        self._channel.wake()
