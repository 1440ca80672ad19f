"""``async``: one thread with one asyncio event loop, and as many coroutines as there are workers, which pull the next index.

Cooperative, as asyncio is: a task that never awaits keeps the loop to itself, so its coroutine takes all tasks. How long the
loop was kept from looking for what is ready is reported.
"""

import asyncio
import os
import selectors
import threading
from time import monotonic_ns

from ..load import NEVER
from ..measuring import run_tasks, run_tasks_async
from ..stacks import coroutine_stack
from ._base import Strategy


class EventLoop(Strategy):
    def __init__(self, request, workload, output, recorder):
        super().__init__(request, workload, recorder)
        self._selector = _TimedSelector()

    def start(self):
        self._loop = asyncio.SelectorEventLoop(self._selector)
        asyncio.set_event_loop(self._loop)
        self._bodies = [self._make_body(worker) for worker in range(self.workers)]
        return [(os.getpid(), 0)] * self.workers  # a coroutine has no thread of its own

    def run(self, load, logs):
        self._selector.restart()
        self._loop.run_until_complete(self._run(load, logs))
        self._selector.note()

    def watched(self):
        return [(0, os.getpid(), threading.main_thread().native_id)]

    def stuck(self):
        """Where the coroutines wait that nothing can wake any more, in text; empty while something can."""
        if not self._selector.waits_for_nothing:
            return ""
        stacks = [coroutine_stack(task.get_coro()) for task in asyncio.all_tasks(self._loop) if task is not self._main]
        return "\n".join(f"a coroutine:\n{stack}" for stack in stacks)

    def totals(self):
        return {"figures": {"longestLoopBlockMs": self._selector.longest / 1e6}}

    async def _run(self, load, logs):
        self._main = asyncio.current_task()
        if load.arrivals is not None:
            from ..alarm import Alarm  # only where it is needed: start-up is part of what is measured

            alarm = Alarm(self._loop)
            await asyncio.gather(*(_run_arrivals(body, log, load.arrivals, alarm) for body, log in zip(self._bodies, logs)))
            return
        indexes = load.indexes()
        await asyncio.gather(*(body(log, indexes, load.deadline) for body, log in zip(self._bodies, logs)))

    def _make_body(self, worker):
        task_async = self._workload.make_task_async()
        if task_async is not None:
            task_async = self.faults.wrap_async(worker, task_async)
            return lambda log, indexes, deadline, intended=0: run_tasks_async(log, task_async, indexes, deadline, intended)
        task = self.faults.wrap(worker, self._workload.make_task())

        async def block_the_loop(log, indexes, deadline, intended=0):
            run_tasks(log, task, indexes, deadline, intended)

        return block_the_loop

    def _end_workers(self):
        for _ in range(self.workers):
            self._note(self._workload.end_worker())


async def _run_arrivals(body, log, arrivals, alarm):
    async for index, intended in arrivals.paced_async(alarm):
        await body(log, (index,), NEVER, intended)


class _TimedSelector(selectors.DefaultSelector):
    """Notes the longest time between two looks at what is ready: as long no other coroutine could go on."""

    longest = _looked = 0
    waits_for_nothing = False

    def restart(self):
        self.longest, self._looked = 0, monotonic_ns()

    def note(self):
        self.longest = max(self.longest, monotonic_ns() - self._looked)

    def select(self, timeout=None):
        self.note()
        self.waits_for_nothing = timeout is None and len(self.get_map()) <= 1  # the loop's own pipe, by which other threads wake it
        ready = super().select(timeout)
        self.waits_for_nothing = False
        self._looked = monotonic_ns()
        return ready
