"""What runs in a worker process of ``processes``: it takes chunks of tasks from its channel and sends back what it recorded."""

import os
import threading
from time import monotonic_ns

from .errors import TrialFailed, describe, format_traceback
from .faults import Faults
from .measuring import run_tasks
from .recording import WorkerLog
from .stacks import answer_with_stacks
from .worker_messages import ANSWER, CHUNK, ENDED, UP, Stopwatch

_LONGEST_WAIT_NS = 500_000
"""For how long answers wait for each other while there is more to do: to send each of many short chunks would cost more than they do."""


def work(number, origin, end, status, resumed):
    """Never returns. ``resumed`` is how many measured tasks were taken in this place before, and the faults that happened."""
    own_thread = origin.settle()
    end.open()
    answer_with_stacks(origin.request["scratch"])
    stopwatch = Stopwatch()

    def before_crash():
        status.note_faults(number, faults.happened(number))
        end.flush(for_good=True)

    faults = Faults(origin.request, before_crash)
    faults.resume(number, *resumed)
    workload = task = failure = None
    try:
        workload = origin.load_workload()
        task = faults.wrap(number, workload.make_task())
    except TrialFailed as error:
        failure = (error.message, error.detail)
    except BaseException as error:
        failure = (f"worker process {number}: {describe(error)}", format_traceback(error))
    end.send(*stopwatch.to_host(UP, number, (os.getpid(), threading.get_native_id(), own_thread, failure)))
    end.flush()

    try:
        _serve(number, end, stopwatch, workload, task, faults, status)
    except (EOFError, OSError):
        os._exit(1)  # the other side of the channel has ended


def _serve(number, end, stopwatch, workload, task, faults, status):
    flushed = monotonic_ns()
    while True:
        waiting_since = monotonic_ns()
        kind, body = stopwatch.from_host(end.receive(), waiting_since)
        if kind == CHUNK:
            answer = _run(number, task, faults, status, body)
            end.send(*stopwatch.to_host(ANSWER, number, answer))
        else:
            end.send(*stopwatch.to_host(ENDED, number, workload.end_worker()))
        if not end.has_more() or monotonic_ns() - flushed > _LONGEST_WAIT_NS:
            end.flush()
            flushed = monotonic_ns()


def _run(number, task, faults, status, chunk):
    """Run a chunk; the payload goes back as it came."""
    name, first, size, deadline, intended, errors_wanted, is_measured, payload = chunk
    status.begin(number, name)
    faults.is_armed = is_measured
    log = WorkerLog(number, errors_wanted)
    run_tasks(log, task, range(first, first + size), deadline, intended)
    status.note_faults(number, faults.happened(number))
    return name, b"".join(log.records), log.errors, log.error_count, log.checksum, payload
