"""``processes``: worker processes that take chunks of tasks from a channel. A worker that is lost is replaced, and the run goes on.

``multiprocessing.Pool`` waits for ever for the tasks of a worker that ended, so this is a pool of its own. A worker records a
whole chunk and sends it back packed, so that recording costs no message of its own.
"""

from collections import deque
from time import monotonic_ns

from ..channels import open_channel
from ..chunks import Arrived, ChunkFeed
from ..crew import Crew
from ..ending import at_end
from ..errors import TrialFailed
from ..protocol import MAX_ERRORS
from ..starting import Origin, process_context
from ..worker_messages import ANSWER, CHUNK, END, UP, Stopwatch
from ..worker_status import WorkerStatus
from ._base import Strategy

_MOST_IN_FLIGHT = 1024
_AHEAD_NS = 40_000_000
"""Chunks that are worth so much time wait at each worker, so that it does not wait for a host that is kept from a processor; none
where chunks are longer."""
_BYTES_AHEAD = 4 << 20
_LOOK_SECONDS = 0.5
_MOST_REPLACED = 100


class ProcessPool(Strategy):
    def __init__(self, request, workload, output, recorder):
        super().__init__(request, workload, recorder)
        self._request = request
        self._output = output
        self._recorder = recorder
        self._chunk_size = request.get("chunkSize") or 1
        self._payload_bytes = request.get("payloadBytes") or 0
        self._payloads = {}
        self._stopwatch = Stopwatch()
        self._sums = [(0, 0)] * self.workers
        self._sums_before = (0, 0)
        self._taken = [0] * self.workers
        self._lost = self._replaced = 0
        self._last_chunk = 0
        self._assigned = []
        self._returned = deque()
        self._moved_at = monotonic_ns()

    def start(self):
        context = process_context(self._request)
        message_bytes = self._payload_bytes * self._chunk_size
        self._channel = channel = open_channel(self._request.get("channel") or "pipe", context, self.workers, message_bytes)
        if hasattr(channel, "abandon"):
            at_end(channel.abandon)
        self.status = WorkerStatus(self._request["scratch"], self.workers)
        origin = Origin(self._request, self._workload, self._output, context)
        self.crew = Crew(context, origin, channel, self.status, self.workers)
        self._assigned = [{} for _ in range(1 if channel.is_shared else self.workers)]
        for worker in range(self.workers):
            self.crew.start(worker, (0, 0))
        while self.crew.starting:
            self._collect()
        return [(member.pid, member.thread_id) for member in self.crew.members]

    def run(self, load, logs):
        self._logs = logs
        self._errors_wanted = MAX_ERRORS
        self._feed = ChunkFeed(load, self._chunk_size, self.workers)
        self._chunks = self._feed.chunks()
        self._arrived = Arrived(self._feed, self._channel.wake) if load.arrivals is not None else None
        self._remaining = -(-load.tasks // self._chunk_size) if load.tasks is not None else None
        self._sums_at_start = self._sums_now()
        self._answers, self._began = 0, monotonic_ns()
        self._hungry = list(range(len(self._assigned)))
        while True:
            self._hand_out()
            if not any(self._assigned) and not self.crew.starting and (self._arrived is None or self._arrived.is_over):
                return
            self._collect()

    def totals(self):
        now, before = self._sums_now(), self._sums_at_start
        return {"lost": self._lost, "serializationNs": now[0] - before[0], "channelNs": now[1] - before[1]}

    def finish(self):
        for worker in range(self.workers):
            self.faults.resume(worker, self._taken[worker], self.status.faults(worker))
        super().finish()

    def watched(self):
        busy = range(self.workers) if self._channel.is_shared else [worker for worker in range(self.workers) if self._assigned[worker]]
        members = self.crew.members
        return [(worker, members[worker].pid, members[worker].thread_id) for worker in busy if any(self._assigned)]

    def own_threads(self, pid):
        return {member.own_thread_id for member in self.crew.members if member.pid == pid}

    def _hand_out(self):
        hungry, self._hungry = self._hungry, []
        if self._arrived is not None:
            hungry = range(len(self._assigned))
        most = self._most_in_flight()
        for owner in hungry:
            if owner in self.crew.starting and not self._channel.is_shared:
                continue
            assigned = self._assigned[owner]
            while len(assigned) < most:
                chunk = self._next_chunk()
                if chunk is None:
                    return
                self._last_chunk += 1
                assigned[self._last_chunk] = chunk
                body = (self._last_chunk, *chunk, self._errors_wanted, self.faults.is_armed, self._payload(chunk[1]))
                self._channel.send(owner, *self._stopwatch.to_worker(CHUNK, body))

    def _next_chunk(self):
        if self._returned:
            return self._returned.popleft()
        if self._arrived is not None:
            return self._arrived.take()
        chunk = next(self._chunks, None)
        if chunk is not None and self._remaining is not None:
            self._remaining -= 1
        return chunk

    def _most_in_flight(self):
        """How many chunks each worker may have, the one in work included; few in the beginning and towards the end."""
        most = 1
        if self._arrived is None and self._answers >= self.workers:
            chunk_ns = max(1, (monotonic_ns() - self._began) * self.workers // self._answers)
            most = min(_MOST_IN_FLIGHT, 1 + _AHEAD_NS // chunk_ns, 1 + self._answers // self.workers)
            if self._payload_bytes:
                most = min(most, 1 + _BYTES_AHEAD // (self._payload_bytes * self._chunk_size))
            if self._remaining is not None:
                most = min(most, 1 + self._remaining // (2 * self.workers))
        return most * self.workers if self._channel.is_shared else most

    def _payload(self, size):
        if not self._payload_bytes:
            return b""
        payload = self._payloads.get(size)
        if payload is None:
            payload = self._payloads[size] = bytes(self._payload_bytes * size)
        return payload

    def _collect(self):
        waiting_since = monotonic_ns()
        messages = self._channel.receive(_LOOK_SECONDS)
        arrived = monotonic_ns()
        if messages:
            sent = max([self._take(message) for message in messages])
            self._stopwatch.note_arrival(sent, waiting_since, arrived)
        for ended in self.crew.take_ended():
            self._lose(*ended)
        if messages:
            self._moved_at = waiting_since
        elif self._replaced and monotonic_ns() - self._moved_at > 2e9 * _LOOK_SECONDS:
            self._unblock()

    def _take(self, message):
        """Take what a worker sent; returns when it did."""
        kind, worker, sent, sums, body = self._stopwatch.from_worker(message)
        self._sums[worker] = sums
        if kind == ANSWER:
            self._take_answer(worker, body)
        elif kind == UP:
            self._welcome(worker, body)
        else:
            self._note(body)
            self.crew.leave(worker)
        return sent

    def _take_answer(self, worker, answer):
        name, records, errors, error_count, checksum, _ = answer
        owner = 0 if self._channel.is_shared else worker
        chunk = self._assigned[owner].pop(name, None)
        if chunk is None:
            raise TrialFailed(
                f"worker process {worker} answered a chunk of tasks that it did not have or had answered before",
                "Something else than the worker wrote to its channel: a task that uses the descriptors of others, or a process that it started and that came back from the task.",
            )
        self._answers += 1
        self._feed.chunk_ended()
        self._errors_wanted -= len(errors)
        if self.faults.is_armed:
            self._taken[worker] += chunk[1]
        self._logs[worker].add_chunk(records, errors, error_count, checksum)
        if owner not in self._hungry:
            self._hungry.append(owner)

    def _welcome(self, worker, body):
        failure = body[-1]
        if failure is not None:
            raise TrialFailed(*failure)
        loss = self.crew.welcome(worker, *body[:-1])
        if loss is not None:
            ended_at, lost, reason = loss
            member = self.crew.members[worker]
            self._output.worker(ended_at, worker, member.pid, member.thread_id, lost, reason)
            self._hungry += [owner for owner in range(len(self._assigned)) if owner not in self._hungry]

    def _lose(self, worker, pid, ended_at, reason):
        """A worker process has ended: what it had begun is lost, what still waited for it goes to others."""
        for message in self._channel.drain(worker):
            self._take(message)
        if self.crew.is_leaving:
            self._note(f"worker process {worker} {reason} while it cleaned up")
            self.crew.leave(worker)
            return
        if worker in self.crew.starting:
            raise TrialFailed(f"worker process {worker} (pid {pid}) {reason} while it started", _EXIT_DETAIL)
        lost = self._give_up(worker)
        self._recorder.flush()
        self._sums_before = tuple(map(sum, zip(self._sums_before, self._sums[worker])))
        self._sums[worker] = (0, 0)
        self._replaced += 1
        if self._replaced > _MOST_REPLACED:
            raise TrialFailed(f"more than {_MOST_REPLACED} workers were lost; the last one, worker process {worker} (pid {pid}), {reason}", _EXIT_DETAIL)
        self._hungry = list(range(len(self._assigned)))
        self.status.forget(worker)
        self.crew.start(worker, (self._taken[worker], self.status.faults(worker)), (ended_at, lost, reason))

    def _give_up(self, worker):
        """The number of measured tasks that are lost with a worker."""
        assigned, begun = self._assigned[0 if self._channel.is_shared else worker], self.status.begun(worker)
        last = max(begun)  # a worker that has chunks of its own takes them in the order of their numbers
        chunks = [assigned.pop(name) for name in list(assigned) if name in begun or (name <= last and not self._channel.is_shared)]
        for _ in chunks:
            self._feed.chunk_ended()
        lost = sum(chunk[1] for chunk in chunks)
        if not self._channel.is_shared:
            self._returned.extend(assigned.values())
            assigned.clear()
        if not self.faults.is_armed:
            return 0
        self._taken[worker] += lost
        self._lost += lost
        return lost

    def _unblock(self):
        """Nothing moves after a worker was lost: it may have taken something with it that the others need."""
        self._moved_at = monotonic_ns()
        if not self._channel.is_shared or self._channel.recover() or not self._assigned[0]:
            return
        begun = set().union(*map(self.status.begun, range(self.workers)))
        missing = sum(chunk[1] for name, chunk in self._assigned[0].items() if name not in begun)
        if missing and not self._channel.has_tasks():
            raise TrialFailed(f"{missing} tasks cannot be accounted for: a worker process ended while it took them from the queue", _EXIT_DETAIL)

    def _sums_now(self):
        sums = [self._sums_before, (self._stopwatch.serialization, self._stopwatch.channel), *self._sums]
        return tuple(map(sum, zip(*sums)))

    def _end_workers(self):
        self.crew.is_leaving = True
        for worker in range(self.workers):
            self._channel.send(worker, *self._stopwatch.to_worker(END))
        while self.crew.is_there():
            self._collect()


_EXIT_DETAIL = (
    "A task, or code that it uses, ended its own process (os._exit, a crash in native code), or the system did, "
    "for instance for want of memory."
)
