"""The measured loop of one worker, plain and asynchronous. Every strategy runs one of the two, so that they compare."""

import os
from time import monotonic_ns

from .load import NEVER
from .recording import DONE, MASK, TASK_RECORD
from .results import as_result

_forked = []  # not empty in a process that a task forked


def mark_as_worker():
    """This process was started as a worker, even if by forking."""
    _forked.clear()


os.register_at_fork(after_in_child=lambda: _forked.append(True))


def _end_forked_child():
    """A task forked, and its child came back from the task: it must not go on as if it were the worker."""
    os.write(2, b"a task started a process by fork that returned from the task; it was ended there\n")
    os._exit(0)


def run_tasks(log, task, indexes, deadline, intended=0):
    """Run ``task`` for each index until they are exhausted or the deadline (monotonic ns) has come; record into ``log``.
    ``intended`` is when the one task of an open load was meant to start.

    Whatever a task raises is an error of that task, ``SystemExit`` and ``KeyboardInterrupt`` included.
    """
    now, pack, append, worker = monotonic_ns, TASK_RECORD.pack, log.records.append, log.worker
    checksum, forked = 0, _forked
    for index in indexes:
        start = now()
        if start >= deadline:
            break
        try:
            result = task(index)
            end = now()
            if type(result) is not int:
                result = as_result(result)
        except BaseException as error:
            if forked:
                _end_forked_child()
            log.add_error(index, start, now(), error, intended)
            continue
        if forked:
            _end_forked_child()
        checksum = (checksum + result) & MASK
        append(pack(worker, DONE, 0, intended, start, end))
    log.checksum = (log.checksum + checksum) & MASK


def run_load(log, task, load, indexes):
    """Run the tasks of one worker with a thread of its own; ``indexes`` are those of a closed load."""
    if load.arrivals is None:
        run_tasks(log, task, indexes, load.deadline)
        return
    for index, intended in load.arrivals.paced():
        run_tasks(log, task, (index,), NEVER, intended)


async def run_tasks_async(log, task, indexes, deadline, intended=0):
    """``run_tasks`` for a coroutine function."""
    now, pack, append, worker = monotonic_ns, TASK_RECORD.pack, log.records.append, log.worker
    checksum, forked = 0, _forked
    for index in indexes:
        start = now()
        if start >= deadline:
            break
        try:
            result = await task(index)
            end = now()
            if type(result) is not int:
                result = as_result(result)
        except BaseException as error:
            if forked:
                _end_forked_child()
            log.add_error(index, start, now(), error, intended)
            continue
        if forked:
            _end_forked_child()
        checksum = (checksum + result) & MASK
        append(pack(worker, DONE, 0, intended, start, end))
    log.checksum = (log.checksum + checksum) & MASK
