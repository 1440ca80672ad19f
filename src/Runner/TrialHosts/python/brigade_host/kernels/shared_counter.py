"""``shared.counter``: all workers count up one value, by different ways to share it.

``none`` reads the value, calls a function and writes what it gave: between these steps another worker may have its turn, and
then updates are lost. (A bare ``value += 1`` happens to lose none among the threads of today's CPython with a GIL, which
switches threads only at calls and at the ends of loops; most real code does call something in between.)
"""

from types import SimpleNamespace

from ._sharing import account, are_processes, choose, context_of, make_lock, start_manager

MODES = ("lock", "none", "manager", "atomic", "local")


def make_fixture(params, scratch, request):
    return _Counter(choose(params, "mode", MODES), int(params["increments"]), request)


def make_task(params, scratch, counter):
    return _TASKS[counter.mode](counter, int(params["increments"]))


class _Counter:
    """What the workers share. Between processes: a ctypes value in shared memory, and multiprocessing's lock and semaphore."""

    def __init__(self, mode, increments, request):
        self.mode = mode
        self._increments = increments
        self._before = 0
        if mode == "manager":
            self._manager = start_manager(request, _ManagedCounter)
            self.proxy = self._manager.create()
        elif mode == "atomic":
            self.semaphore = context_of(request).Semaphore(0)
        else:
            self.cell = context_of(request).RawValue("q") if are_processes(request) else SimpleNamespace(value=0)
            self.lock = make_lock(request)

    def __getstate__(self):
        return {name: value for name, value in self.__dict__.items() if name != "_manager"}

    def begin(self):
        self._before = self._count()

    def figures(self, done):
        return account((done["tasks"] - done["errors"]) * self._increments, self._count() - self._before, "increments")

    def _count(self):
        if self.mode == "manager":
            return self.proxy.get()
        return self.semaphore.get_value() if self.mode == "atomic" else self.cell.value


class _ManagedCounter:
    """Lives in the manager's process, where each worker has a thread that calls it."""

    def __init__(self):
        from threading import Lock

        self._value = 0
        self._lock = Lock()

    def increment(self):
        with self._lock:
            self._value += 1

    def get(self):
        return self._value


def _successor(value):
    return value + 1


def _with_lock(counter, increments):
    cell, lock = counter.cell, counter.lock

    def task(index):
        for _ in range(increments):
            with lock:
                cell.value += 1
        return increments

    return task


def _without_lock(counter, increments):
    cell = counter.cell

    def task(index):
        for _ in range(increments):
            cell.value = _successor(cell.value)
        return increments

    return task


def _through_manager(counter, increments):
    increment = counter.proxy.increment

    def task(index):
        for _ in range(increments):
            increment()
        return increments

    return task


def _atomically(counter, increments):
    """Python has no atomic integer, but a semaphore is one: ``release`` counts its value up in one step of the processor."""
    release = counter.semaphore.release

    def task(index):
        for _ in range(increments):
            release()
        return increments

    return task


def _locally(counter, increments):
    cell, lock = counter.cell, counter.lock

    def task(index):
        own = 0
        for _ in range(increments):
            own += 1
        with lock:
            cell.value += own
        return increments

    return task


_TASKS = {"lock": _with_lock, "none": _without_lock, "manager": _through_manager, "atomic": _atomically, "local": _locally}
