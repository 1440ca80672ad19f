"""``deadlock``: tasks take two locks, every other task in the opposite order, so that two of them soon wait for each other for ever.

A task that has its first lock waits a moment until another task has the other lock: then the deadlock is certain. That needs two
workers, which are not coroutines of one loop: with one, and in ``async``, each task ends before the next one begins. The
warm-up takes the locks in one order only.
"""

from time import monotonic, sleep

from ._sharing import are_processes, context_of, make_lock

_ARMED = 2


def make_fixture(params, scratch, request):
    return _Locks(request)


def make_task(params, scratch, shared):
    patience = params["holdMilliseconds"] / 1000
    locks, state = shared.locks, shared.state

    def meet(other):
        """Wait until another task holds the other lock, which it has taken first, so that it will want ours."""
        until = monotonic() + patience
        while not state[other] and monotonic() < until:
            sleep(0.0002)

    def task(index):
        first = index % 2 if state[_ARMED] else 0
        second = 1 - first
        with locks[first]:
            state[first] = 1
            if state[_ARMED]:
                meet(second)
            with locks[second]:
                state[first] = 0
        return 0

    return task


class _Locks:
    """Two locks, and for each of them whether it is held by a task that wants the other one too."""

    def __init__(self, request):
        self.locks = (make_lock(request), make_lock(request))
        self.state = context_of(request).RawArray("b", 3) if are_processes(request) else bytearray(3)

    def begin(self):
        self.state[_ARMED] = 1
