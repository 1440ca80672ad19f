"""``process-per-task``: a new process for each task, as many at a time as there are workers. What it costs to start one is in the
task's latency, which is from before the process is started until its task has ended. The result comes back over a pipe.
"""

import os
import select
from time import monotonic_ns

from ..channels._frames import Frames
from ..chunks import Arrived, ChunkFeed
from ..errors import TrialFailed, describe
from ..protocol import MAX_ERRORS, TASK_RECORD
from ..recording import DONE, ERROR
from ..stacks import forget_stacks
from ..starting import Origin, describe_exit, process_context
from ..task_process import run_one
from ..worker_messages import ANSWER, CHUNK, UP, Stopwatch
from ._base import Strategy

_MOST_LOST = 100


class ProcessPerTask(Strategy):
    def __init__(self, request, workload, output, recorder):
        super().__init__(request, workload, recorder)
        self._request, self._output, self._recorder = request, output, recorder
        self._payload = bytes(request.get("payloadBytes") or 0)
        self._stopwatch = Stopwatch()
        self._poll = select.poll()
        self._woken, self._waker = os.pipe()
        self._poll.register(self._woken, select.POLLIN)
        self._running = {}  # by both descriptors that are polled
        self._spent = [0, 0]
        self._lost = self._ended_alone = 0

    def start(self):
        self._context = process_context(self._request)
        self._origin = Origin(self._request, self._workload, self._output, self._context)
        self._is_child = self._context.get_start_method() != "forkserver" and hasattr(os, "pidfd_open")
        return [(os.getpid(), 0)] * self.workers  # a worker is a place; its processes come and go

    def run(self, load, logs):
        self._logs, self._errors_wanted = logs, MAX_ERRORS
        self._stopwatch, self._spent = Stopwatch(), [0, 0]
        feed = ChunkFeed(load, 1, self.workers)
        chunks = feed.chunks()
        arrived = Arrived(feed, self._wake) if load.arrivals is not None else None
        free = list(range(self.workers))[::-1]
        while True:
            while free:
                chunk = arrived.take() if arrived is not None else next(chunks, None)
                if chunk is None:
                    break
                self._start(free.pop(), chunk[0], chunk[3])
            if not self._running and (arrived is None or arrived.is_over):
                return
            for descriptor, _ in self._poll.poll():
                running = self._running.get(descriptor)
                if descriptor == self._woken:
                    os.read(descriptor, 4096)
                elif running is not None and self._look_at(running, descriptor):
                    feed.chunk_ended()
                    free.append(running.worker)

    def watched(self):
        return [(running.worker, running.process.pid, running.process.pid) for running in set(self._running.values())]

    def own_threads(self, pid):
        return {running.own_thread for running in set(self._running.values()) if running.process.pid == pid}

    def finish(self):
        pass  # each process has cleaned up after itself

    def totals(self):
        stopwatch = self._stopwatch
        return {
            "lost": self._lost,
            "serializationNs": stopwatch.serialization + self._spent[0],
            "channelNs": stopwatch.channel + self._spent[1],
        }

    def _wake(self):
        os.write(self._waker, b"w")

    def _start(self, worker, index, intended):
        start = monotonic_ns()
        fault = self.faults.due(worker)
        message = self._stopwatch.to_worker(CHUNK, (index, self._errors_wanted, fault, self._payload))
        try:
            reader, writer = self._context.Pipe(duplex=False)
            process = self._context.Process(target=run_one, args=(worker, self._origin, writer, b"".join(message)), daemon=False)
            process.start()
            writer.close()
            running = _Running(worker, intended, start, process, reader, os.pidfd_open(process.pid) if self._is_child else process.sentinel)
        except (OSError, ValueError) as error:
            raise TrialFailed(f"a process for task {index} did not start: {describe(error)}") from None
        for descriptor in (running.ends, running.reads):
            self._running[descriptor] = running
            self._poll.register(descriptor, select.POLLIN)

    def _look_at(self, running, descriptor):
        """Reads what came; whether the process has ended."""
        if descriptor == running.reads:
            self._read(running)
            return False
        while running.is_open and self._read(running):
            pass
        at = monotonic_ns()
        for descriptor in (running.ends, running.reads):
            if self._running.pop(descriptor, None) is not None and (descriptor == running.ends or running.is_open):
                self._poll.unregister(descriptor)
        pid, code = running.close(closes_end=self._is_child)
        forget_stacks(self._request["scratch"], pid)
        if not running.has_answered:
            self._lose(running.worker, pid, at, describe_exit(code))
        return True

    def _read(self, running):
        waiting_since = monotonic_ns()
        try:
            count, messages = running.frames.read(running.reads)
        except BlockingIOError:
            return False
        for message in messages:
            self._take(running, message, waiting_since)
        if not count:
            running.is_open = False
            self._poll.unregister(running.reads)
        return count > 0

    def _take(self, running, message, waiting_since):
        kind, worker, sent, sums, body = self._stopwatch.from_worker(message)
        if kind == UP:
            running.own_thread, failure = body
            if failure is not None:
                raise TrialFailed(*failure)
            return
        if kind != ANSWER:
            self._note(body)
            return
        self._stopwatch.note_arrival(sent, waiting_since, monotonic_ns())
        self._spent[0] += sums[0]
        self._spent[1] += sums[1]
        end, errors, error_count, checksum, _ = body
        self._errors_wanted -= len(errors)
        record = TASK_RECORD.pack(worker, ERROR if error_count else DONE, 0, running.intended, running.start, end)
        if running.has_answered:
            raise TrialFailed(f"the process of a task of worker {worker} answered twice")
        running.has_answered = True
        self._logs[worker].add_chunk(record, errors, error_count, checksum)

    def _lose(self, worker, pid, at, reason):
        lost = 1 if self.faults.is_armed else 0
        self._lost += lost
        self._ended_alone += 1
        if self._ended_alone > _MOST_LOST:
            raise TrialFailed(f"more than {_MOST_LOST} processes ended before their task; the last one (pid {pid}) {reason}")
        self._recorder.flush()
        self._output.worker(at, worker, os.getpid(), 0, lost, reason)


class _Running:
    """A process and its pipe. ``ends`` is a descriptor that can be read when the process has ended, whoever else it left behind."""

    def __init__(self, worker, intended, start, process, reader, ends):
        self.worker, self.intended, self.start, self.process, self._reader = worker, intended, start, process, reader
        self.reads, self.ends = reader.fileno(), ends
        os.set_blocking(self.reads, False)
        self.frames = Frames()
        self.is_open = True
        self.has_answered = False
        self.own_thread = 0

    def close(self, closes_end):
        """After its end; returns the process id and how it ended."""
        self.process.join()
        pid, code = self.process.pid, self.process.exitcode
        if closes_end:
            os.close(self.ends)
        self.process.close()
        self._reader.close()
        return pid, code
