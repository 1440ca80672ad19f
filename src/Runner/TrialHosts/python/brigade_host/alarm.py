"""Waiting on an event loop to the microsecond. asyncio's own timers round up to the next millisecond."""

import ctypes
import os
from heapq import heappop, heappush
from itertools import count
from time import monotonic_ns

_CLOCK_MONOTONIC = 1
_ABSOLUTE = 1


class _TimerSpec(ctypes.Structure):
    """``struct itimerspec``: the interval, then the time."""

    _fields_ = [(name, ctypes.c_long) for name in ("interval_s", "interval_ns", "s", "ns")]


class Alarm:
    """Wakes coroutines of a loop at times of the monotonic clock (ns), by one timer descriptor of the kernel."""

    def __init__(self, loop):
        self._loop = loop
        self._waiting = []
        self._numbers = count()
        libc = ctypes.CDLL(None, use_errno=True)
        self._set_time = libc.timerfd_settime
        self._descriptor = libc.timerfd_create(_CLOCK_MONOTONIC, os.O_NONBLOCK | os.O_CLOEXEC)
        if self._descriptor < 0:
            raise OSError(ctypes.get_errno(), "timerfd_create")
        loop.add_reader(self._descriptor, self._ring)

    async def wait_until(self, at):
        if at <= monotonic_ns():
            return
        future = self._loop.create_future()
        heappush(self._waiting, (at, next(self._numbers), future))
        if self._waiting[0][2] is future:
            self._set(at)
        await future

    def _ring(self):
        try:
            os.read(self._descriptor, 8)
        except BlockingIOError:
            pass  # it was set again in between
        now = monotonic_ns()
        while self._waiting and self._waiting[0][0] <= now:
            future = heappop(self._waiting)[2]
            if not future.done():
                future.set_result(None)
        if self._waiting:
            self._set(self._waiting[0][0])

    def _set(self, at):
        seconds, nanoseconds = divmod(at, 1_000_000_000)
        self._set_time(self._descriptor, _ABSOLUTE, ctypes.byref(_TimerSpec(0, 0, seconds, nanoseconds)), None)
