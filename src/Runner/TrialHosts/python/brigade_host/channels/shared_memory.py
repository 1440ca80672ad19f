"""``shared-memory``: for each worker two rings of bytes in a ``multiprocessing.shared_memory`` segment, one for each direction.

Semaphores tell the other side that there is something to read. A message that is longer than a ring goes through it in pieces.
"""

import os
from collections import deque
from multiprocessing.shared_memory import SharedMemory

from ..errors import TrialFailed
from ._frames import Frames, framed

_SMALLEST_RING = 1 << 16
_LARGEST_RING = 8 << 20
_LOOK_AGAIN_SECONDS = 0.02
_DIRECTORY = "/dev/shm"


class SharedMemoryChannel:
    is_shared = False

    def __init__(self, context, workers, message_bytes):
        self._context = context
        self._capacity = min(max(_SMALLEST_RING, 2 * message_bytes + 4096), _LARGEST_RING)
        self._answers = context.Semaphore(0)
        self._lines = [None] * workers
        _check_room(workers * 2 * (self._capacity + _Ring.HEADER))

    def connect(self, worker):
        self._drop(worker)
        try:
            memory = SharedMemory(create=True, size=2 * (self._capacity + _Ring.HEADER))
        except OSError as error:
            raise TrialFailed(f"shared memory for worker {worker} cannot be had: {error}") from None
        end = SharedMemoryEnd(memory, self._capacity, self._context.Semaphore(0), self._context.Semaphore(0), self._answers)
        self._lines[worker] = _Line(end)
        return end

    def connected(self, worker):
        pass

    def send(self, worker, *parts):
        line = self._lines[worker]
        line.unsent.extend(map(memoryview, framed(parts)))
        line.write()

    def receive(self, timeout=None):
        if not self._answers.acquire(True, timeout):
            return []
        while self._answers.acquire(False):
            pass
        messages = []
        for line in self._lines:
            if line is not None:
                messages += line.read()
                if line.unsent:
                    line.write()
        return messages

    def drain(self, worker):
        return self._lines[worker].read()

    def wake(self):
        self._answers.release()

    def close(self):
        for worker in range(len(self._lines)):
            self._drop(worker)

    def abandon(self):
        """The segments have names, which outlive every process."""
        for line in self._lines:
            if line is not None:
                line.unlink()

    def _drop(self, worker):
        line, self._lines[worker] = self._lines[worker], None
        if line is not None:
            line.close()


class _Line:
    """The hub's side of one worker."""

    def __init__(self, end):
        self._end = end
        self._tasks, self._results = end.rings()
        self._frames = Frames()
        self.unsent = deque()

    def write(self):
        wrote = False
        while self.unsent:
            written = self._tasks.write(self.unsent[0])
            wrote |= written > 0
            if written < len(self.unsent[0]):
                self.unsent[0] = self.unsent[0][written:]
                self._tasks.writer_waits = True
                break
            self.unsent.popleft()
        if wrote:
            self._end.arrived.release()

    def read(self):
        messages = self._results.read(self._frames)
        if self._results.writer_waits:
            self._results.writer_waits = False
            self._end.has_room.release()
        return messages

    def close(self):
        self.unsent.clear()
        self._tasks.release()
        self._results.release()
        self._end.memory.close()
        self.unlink()

    def unlink(self):
        self._end.memory.unlink()


class SharedMemoryEnd:
    def __init__(self, memory, capacity, arrived, has_room, answers):
        self.memory, self.arrived, self.has_room = memory, arrived, has_room
        self._capacity, self._answers = capacity, answers

    def rings(self):
        size = self._capacity + _Ring.HEADER
        return [_Ring(self.memory.buf[at : at + size]) for at in (0, size)]

    def open(self):
        self._tasks, self._results = self.rings()
        self._frames, self._messages = Frames(), deque()

    def receive(self):
        while not self._messages:
            self._messages += self._tasks.read(self._frames)
            if self._tasks.writer_waits:
                self._tasks.writer_waits = False
                self._answers.release()  # the hub has more to write
            if not self._messages:
                self.arrived.acquire()
        return self._messages.popleft()

    def has_more(self):
        return bool(self._messages)

    def send(self, *parts):
        for part in framed(parts):
            self._write(memoryview(part))
        self._answers.release()

    def flush(self, for_good=False):
        pass

    def _write(self, view):
        while True:
            view = view[self._results.write(view) :]
            if not view:
                return
            self._results.writer_waits = True
            self._answers.release()
            self.has_room.acquire(True, _LOOK_AGAIN_SECONDS)


class _Ring:
    """Bytes from one writer to one reader. Each counter is written by one side only, and lies in a cache line of its own."""

    HEADER = 192
    _WRITTEN, _READ, _WAITS = 0, 8, 16  # in units of 8 bytes

    def __init__(self, memory):
        self._memory = memory
        self._counters = memory[: self.HEADER].cast("q")
        self._data = memory[self.HEADER :]
        self._capacity = len(self._data)

    @property
    def writer_waits(self):
        return bool(self._counters[self._WAITS])

    @writer_waits.setter
    def writer_waits(self, value):
        self._counters[self._WAITS] = value

    def write(self, view):
        """Write as much as there is room for; returns how much."""
        written = self._counters[self._WRITTEN]
        count = min(len(view), self._capacity - (written - self._counters[self._READ]))
        at = written % self._capacity
        first = min(count, self._capacity - at)
        self._data[at : at + first] = view[:first]
        if count > first:
            self._data[: count - first] = view[first:count]
        self._counters[self._WRITTEN] = written + count
        return count

    def read(self, frames):
        """Take all that is there; returns the messages that are complete by it."""
        read = self._counters[self._READ]
        count = self._counters[self._WRITTEN] - read
        at = read % self._capacity
        first = min(count, self._capacity - at)
        messages = frames.add(self._data[at : at + first])
        if count > first:
            messages += frames.add(self._data[: count - first])
        self._counters[self._READ] = read + count
        return messages

    def release(self):
        self._counters.release()
        self._data.release()
        self._memory.release()


def _check_room(needed):
    try:
        system = os.statvfs(_DIRECTORY)
    except OSError:
        return  # shared memory is elsewhere: what it cannot hold is told when it is made
    free = system.f_bavail * system.f_frsize
    if needed > free:
        raise TrialFailed(
            f"the channel shared-memory needs {needed / 1048576:.0f} MiB for these workers and payloads, and {_DIRECTORY} has {free / 1048576:.0f} MiB free: "
            "use fewer workers, a smaller payloadBytes or chunkSize, or a larger /dev/shm"
        )
