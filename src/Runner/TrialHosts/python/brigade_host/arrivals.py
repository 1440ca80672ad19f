"""Open load: tasks arrive by the clock, whatever becomes of those before them."""

import math
import threading
from collections import deque
from time import monotonic_ns, sleep

from .errors import TrialFailed


class Schedule:
    """When tasks arrive, in nanoseconds after measuring began: each stage has its first arrival at its start and the
    others evenly spaced. ``count`` is the number of all arrivals."""

    def __init__(self, stages):
        self._stages = []  # (from, rate, first index, count)
        self.count = begin = 0
        for stage in stages:
            rate, duration_ms = stage["ratePerSecond"], stage["durationMs"]
            # The allowance keeps what is a whole number but for the last bit from becoming one more.
            count = max(1, math.ceil(rate * duration_ms / 1000 - 1e-9))
            self._stages.append((begin, rate, self.count, count))
            begin += int(duration_ms * 1e6)
            self.count += count

    def at(self, index):
        for begin, rate, first, _ in reversed(self._stages):
            if index >= first:
                return begin + int((index - first) * 1e9 / rate)
        raise IndexError(index)

    def due_by(self, at):
        """How many tasks have arrived at a time."""
        for begin, rate, first, count in reversed(self._stages):
            if at >= begin:
                due = min(count, int((at - begin) * rate / 1e9) + 1)
                # Rounding may be off by one; the times themselves decide.
                while due < count and begin + int(due * 1e9 / rate) <= at:
                    due += 1
                while due > 0 and begin + int((due - 1) * 1e9 / rate) > at:
                    due -= 1
                return first + due
        return 0


class Arrivals:
    """The one schedule that all workers take their tasks from.

    An arrival is in flight from its time until its task has ended, whether it waits for a worker or is in one; what
    arrives while ``most`` are in flight is dropped. Nobody has to watch the clock for that: between two calls the number
    in flight can only grow by arrivals, so the next call counts what arrived since, exactly.
    """

    def __init__(self, schedule, most):
        self.dropped = 0
        self._schedule = schedule
        self._most = most
        self._begin = 0
        self._waiting = deque()  # (first, count) of those that were let in and have no worker yet
        self._taken_of_first = 0
        self._next = 0
        self._in_flight = 0
        self._changed = threading.Condition(threading.Lock())

    @classmethod
    def from_request(cls, load, workers):
        most = load.get("maxInFlight") or 0
        if most < workers:
            raise TrialFailed(f"maxInFlight is {most} and there are {workers} workers, some of which could never get a task")
        return cls(Schedule(load["stages"]), most)

    def start(self, begin):
        """``begin`` (monotonic ns) is when measuring begins."""
        self._begin = begin

    def take(self, has_ended=False):
        """The next task as ``(index, intended start)``: the one that waits longest, or else the next to arrive, for which
        the caller waits until its time. None when there is none any more. ``has_ended``: the worker's last one has just ended."""
        with self._changed:
            self._admit()
            if has_ended:
                self._end()
            while True:
                if self._waiting:
                    first, count = self._waiting[0]
                    index = first + self._taken_of_first
                    self._taken_of_first += 1
                    if self._taken_of_first == count:
                        self._waiting.popleft()
                        self._taken_of_first = 0
                    return index, self._begin + self._schedule.at(index)
                if self._next >= self._schedule.count:
                    return None
                if self._in_flight < self._most:
                    index = self._next
                    self._next += 1
                    self._in_flight += 1
                    return index, self._begin + self._schedule.at(index)
                self._changed.wait()  # only one thread that takes for all workers comes here
                self._admit()

    def end(self):
        """A task has ended, and its worker does not take another one now."""
        with self._changed:
            self._admit()
            self._end()

    def paced(self):
        """Each task of one worker, when its time has come."""
        arrival = self.take()
        while arrival is not None:
            sleep_until(arrival[1])
            yield arrival
            arrival = self.take(has_ended=True)

    async def paced_async(self, alarm):
        """``paced`` for a coroutine."""
        arrival = self.take()
        while arrival is not None:
            await alarm.wait_until(arrival[1])
            yield arrival
            arrival = self.take(has_ended=True)

    def dispatched(self):
        """Each task when its time has come, for one thread that hands them out; ``end`` tells of their ends."""
        arrival = self.take()
        while arrival is not None:
            sleep_until(arrival[1])
            yield arrival
            arrival = self.take()

    def _admit(self):
        """Let in or drop what has arrived since the last call."""
        arrived = self._schedule.due_by(monotonic_ns() - self._begin) - self._next
        if arrived <= 0:
            return
        admitted = min(arrived, max(0, self._most - self._in_flight))
        if admitted > 0:
            self._waiting.append((self._next, admitted))
            self._in_flight += admitted
        self.dropped += arrived - admitted
        self._next += arrived

    def _end(self):
        self._in_flight -= 1
        self._changed.notify()


def sleep_until(at):
    """Wait until a time of the monotonic clock, in nanoseconds."""
    while (left := at - monotonic_ns()) > 0:
        sleep(left / 1e9)
