"""The two sides of an echo: the server that the host starts, and the worker's connection to it."""

import os
import socket
import subprocess
import sys

from ._buffer import patterned_buffer

MASK = 0xFFFF_FFFF_FFFF_FFFF
SIZE_FACTOR = 0x9E37_79B9_7F4A_7C15


class EchoServer:
    """Starts ``_echo_server.py``, which ends with this process; workers get the address."""

    def __init__(self, address):
        program = os.path.join(os.path.dirname(os.path.abspath(__file__)), "_echo_server.py")
        self._process = subprocess.Popen([sys.executable, "-I", "-S", program, address], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        line = self._process.stdout.readline().decode().rstrip("\n")
        if not line:
            raise OSError(f"its echo server ended before it listened (exit code {self._process.wait()})")
        self.address = ("127.0.0.1", int(line)) if address == "tcp" else line

    def __getstate__(self):
        return {"address": self.address}


def make_echo(server, size):
    """A task that sends a message of ``size`` bytes, which begins with the task's index, and waits until it is back."""
    connection = _connect(server.address, size)
    send, receive = connection.sendall, connection.recv_into
    message, answer = bytearray(patterned_buffer(size)), bytearray(size)
    view, head = memoryview(answer), min(8, size)

    def task(index):
        message[:head] = index.to_bytes(8, "little")[:head]
        send(message)
        received = _some(receive(answer))
        while received < size:
            received += _some(receive(view[received:]))
        return _result(message, answer, index)

    return task


def make_echo_async(server, size):
    """The same over asyncio's streams."""
    from asyncio import open_connection

    connection = _connect(server.address, size)
    message, head, streams = bytearray(patterned_buffer(size)), min(8, size), []

    async def task_async(index):
        if not streams:
            streams.extend(await open_connection(sock=connection))
        reader, writer = streams
        message[:head] = index.to_bytes(8, "little")[:head]
        writer.write(bytes(message))  # a copy: what the transport cannot send at once it keeps
        await writer.drain()
        return _result(message, await reader.readexactly(size), index)

    return task_async


def _connect(address, size):
    if isinstance(address, str):
        connection = socket.socket(socket.AF_UNIX)
        connection.connect(address)
    else:
        connection = socket.create_connection(address)
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    connection.sendall(size.to_bytes(4, "little"))
    return connection


def _some(received):
    if not received:
        raise ConnectionError("the echo server closed the connection")
    return received


def _result(message, answer, index):
    if answer != message:
        raise ConnectionError("what the echo server sent back is not what was sent")
    return (len(message) * SIZE_FACTOR + index) & MASK
