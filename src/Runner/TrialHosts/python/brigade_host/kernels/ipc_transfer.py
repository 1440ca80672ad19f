"""``ipc.transfer``: sends a message through a channel to a process of the worker's own, one way or there and back.

One way, a task ends when the channel has taken the message. Each window of messages is acknowledged, and at most two windows
are on their way, so that what the other process has not received yet is bounded.
"""

import threading

from ._buffer import patterned_buffer
from ._manager import end_with_parent
from ._sharing import choose, context_of

MASK = 0xFFFF_FFFF_FFFF_FFFF
SIZE_FACTOR = 0x9E37_79B9_7F4A_7C15
CHANNELS = ("pipe", "queue", "manager", "shared-memory")
MODES = ("round-trip", "one-way")

_TAKE, _ANSWER, _SEND_BACK = b"t", b"a", b"b"
_LOOK_SECONDS = 0.5
_MOST_MESSAGES, _MOST_BYTES = 64, 1 << 20  # of a window

_starting = threading.Lock()


def make_fixture(params, scratch, request):
    ways = 2 if choose(params, "mode", MODES) == "round-trip" else 1
    return _Figures(choose(params, "channel", CHANNELS), ways, int(params["bytes"]), request)


def make_task(params, scratch, shared):
    size = int(params["bytes"])
    peer = _Peer(shared.channel, shared.request, size)
    body = patterned_buffer(size)[8:]
    return (_there_and_back if shared.ways == 2 else _one_way)(peer, min(8, size), body)


class _Figures:
    def __init__(self, channel, ways, size, request):
        self.channel, self.ways, self._size, self.request = channel, ways, size, request

    def figures(self, done):
        messages = (done["tasks"] - done["errors"]) * self.ways
        rate = messages / max(done["elapsedNs"], 1) * 1e9
        return {"messagesPerSecond": rate, "megabytesPerSecond": rate * self._size / 1e6}, []


def _there_and_back(peer, head_bytes, body):
    size = head_bytes + len(body)

    def task(index):
        head = index.to_bytes(8, "little")[:head_bytes]
        peer.send(_SEND_BACK, head, body)
        answer = peer.receive()
        if len(answer) != size or not answer.startswith(head) or not answer.endswith(body):
            raise ConnectionError("what the other process sent back is not what was sent")
        return (size * SIZE_FACTOR + index) & MASK

    return task


def _one_way(peer, head_bytes, body):
    size = head_bytes + len(body)
    window = max(1, min(_MOST_MESSAGES, _MOST_BYTES // size))
    sent = unanswered = 0

    def task(index):
        nonlocal sent, unanswered
        sent += 1
        is_last = sent % window == 0
        peer.send(_ANSWER if is_last else _TAKE, index.to_bytes(8, "little")[:head_bytes], body)
        if is_last:
            unanswered += 1
            unanswered -= peer.poll()
            while unanswered > 1:
                peer.receive()
                unanswered -= 1
        return (size * SIZE_FACTOR + index) & MASK

    return task


class _Peer:
    """A process at the other end of a channel; it has answered once when this is made."""

    def __init__(self, channel, request, size):
        from ..channels import open_channel

        context = context_of(request)
        with _starting:
            self._channel = open_channel(channel, context, 1, size + 1)
            end = self._channel.connect(0)
            self._process = context.Process(target=_serve, args=(end,), name="peer", daemon=True)
            self._process.start()
            self._channel.connected(0)
        self._answers = []
        self.send(_ANSWER)
        self.receive()
        if hasattr(self._channel, "abandon"):
            self._channel.abandon()  # both have it open: its name is not needed any more, and would outlive them

    def send(self, *parts):
        self._channel.send(0, *parts)

    def poll(self):
        """Send what waits, and take the answers that are there; returns their number."""
        return len(self._channel.receive(0))

    def receive(self):
        """Wait for the next message."""
        while not self._answers:
            self._answers = self._channel.receive(_LOOK_SECONDS)
            if not self._answers and not self._process.is_alive():
                raise ConnectionError("the process at the other end of the channel has ended")
        return self._answers.pop(0)


def _serve(end):
    """What the process does: takes messages, and sends back what it is asked for."""
    end_with_parent()
    end.open()
    while True:
        message = end.receive()
        order = message[:1]
        if order != _TAKE:
            end.send(memoryview(message)[1:] if order == _SEND_BACK else _ANSWER)
            end.flush()
