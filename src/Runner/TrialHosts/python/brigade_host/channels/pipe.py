"""``pipe``: two pipes for each worker, as ``multiprocessing.Pipe(duplex=False)`` makes them, one for each direction."""

import fcntl
import os
import select
from collections import deque

from ._frames import Frames, framed

_SMALL_BYTES = 1 << 15
_LARGE_BYTES = 1 << 20
_SET_SIZE = 1031  # fcntl.F_SETPIPE_SZ, which Python knows since 3.10


class PipeChannel:
    is_shared = False

    def __init__(self, context, workers, message_bytes):
        self._context = context
        self._is_large = message_bytes > _SMALL_BYTES
        self._lines = [None] * workers
        self._by_descriptor = {}
        self._poll = select.poll()
        self._woken, self._waker = os.pipe()
        os.set_blocking(self._woken, False)
        os.set_blocking(self._waker, False)
        self._poll.register(self._woken, select.POLLIN)
        self._unsent = []

    def connect(self, worker):
        self._drop(worker)
        task_reader, task_writer = self._context.Pipe(duplex=False)
        result_reader, result_writer = self._context.Pipe(duplex=False)
        line = _Line(task_writer, result_reader, PipeEnd(task_reader, result_writer))
        if self._is_large:
            _enlarge(task_writer.fileno())
            _enlarge(result_reader.fileno())
        self._lines[worker] = self._by_descriptor[line.reads] = self._by_descriptor[line.writes] = line
        self._poll.register(line.reads, select.POLLIN)
        return line.end

    def connected(self, worker):
        """Closes the other process's ends here, so that later processes do not inherit them."""
        self._lines[worker].end.close()
        self._lines[worker].end = None

    def send(self, worker, *parts):
        line = self._lines[worker]
        if not line.unsent:
            self._unsent.append(line)
        line.unsent.extend(framed(parts))

    def receive(self, timeout=None):
        unsent, self._unsent = self._unsent, []
        for line in unsent:
            self._write(line)
        messages = []
        for descriptor, event in self._poll.poll(None if timeout is None else timeout * 1000):
            line = self._by_descriptor.get(descriptor)
            if line is None:
                os.read(self._woken, _SMALL_BYTES)
            elif descriptor == line.writes:
                self._poll.unregister(descriptor)
                self._write(line)
            else:
                messages += self._read(line)
        return messages

    def drain(self, worker):
        messages, line = [], self._lines[worker]
        while line.is_open:
            found = self._read(line)
            if not found and not line.had_bytes:
                break
            messages += found
        return messages

    def wake(self):
        try:
            os.write(self._waker, b"w")
        except BlockingIOError:
            pass  # it is awake

    def close(self):
        for worker in range(len(self._lines)):
            self._drop(worker)
        os.close(self._woken)
        os.close(self._waker)

    def _read(self, line):
        try:
            count, messages = line.frames.read(line.reads)
        except BlockingIOError:
            line.had_bytes = False
            return []
        line.had_bytes = count > 0
        if not count and line.is_open:
            line.is_open = False  # it has ended: its sentinel tells
            self._poll.unregister(line.reads)
        return messages

    def _write(self, line):
        try:
            while line.unsent:
                _write_some(line.writes, line.unsent)
        except BlockingIOError:
            self._poll.register(line.writes, select.POLLOUT)
        except OSError:
            line.unsent.clear()  # it has ended

    def _drop(self, worker):
        line, self._lines[worker] = self._lines[worker], None
        if line is None:
            return
        for descriptor in (line.reads, line.writes):
            del self._by_descriptor[descriptor]
            try:
                self._poll.unregister(descriptor)
            except KeyError:
                pass  # it was not watched
        line.close()


class _Line:
    """The hub's side of one worker."""

    def __init__(self, task_writer, result_reader, end):
        self._connections = (task_writer, result_reader)
        self.writes, self.reads = task_writer.fileno(), result_reader.fileno()
        os.set_blocking(self.writes, False)
        os.set_blocking(self.reads, False)
        self.end = end
        self.unsent = deque()
        self.frames = Frames()
        self.is_open = self.had_bytes = True

    def close(self):
        for connection in self._connections:
            connection.close()
        if self.end:
            self.end.close()


class PipeEnd:
    def __init__(self, reader, writer):
        self._reader, self._writer = reader, writer

    def open(self):
        self._reads, self._writes = self._reader.fileno(), self._writer.fileno()
        self._frames, self._messages, self._unsent = Frames(), deque(), deque()

    def receive(self):
        while not self._messages:
            count, messages = self._frames.read(self._reads)
            if not count:
                os._exit(1)  # the hub has ended
            self._messages += messages
        return self._messages.popleft()

    def has_more(self):
        return bool(self._messages)

    def send(self, *parts):
        self._unsent.extend(framed(parts))

    def flush(self, for_good=False):
        while self._unsent:
            _write_some(self._writes, self._unsent)

    def close(self):
        self._reader.close()
        self._writer.close()


def _write_some(descriptor, unsent):
    """Write from the front of a deque of bytes, and leave there what was not written."""
    parts = []
    for part in unsent:
        parts.append(part)
        if len(parts) == 64:
            break
    written = os.writev(descriptor, parts)
    while unsent and written >= len(unsent[0]):
        written -= len(unsent.popleft())
    if written:
        unsent[0] = memoryview(unsent[0])[written:]


def _enlarge(descriptor):
    try:
        fcntl.fcntl(descriptor, _SET_SIZE, _LARGE_BYTES)
    except OSError:
        pass  # a user may have so much in pipes only; smaller ones do too
