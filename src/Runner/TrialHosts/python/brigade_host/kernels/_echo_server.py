"""The echo server of ``io.tcp`` and ``io.unix-socket``, a program of its own: ``python _echo_server.py tcp`` or ``… PATH``.

It prints its port or path when it listens, and ends with its standard input. One process for each core serves the
connections, which are shared out in turn, so that it is not the server that limits a few workers. A connection begins with
the size of its messages (4 bytes, little-endian): a message is sent back when all of it has come.
"""

import os
import select
import socket
import sys
import threading


def main(address):
    listener = _listen(address)
    helpers = []
    for _ in range(_cores()):
        ours, theirs = socket.socketpair()
        if os.fork() == 0:
            for inherited in (listener, ours, *helpers):
                inherited.close()
            _serve(theirs)
            os._exit(0)
        theirs.close()
        helpers.append(ours)
    threading.Thread(target=_end_with_input, daemon=True).start()
    print(listener.getsockname()[1] if address == "tcp" else address, flush=True)
    accepted = 0
    while True:
        connection, _ = listener.accept()
        socket.send_fds(helpers[accepted % len(helpers)], [b"+"], [connection.fileno()])
        connection.close()
        accepted += 1


def _listen(address):
    if address == "tcp":
        return socket.create_server(("127.0.0.1", 0), backlog=1024)
    listener = socket.socket(socket.AF_UNIX)
    listener.bind(address)
    listener.listen(1024)
    return listener


def _cores():
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _end_with_input():
    while os.read(0, 4096):
        pass
    os._exit(0)  # the helpers see the end of their sockets


class _Connection:
    """The socket of one worker, and the part of its message that has come."""

    def __init__(self, descriptor):
        self.socket = socket.socket(fileno=descriptor)
        if self.socket.family != socket.AF_UNIX:
            self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        size = int.from_bytes(self.socket.recv(4, socket.MSG_WAITALL), "little")
        self._message = memoryview(bytearray(size))
        self._received = 0

    def answer(self):
        """There is something to read; returns False at the end of the connection."""
        received = self.socket.recv_into(self._message[self._received :])
        self._received += received
        if self._received == len(self._message):
            self.socket.sendall(self._message)
            self._received = 0
        return received > 0


def _serve(parent):
    poll = select.poll() if not hasattr(select, "epoll") else select.epoll()
    readable = getattr(select, "EPOLLIN", None) or select.POLLIN
    poll.register(parent.fileno(), readable)
    connections = {}
    while True:
        for descriptor, _ in poll.poll():
            if descriptor == parent.fileno():
                byte, received, _, _ = socket.recv_fds(parent, 1, 1)
                if not byte:
                    return
                connection = _Connection(received[0])
                connections[received[0]] = connection
                poll.register(received[0], readable)
            elif not _answer(connections[descriptor]):
                poll.unregister(descriptor)
                connections.pop(descriptor).socket.close()


def _answer(connection):
    try:
        return connection.answer()
    except OSError:
        return False


if __name__ == "__main__":
    main(sys.argv[1])
