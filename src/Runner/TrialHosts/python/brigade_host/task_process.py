"""What runs in a process of ``process-per-task``: one task."""

import os
import sys
from time import monotonic_ns

from .channels._frames import framed
from .errors import TrialFailed, describe, format_traceback
from .faults import strike
from .load import NEVER
from .measuring import run_tasks
from .recording import TASK_RECORD, WorkerLog
from .stacks import answer_with_stacks
from .worker_messages import ANSWER, ENDED, UP, Stopwatch


def run_one(worker, origin, writer, message):
    """Never returns."""
    own_thread = origin.settle()
    answer_with_stacks(origin.request["scratch"])
    stopwatch = Stopwatch()
    _, (index, errors_wanted, fault, payload) = stopwatch.from_host(message, monotonic_ns())

    def send(kind, body):
        parts = b"".join(framed(stopwatch.to_host(kind, worker, body)))
        while parts:
            parts = parts[os.write(writer.fileno(), parts) :]

    workload = task = failure = None
    try:
        workload = origin.load_workload()
        task = workload.make_task()
    except TrialFailed as error:
        failure = (error.message, error.detail)
    except BaseException as error:
        failure = (f"the process of task {index}: {describe(error)}", format_traceback(error))
    send(UP, (own_thread, failure))
    if failure is None:
        log = WorkerLog(worker, errors_wanted)
        run_tasks(log, _with_fault(task, fault) if fault[0] else task, (index,), NEVER)
        end = TASK_RECORD.unpack(log.records[0])[-1]
        send(ANSWER, (end, log.errors, log.error_count, log.checksum, payload))
        if getattr(workload, "has_teardown", False):
            send(ENDED, workload.end_worker())
    try:
        sys.stdout.flush()
    except Exception:
        pass  # the task may have closed or replaced it
    os._exit(0)


def _with_fault(task, fault):
    def faulty_task(index):
        strike(*fault, before_crash=int)
        return task(index)

    return faulty_task
