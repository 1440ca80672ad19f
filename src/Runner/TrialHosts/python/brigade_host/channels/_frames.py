"""Messages in a stream of bytes: each has its length before it."""

import os
import struct

LENGTH = struct.Struct("<I")
_READ_BYTES = 1 << 16


def framed(parts):
    """The parts of one message, with its length before them."""
    return (LENGTH.pack(sum(map(len, parts))), *parts)


class Frames:
    """Cuts a stream that comes in pieces into messages."""

    def __init__(self):
        self._rest = b""  # the beginning of a message's length
        self._message = None  # one of which a part has come
        self._have = 0

    def read(self, descriptor):
        """Read once; returns the number of bytes, 0 at the end, and the messages that are complete by them."""
        if self._message is None:
            piece = os.read(descriptor, _READ_BYTES)
            return len(piece), self.add(piece)
        count = os.readv(descriptor, [memoryview(self._message)[self._have :]])
        self._have += count
        return count, self._take_complete()

    def add(self, piece):
        """The messages that are complete by this piece, which may be a view on memory that changes afterwards."""
        messages, at = [], 0
        if self._message is not None:
            at = min(len(piece), len(self._message) - self._have)
            self._message[self._have : self._have + at] = piece[:at]
            self._have += at
            messages += self._take_complete()
            if self._message is not None:
                return messages
        elif self._rest:
            piece, self._rest = self._rest + bytes(piece), b""
        end = len(piece)
        while end - at >= LENGTH.size:
            start = at + LENGTH.size
            at = start + LENGTH.unpack_from(piece, at)[0]
            if at > end:
                self._message, self._have = bytearray(at - start), end - start
                self._message[: self._have] = piece[start:]
                return messages
            messages.append(bytes(piece[start:at]))
        self._rest = bytes(piece[at:])
        return messages

    def _take_complete(self):
        if self._have < len(self._message):
            return []
        message, self._message = self._message, None
        return [message]
