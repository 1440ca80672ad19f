"""How bytes cross the border between two processes: one channel per module behind one interface.

The process that makes a channel is its hub; each of the processes that it starts has an end. Strategies put their messages
on it, and a kernel can use it alone for transfers between two processes::

    channel = open_channel("pipe", context, workers=1, message_bytes=65536)
    end = channel.connect(0)
    process = context.Process(target=echo, args=(end,))   # echo calls end.open(), then end.receive() and end.send(data)
    process.start()
    channel.connected(0)
    channel.send(0, b"ping")
    messages = channel.receive(timeout)
    channel.close()

The hub
    ``connect(worker)`` gives the end for a process that is about to start, by any start method; again for the process that
    has its place after it was lost. ``connected(worker)`` after it was started. ``send(worker, *parts)`` sends the parts as one message
    and never waits: what does not fit goes out with the next ``receive``. ``receive(timeout)`` gives a list of whole messages, in seconds at most after
    the time-out, when it is empty; ``wake()``, from any thread, lets it return early. ``drain(worker)`` gives what a process
    that has ended had still sent. ``close()`` gives back what it has; ``abandon()``,
    where there is one, only what would outlive all processes. ``is_shared`` says that any worker may
    take a message, whomever it was sent to. ``recover()``, where there is one, frees what a process that ended had held.

The end
    ``open()`` first, in the process itself. ``receive()`` waits for a message; ``has_more()`` says whether another one is at
    hand. ``send(*parts)`` may keep the message back until ``flush()``. Messages are bytes-like; a bytearray is the receiver's own.
"""

from importlib import import_module

from ..errors import TrialFailed

LARGEST_MESSAGE = 1 << 30
"""Bytes."""

_CHANNELS = {
    "pipe": ("pipe", "PipeChannel"),
    "queue": ("queue", "QueueChannel"),
    "manager": ("manager", "ManagerChannel"),
    "shared-memory": ("shared_memory", "SharedMemoryChannel"),
}


def open_channel(name, context, workers, message_bytes=0):
    """A channel for so many workers by a context of multiprocessing. ``message_bytes`` is how long a message usually is."""
    if name not in _CHANNELS:
        raise TrialFailed(f"the Python trial host has no channel '{name}'; it has {', '.join(_CHANNELS)}")
    if message_bytes > LARGEST_MESSAGE:
        raise TrialFailed(
            f"a message of {message_bytes / 1048576:.0f} MiB is more than the {LARGEST_MESSAGE / 1048576:.0f} MiB that a channel carries: "
            "payloadBytes times chunkSize has to be smaller"
        )
    module, type_name = _CHANNELS[name]
    return getattr(import_module(f"{__name__}.{module}"), type_name)(context, workers, message_bytes)
