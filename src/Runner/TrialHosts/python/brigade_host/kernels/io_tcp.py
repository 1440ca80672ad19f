"""``io.tcp``: sends a message over TCP to an echo server in a process of its own, and waits until it is back."""

from ._echo import EchoServer, make_echo, make_echo_async


def make_fixture(params, scratch, request):
    return EchoServer("tcp")


def make_task(params, scratch, server):
    return make_echo(server, int(params["bytes"]))


def make_task_async(params, scratch, server):
    return make_echo_async(server, int(params["bytes"]))
