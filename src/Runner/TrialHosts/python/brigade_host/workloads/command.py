"""``command``: starts a program, without a shell, and waits for its end. Its output is read and counted, and not kept: the result is the length of its
standard output. An exit code other than 0 is an error with the last line of its standard error.
"""

import os
import shutil
import signal
import subprocess
import threading

from . import fill

_PIECE = 1 << 16
_KEPT = 8 * 1024
_LONGEST_LINE = 300
_HOST_VARIABLES = ("PYTHONHASHSEED", "PYTHONUTF8")  # set for this host, and not meant for what it measures


class CommandError(Exception):
    """The program did not end well."""


def make_task(body, scratch):
    command = _Command(body)

    def task(index):
        process = command.start(index)
        errors = []
        helpers = [threading.Thread(target=lambda: errors.append(_read_end(process.stderr)), daemon=True)]
        if process.stdin is not None:
            helpers.append(threading.Thread(target=_write, args=(process.stdin, command.stdin(index)), daemon=True))
        for helper in helpers:
            helper.start()
        length = 0
        with process.stdout:
            while piece := os.read(process.stdout.fileno(), _PIECE):
                length += len(piece)
        for helper in helpers:
            helper.join()
        return command.result(process.wait(), errors[0], length)

    return task


def make_task_async(body, scratch):
    import asyncio

    command = _Command(body)

    async def count(stream):
        length = 0
        while piece := await stream.read(_PIECE):
            length += len(piece)
        return length

    async def keep_end(stream):
        end = b""
        while piece := await stream.read(_PIECE):
            end = (end + piece)[-_KEPT:]
        return end

    async def write(stream, text):
        if stream is None:
            return
        try:
            stream.write(text)
            await stream.drain()
        except (BrokenPipeError, ConnectionResetError):
            pass  # it ended before it read all: its exit code says whether that is an error
        finally:
            stream.close()

    async def task_async(index):
        try:
            process = await asyncio.create_subprocess_exec(*command.argv(index), **command.options)
        except OSError as error:
            raise command.not_started(error) from None
        length, errors, _ = await asyncio.gather(count(process.stdout), keep_end(process.stderr), write(process.stdin, command.stdin(index)))
        return command.result(await process.wait(), errors, length)

    return task_async


class _Command:
    def __init__(self, body):
        self._argv = list(body["argv"])
        self._stdin = body.get("stdin")
        self._program = _find(self._argv[0], body["directory"])
        self.options = {
            "cwd": body["directory"],
            "stdin": subprocess.DEVNULL if self._stdin is None else subprocess.PIPE,
            "stdout": subprocess.PIPE,
            "stderr": subprocess.PIPE,
            "env": {name: value for name, value in os.environ.items() if name not in _HOST_VARIABLES} | (body.get("environment") or {}),
        }

    def argv(self, index):
        return [self._program, *(fill(argument, index) for argument in self._argv[1:])]

    def stdin(self, index):
        return b"" if self._stdin is None else fill(self._stdin, index).encode("utf-8")

    def start(self, index):
        try:
            return subprocess.Popen(self.argv(index), bufsize=0, **self.options)
        except OSError as error:
            raise self.not_started(error) from None

    def not_started(self, error):
        return CommandError(f"{self._argv[0]} cannot be started: {error.strerror or error}")

    def result(self, code, errors, length):
        if code == 0:
            return length
        how = f"ended with exit code {code}" if code > 0 else f"was ended by signal {-code}{_name_of(-code)}"
        lines = [line.strip() for line in errors.decode("utf-8", "replace").splitlines() if line.strip()]
        last = "".join(character for character in lines[-1] if character.isprintable())[:_LONGEST_LINE] if lines else ""
        raise CommandError(f"{self._argv[0]} {how}{': ' + last if last else ''}")


def _find(name, directory):
    if "/" in name:
        path = os.path.normpath(os.path.join(directory, name))
        if not os.path.isfile(path):
            raise ValueError(f"the program '{name}' does not exist (looked for at {path})")
        if not os.access(path, os.X_OK):
            raise ValueError(f"the program '{name}' may not be executed; change its permissions")
        return path
    path = shutil.which(name)
    if path is None:
        raise ValueError(f"the program '{name}' was not found on the search path of the runner; install it, or give its path")
    return path


def _read_end(stream):
    end = b""
    with stream:
        while piece := os.read(stream.fileno(), _PIECE):
            end = (end + piece)[-_KEPT:]
    return end


def _write(stream, text):
    try:
        with stream:
            rest = memoryview(text)
            while rest:
                rest = rest[stream.write(rest) :]
    except (BrokenPipeError, ConnectionResetError):
        pass  # it ended before it read all: its exit code says whether that is an error


def _name_of(number):
    try:
        return f" ({signal.Signals(number).name})"
    except ValueError:
        return ""
