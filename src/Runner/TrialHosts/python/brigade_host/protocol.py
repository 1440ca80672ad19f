"""The trial protocol's framing: one request line in, length-prefixed records out. See ``docs/trial-protocol.md``."""

import json
import os
import struct
import sys
import threading
from time import monotonic_ns

from .ending import end_trial
from .errors import TrialFailed

VERSION = 1
HELLO, READY, MEASURING, TASKS, ERROR, DONE, FAILED, WORKER = range(1, 9)

TASK_RECORD = struct.Struct("<HHIqqq")
"""worker, outcome, reserved, intended, start, end."""

MAX_ERROR_BYTES = 8 * 1024
MAX_ERRORS = 5
MAX_FAILED_BYTES = 64 * 1024
_HEADER = struct.Struct("<IB")
_MAX_TASKS_BYTES = 32_768 * TASK_RECORD.size


def claim_standard_streams():
    """Keep the real standard streams for the host: descriptors for requests and for records.

    Afterwards what a task prints goes to standard error, and a task that reads standard input finds its end. Worker
    processes inherit that.
    """
    requests, records = os.dup(0), os.dup(1)
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    os.close(nothing)
    os.dup2(2, 1)
    return requests, records


def read_request(descriptor):
    """Read the request line; ends the process if the input ends before it."""
    line = b""
    while b"\n" not in line:
        piece = os.read(descriptor, 1 << 16)
        if not piece:
            end_trial(0)
        line += piece
    try:
        request = json.loads(line.split(b"\n", 1)[0])
    except ValueError as error:
        raise TrialFailed(f"the trial request is not JSON: {error}") from None
    if not isinstance(request, dict) or request.get("protocol") != VERSION:
        raise TrialFailed(f"the trial request is not of protocol version {VERSION}")
    missing = {"workload", "strategy", "workers", "load", "warmup", "scratch"} - request.keys()
    if missing:
        raise TrialFailed(f"the trial request lacks {', '.join(sorted(missing))}")
    if not isinstance(request["workers"], int) or request["workers"] < 1:
        raise TrialFailed(f"the trial request asks for {request['workers']} workers; at least 1 is needed")
    return request


class Output:
    """The record stream to the runner. Threads may share it; after ``done`` or ``failed`` it drops everything."""

    def __init__(self, descriptor):
        self.descriptor = descriptor
        self._lock = threading.Lock()
        self._closed = False

    def hello(self):
        version = "%d.%d.%d" % sys.version_info[:3]
        gil = sys._is_gil_enabled() if hasattr(sys, "_is_gil_enabled") else True
        self._send_json(HELLO, {"protocol": VERSION, "runtime": "python", "version": version, "gil": gil})

    def ready(self, workers):
        """``workers`` is a list of ``(pid, native thread id)``, the worker's number being the position."""
        rows = [{"worker": number, "pid": pid, "tid": tid} for number, (pid, tid) in enumerate(workers)]
        self._send_json(READY, {"at": monotonic_ns(), "workers": rows})

    def measuring(self, at):
        self._send_json(MEASURING, {"at": at})

    def worker(self, ended_at, worker, pid, tid, lost, reason):
        """A worker was lost, and another one has its place as of now."""
        body = {"at": monotonic_ns(), "endedAt": ended_at, "worker": worker, "pid": pid, "tid": tid, "lost": lost, "reason": reason}
        self._send_json(WORKER, body)

    def tasks(self, packed):
        for offset in range(0, len(packed), _MAX_TASKS_BYTES):
            self._send(TASKS, packed[offset : offset + _MAX_TASKS_BYTES])

    def error(self, index, worker, message, traceback):
        body = {"index": index, "worker": worker, "message": message, "traceback": traceback}
        self._send(ERROR, _bounded_json(body, "traceback", MAX_ERROR_BYTES))

    def done(self, at, totals, warnings):
        try:
            sys.stdout.flush()  # what tasks printed: no exit handler will do it
        except Exception:
            pass  # user code may have closed or replaced it
        self._send_json(DONE, {"at": at, **totals, "warnings": warnings}, last=True)

    def failed(self, message, detail):
        line = " ".join(message.split())
        self._send(FAILED, _bounded_json({"message": line, "detail": detail}, "detail", MAX_FAILED_BYTES), last=True)

    def _send_json(self, kind, body, last=False):
        self._send(kind, _encode(body), last)

    def _send(self, kind, payload, last=False):
        with self._lock:
            if self._closed:
                return
            self._closed = last
            unsent = memoryview(_HEADER.pack(len(payload) + 1, kind) + payload)
            try:
                while unsent:
                    unsent = unsent[os.write(self.descriptor, unsent) :]
            except BrokenPipeError:
                end_trial(1)  # nobody listens any more


def _encode(body):
    return json.dumps(body, ensure_ascii=False).encode("utf-8", "replace")


def _bounded_json(body, field, limit):
    """Encode ``body``, with the middle of ``field`` left out if it is needed to stay within ``limit`` bytes."""
    payload, text, keep = _encode(body), body[field], limit
    while len(payload) > limit and keep > 1:
        keep = keep * 3 // 4
        payload = _encode({**body, field: f"{text[: keep // 2]}\n[…]\n{text[-(keep // 2) :]}"})
    return payload
