"""``io.unix-socket``: sends a message over a Unix domain socket to an echo server in a process of its own, and waits until it is back."""

import os

from ._echo import EchoServer, make_echo, make_echo_async


def make_fixture(params, scratch, request):
    return EchoServer(os.path.join(scratch, "echo.sock"))


def make_task(params, scratch, server):
    return make_echo(server, int(params["bytes"]))


def make_task_async(params, scratch, server):
    return make_echo_async(server, int(params["bytes"]))
