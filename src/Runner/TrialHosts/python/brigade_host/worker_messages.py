"""The messages between the host and its worker processes: a header of fixed size and a pickled body.

The body is pickled here and not by the channel, so that serialising and the channel are timed apart.
"""

import pickle
import struct
from time import monotonic_ns

CHUNK, END = range(2)
UP, ANSWER, ENDED = range(3)

_TO_WORKER = struct.Struct("<Bq")  # kind, when it was sent
_TO_HOST = struct.Struct("<BHqqq")  # kind, worker, when it was sent, the worker's serialising and channel time so far
_PROTOCOL = 5


class Stopwatch:
    """Sums of the time that one side spends.

    ``serialization`` is for pickling and unpickling. ``channel`` is for waiting for messages that are under way: from when the
    sender sent the last of those that come together, or the receiver began to wait if that was later, until it has them. So
    a message that waits for a receiver which is at work costs nothing, nor does waiting for one that nobody has sent.
    """

    def __init__(self):
        self.serialization = 0
        self.channel = 0

    def to_worker(self, kind, body=None):
        began = monotonic_ns()
        pickled = pickle.dumps(body, _PROTOCOL)
        now = monotonic_ns()
        self.serialization += now - began
        return _TO_WORKER.pack(kind, now), pickled

    def from_host(self, message, waiting_since):
        """The kind and body."""
        began = monotonic_ns()
        kind, sent = _TO_WORKER.unpack_from(message)
        self.note_arrival(sent, waiting_since, began)
        body = pickle.loads(memoryview(message)[_TO_WORKER.size :])
        self.serialization += monotonic_ns() - began
        return kind, body

    def to_host(self, kind, worker, body=None):
        began = monotonic_ns()
        pickled = pickle.dumps(body, _PROTOCOL)
        now = monotonic_ns()
        self.serialization += now - began
        return _TO_HOST.pack(kind, worker, now, self.serialization, self.channel), pickled

    def note_arrival(self, sent, waiting_since, arrived):
        self.channel += max(0, arrived - max(sent, waiting_since))

    def from_worker(self, message):
        """The kind, the worker, when it sent this, its sums and the body."""
        began = monotonic_ns()
        kind, worker, sent, serialization, channel = _TO_HOST.unpack_from(message)
        body = pickle.loads(memoryview(message)[_TO_HOST.size :])
        self.serialization += monotonic_ns() - began
        return kind, worker, sent, (serialization, channel), body
