"""Looks for deadlocks: nothing moves for a while, and every worker that has a task is blocked on a lock.

A thread that waits for a lock without a time-out is in the system call ``futex`` with none; one that sleeps, waits for input
or output, waits with a time-out or for the interpreter's own lock is not, and one that computes is in no system call.
Where the system does not tell, nothing is looked for.
"""

import os
import threading
import time

from .ending import _resource_tracker_pid, end_trial
from .stacks import ask_for_stacks, thread_stack

_LOOK_SECONDS = 0.5
_STILL_SECONDS = 2.0
_FUTEX = {"x86_64": 202, "aarch64": 98, "riscv64": 98, "ppc64le": 221, "s390x": 238}.get(os.uname().machine)
_HOST_THREADS = ("MainThread", "input", "sender", "watch", "deadlock", "arrivals")


class DeadlockWatch:
    """Runs until ``stop()``; a deadlock ends the trial."""

    def __init__(self, strategy, recorder, output, directory):
        self._strategy, self._recorder, self._output, self._directory = strategy, recorder, output, directory
        self._stopped = threading.Event()
        self._seen = {}
        if _FUTEX is not None:
            threading.Thread(target=self._watch, name="deadlock", daemon=True).start()

    def stop(self):
        self._stopped.set()

    def _watch(self):
        still_since = None
        while not self._stopped.wait(_LOOK_SECONDS):
            try:
                found = self._look()
            except (OSError, ValueError):
                found = None  # a process ended while it was looked at
            if not found:
                still_since = None
                self._seen.clear()
            elif still_since is None:
                still_since = time.monotonic()
            elif time.monotonic() - still_since >= _STILL_SECONDS:
                self._fail(found)

    def _look(self):
        """The workers that have a task, or a text about coroutines, if all of them were as blocked when last looked at; None if not."""
        stuck = getattr(self._strategy, "stuck", str)()
        watched = self._strategy.watched()
        workers = {(pid, thread) for _, pid, thread in watched}
        if not watched or not all([stuck or self._is_still(pid, thread) for pid, thread in sorted(workers)]):
            return None
        for pid in {pid for pid, _ in workers}:
            if any(not self._is_still(pid, thread) for thread in self._other_threads(pid, workers)) or _children(pid):
                return None
        return stuck or watched

    def _is_still(self, pid, thread):
        """Whether the thread is blocked on the same lock as when last looked at, without having run in between."""
        place = f"/proc/{pid}/task/{thread}"
        try:
            call = _read(f"{place}/syscall").split()
            if len(call) < 5 or call[0] != str(_FUTEX) or int(call[4], 16):
                return False
            status = _read(f"{place}/status")
        except (OSError, ValueError):
            return False
        now = (call[1], status[status.index("voluntary_ctxt_switches") :])
        before, self._seen[thread] = self._seen.get(thread), now
        return before is None or before == now

    def _other_threads(self, pid, workers):
        own = self._strategy.own_threads(pid)
        if pid == os.getpid():
            own |= {thread.native_id for thread in threading.enumerate() if thread.name in _HOST_THREADS}
        try:
            threads = map(int, os.listdir(f"/proc/{pid}/task"))
        except OSError:
            return []
        return [thread for thread in threads if thread not in own and (pid, thread) not in workers]

    def _describe(self, found):
        if isinstance(found, str):
            return found
        texts = []
        for worker, pid, thread in found:
            stack = thread_stack(thread) if pid == os.getpid() else ask_for_stacks(self._directory, pid)
            texts.append(f"worker {worker} (process {pid}, thread {thread}):\n{stack}")
        return "\n".join(texts)

    def _fail(self, found):
        detail = self._describe(found)  # the signal that asks a process for it disturbs what _is_still looks at
        what = "every coroutine waits for another one" if isinstance(found, str) else _count(len(found))
        self._recorder.flush()  # what was measured until now is kept
        self._output.failed(f"deadlock: no task has started or ended for {_STILL_SECONDS:.0f} s, and {what}; their stacks are with the error", detail)
        end_trial(1)


def _count(workers):
    return "the only worker with a task is blocked on a lock" if workers == 1 else f"all {workers} workers are blocked on locks"


def _children(pid):
    """Whether the process has children that may be what is waited for."""
    children = []
    for thread in os.listdir(f"/proc/{pid}/task"):
        try:
            children += _read(f"/proc/{pid}/task/{thread}/children").split()
        except OSError:
            continue  # it has ended
    return [child for child in children if int(child) != _resource_tracker_pid()]


def _read(path):
    with open(path) as file:
        return file.read()
