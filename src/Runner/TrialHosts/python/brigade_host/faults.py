"""Faults that are injected on purpose, just before a worker starts its so many-th measured task."""

import os
import signal
import time


class InjectedFault(Exception):
    """What a task raises that is to end with an exception."""


class Faults:
    """The faults of a request. ``is_armed`` is set while measured tasks run: a warm-up has none."""

    def __init__(self, request, before_crash):
        """``before_crash`` is called by a worker that is about to end itself, so that what it recorded is not lost with it."""
        self.is_armed = False
        self._before_crash = before_crash
        self._plans = {}
        for number, fault in enumerate(request.get("faults") or []):
            self._plans.setdefault(fault["worker"], _Plan()).faults[fault["atTask"]] = (number, fault["kind"])

    def wrap(self, worker, task):
        """``task`` itself where the worker has no fault, so that faults cost nothing elsewhere."""
        plan = self._plans.get(worker)
        if plan is None:
            return task

        def faulty_task(index):
            strike(*self.due(worker), self._before_crash)
            return task(index)

        return faulty_task

    def wrap_async(self, worker, task_async):
        plan = self._plans.get(worker)
        if plan is None:
            return task_async
        from asyncio import sleep

        async def faulty_task(index):
            fault = self.due(worker)
            while fault[0] == "hang":
                await sleep(3600)
            strike(*fault, self._before_crash)
            return await task_async(index)

        return faulty_task

    def happened(self, worker):
        """A bit for each fault of the worker that happened, by its position in the request."""
        return self._plans[worker].happened if worker in self._plans else 0

    def resume(self, worker, taken, happened):
        """A worker goes on where the one before it ended: so many measured tasks were taken, and these faults happened."""
        plan = self._plans.get(worker)
        if plan is not None:
            plan.taken, plan.happened = taken, happened
            plan.faults = {at: fault for at, fault in plan.faults.items() if not happened >> fault[0] & 1}

    def missed(self):
        """The faults that did not happen, in sentences."""
        return [
            f"the fault {kind} at task {at} of worker {worker} did not happen: the worker took {plan.taken} measured tasks"
            for worker, plan in sorted(self._plans.items())
            for at, (_, kind) in sorted(plan.faults.items())
        ]

    def due(self, worker):
        """Counts a task of the worker; the kind of the fault that is to happen before it, or None, and its name."""
        plan = self._plans.get(worker)
        if plan is None or not self.is_armed:
            return None, ""
        plan.taken += 1
        number, kind = plan.faults.pop(plan.taken, (0, None))
        if kind is not None:
            plan.happened |= 1 << number
        return kind, f"the experiment's fault {kind} at task {plan.taken} of worker {worker}"


def strike(kind, name, before_crash):
    """Let a fault happen in this worker."""
    while kind == "hang":
        time.sleep(3600)
    if kind == "exception":
        raise InjectedFault(name)
    if kind == "crash":
        before_crash()
        os.write(2, f"{name}\n".encode())
        os.kill(os.getpid(), signal.SIGKILL)
        time.sleep(3600)  # the signal comes before the next step, but other threads may run on for a moment


class _Plan:
    def __init__(self):
        self.faults = {}  # number and kind by the task before which it happens
        self.taken = 0
        self.happened = 0
