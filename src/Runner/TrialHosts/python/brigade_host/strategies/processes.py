"""``processes``: ``multiprocessing.Pool`` fed by ``imap_unordered``.

A worker process records a whole chunk and returns it packed, as the chunk's result, so that recording costs no message
of its own. multiprocessing.Pool replaces a worker that dies and waits for its task for ever: the host watches the
workers itself, and ends the trial.
"""

import multiprocessing
import os
import signal
import sys
import threading
import time
from multiprocessing.connection import wait

from ..chunks import ChunkFeed
from ..ending import end_trial, is_ending
from ..errors import TrialFailed, describe, format_traceback
from ..measuring import run_tasks
from ..protocol import MAX_ERRORS
from ..recording import WorkerLog
from ..workload import load_workload

_inherited_workload = None
"""Set before the workers start; a forked worker finds it here, any other start method finds None and loads it again."""


class ProcessPool:
    def __init__(self, request, workload, output, recorder):
        if (request.get("channel") or "pipe") != "pipe":
            raise TrialFailed(f"the channel '{request['channel']}' is not supported yet by the Python trial host; it has pipe")
        self.workers = request["workers"]
        self._request = request
        self._workload = workload
        self._output = output
        self._recorder = recorder
        self._chunk_size = request.get("chunkSize") or 1
        self._payload_bytes = request.get("payloadBytes") or 0
        self._numbers = {}  # worker by pid

    def start(self):
        global _inherited_workload
        _inherited_workload = self._workload
        context = self._context()
        numbers, started = context.SimpleQueue(), context.SimpleQueue()
        for number in range(self.workers):
            numbers.put(number)
        forked = context.get_start_method() == "fork"
        fixture = getattr(self._workload, "fixture", None)
        arguments = (self._request, fixture, numbers, started, [self._output.descriptor] if forked else [])
        try:
            self._pool = context.Pool(self.workers, initializer=_start_worker, initargs=arguments)
        except (OSError, ValueError) as error:
            raise TrialFailed(f"a pool of {self.workers} processes did not start: {describe(error)}") from None
        processes = multiprocessing.active_children()
        threading.Thread(target=self._watch, args=(processes,), name="watch", daemon=True).start()
        return self._wait_until_started(started)

    def run(self, load, logs):
        errors_wanted = MAX_ERRORS
        feed = ChunkFeed(load, self._chunk_size, self.workers)
        chunks = ((chunk, errors_wanted, bytes(self._payload_bytes * chunk[1])) for chunk in feed)
        for worker, records, errors, error_count, checksum, _ in self._pool.imap_unordered(_run_chunk, chunks):
            feed.chunk_ended()
            errors_wanted -= len(errors)
            logs[worker].add_chunk(records, errors, error_count, checksum)

    def _context(self):
        method = self._request.get("startMethod")
        try:
            context = multiprocessing.get_context(method)
        except ValueError:
            raise TrialFailed(f"this interpreter cannot start processes by '{method}'") from None
        # When the input ends the resource tracker cleans up after workers that were killed: that is no news for the log.
        sys.warnoptions.append("ignore:resource_tracker:UserWarning")
        return context

    def _wait_until_started(self, started):
        ids = {}
        while len(ids) < self.workers:
            number, pid, thread_id, failure = started.get()
            if failure is not None:
                raise TrialFailed(*failure)
            self._numbers[pid] = number
            ids[number] = (pid, thread_id)
        return [ids[number] for number in range(self.workers)]

    def _watch(self, processes):
        """Fail the trial as soon as one worker has ended: while the host lives, none ends by itself."""
        ended = wait([process.sentinel for process in processes])
        time.sleep(0.05)  # the pool reads the exit code, which can be read only once; then it is known to both
        if is_ending():
            return  # the host itself killed it
        process = next(process for process in processes if process.sentinel in ended)
        number = self._numbers.get(process.pid)
        name = "a worker process" if number is None else f"worker process {number}"
        self._recorder.flush()
        self._output.failed(f"{name} (pid {process.pid}) {_describe_exit(process.exitcode)}", _EXIT_DETAIL)
        end_trial(1)


_EXIT_DETAIL = (
    "A task, or code that it uses, ended its own process (os._exit, a crash in native code), or the system did, "
    "for instance for want of memory. The tasks that this worker had taken are lost, so the trial cannot be completed."
)


def _describe_exit(code):
    if code is None:
        return "ended"
    if code >= 0:
        return f"ended with exit code {code} in the middle of the trial"
    try:
        name = signal.Signals(-code).name
    except ValueError:
        name = "unknown signal"
    return f"ended with exit code {-code} ({name}) in the middle of the trial"


# What runs in a worker process.

_worker = None
_task = None


def _start_worker(request, fixture, numbers, started, inherited_descriptors):
    """The pool's initializer: takes a number, loads the workload and reports to the host."""
    global _worker, _task
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    for descriptor in inherited_descriptors:
        os.close(descriptor)
    threading.Thread(target=_end_with_parent, name="parent", daemon=True).start()
    _worker = numbers.get()
    failure = None
    try:
        workload = _inherited_workload
        if workload is None:
            workload = load_workload(request)
            if fixture is not None:
                workload.receive_fixture(fixture)
        _task = workload.make_task()
    except TrialFailed as error:
        failure = (error.message, error.detail)
    except BaseException as error:
        failure = (f"worker process {_worker}: {describe(error)}", format_traceback(error))
    started.put((_worker, os.getpid(), threading.get_native_id(), failure))


def _end_with_parent():
    multiprocessing.parent_process().join()
    os._exit(1)


def _run_chunk(work):
    """Run a chunk; the payload travels to the task and back."""
    (first, size, deadline, intended), errors_wanted, payload = work
    log = WorkerLog(_worker, errors_wanted)
    run_tasks(log, _task, range(first, first + size), deadline, intended)
    return _worker, b"".join(log.records), log.errors, log.error_count, log.checksum, payload
