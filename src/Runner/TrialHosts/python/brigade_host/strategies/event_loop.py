"""``async``: one thread with one asyncio event loop, and as many coroutines as there are workers, which pull the next index.

Cooperative, as asyncio is: a task that never awaits keeps the loop to itself, so its coroutine takes all tasks.
"""

import asyncio
import os

from ..load import NEVER
from ..measuring import run_tasks, run_tasks_async


class EventLoop:
    def __init__(self, request, workload, output, recorder):
        self.workers = request["workers"]
        self._workload = workload

    def start(self):
        self._loop = asyncio.new_event_loop()
        asyncio.set_event_loop(self._loop)
        self._bodies = [self._make_body() for _ in range(self.workers)]
        return [(os.getpid(), 0)] * self.workers  # a coroutine has no thread of its own

    def run(self, load, logs):
        self._loop.run_until_complete(self._run(load, logs))

    async def _run(self, load, logs):
        if load.arrivals is not None:
            from ..alarm import Alarm  # only where it is needed: start-up is part of what is measured

            alarm = Alarm(self._loop)
            await asyncio.gather(*(_run_arrivals(body, log, load.arrivals, alarm) for body, log in zip(self._bodies, logs)))
            return
        indexes = load.indexes()
        await asyncio.gather(*(body(log, indexes, load.deadline) for body, log in zip(self._bodies, logs)))

    def _make_body(self):
        task_async = self._workload.make_task_async()
        if task_async is not None:
            return lambda log, indexes, deadline, intended=0: run_tasks_async(log, task_async, indexes, deadline, intended)
        task = self._workload.make_task()

        async def block_the_loop(log, indexes, deadline, intended=0):
            run_tasks(log, task, indexes, deadline, intended)

        return block_the_loop


async def _run_arrivals(body, log, arrivals, alarm):
    async for index, intended in arrivals.paced_async(alarm):
        await body(log, (index,), NEVER, intended)
