"""The user's own code: ``def task(index)`` and, for ``async``, ``async def task_async(index)``."""

import sys
from types import ModuleType

from .errors import TrialFailed, describe, format_traceback

MODULE_NAME = "brigade_workload"
_COROUTINE = 0x80  # inspect.CO_COROUTINE, without the price of importing inspect


class UserCode:
    """Compiled and loaded once in each process."""

    def __init__(self, body, strategy):
        if body.get("language") != "python":
            raise TrialFailed(f"the Python trial host cannot run code in '{body.get('language')}'")
        self.warnings = []
        self._file = body.get("file") or "work.py"
        module = _load(self._file, body["source"])
        self._task = self._find(module, "task")
        self._task_async = self._find(module, "task_async")
        if self._task is None and self._task_async is None:
            raise TrialFailed(f"{self._file} defines neither 'def task(index)' nor 'async def task_async(index)'")
        if getattr(getattr(self._task, "__code__", None), "co_flags", 0) & _COROUTINE:
            raise TrialFailed(f"{self._file}: 'async def task(index)' has to be named task_async; task is a plain function")
        if strategy == "async" and self._task_async is None:
            self.warnings.append(f"{self._file} has no task_async(index): async ran task(index), which blocks the event loop.")
        if strategy != "async" and self._task is None:
            self.warnings.append(f"{self._file} has no task(index): each worker ran task_async(index) on an event loop of its own.")

    def make_task(self):
        return self._task or _run_on_own_loop(self._task_async)

    def make_task_async(self):
        return self._task_async

    def _find(self, module, name):
        function = getattr(module, name, None)
        if function is not None and not callable(function):
            raise TrialFailed(f"{self._file}: {name} is not a function but {type(function).__name__}")
        return function


def _run_on_own_loop(task_async):
    """A plain task over a coroutine function, with one event loop for the calling worker."""
    import asyncio

    loop = asyncio.new_event_loop()
    asyncio.set_event_loop(loop)
    return lambda index: loop.run_until_complete(task_async(index))


def _load(file, source):
    try:
        code = compile(source, file, "exec", dont_inherit=True)
    except SyntaxError as error:
        raise TrialFailed(f"{_place(file, error.lineno)}: {error.msg}", _format_only(error)) from None
    except (ValueError, MemoryError, RecursionError) as error:
        raise TrialFailed(f"{file}: Python cannot compile it: {describe(error)}") from None
    _show_source_in_tracebacks(file, source)
    module = ModuleType(MODULE_NAME)
    module.__file__ = file
    sys.modules[MODULE_NAME] = module  # pickle and dataclasses look a class's module up there
    try:
        exec(code, module.__dict__)
    except BaseException as error:
        message = f"{_place(file, _line_in(file, error))}: {describe(error)}"
        raise TrialFailed(message, format_traceback(error)) from None
    return module


def _place(file, line):
    return f"{file}, line {line}" if line else file


def _line_in(file, error):
    """The last line of ``file`` that the traceback passes through."""
    line, frame = None, error.__traceback__
    while frame is not None:
        if frame.tb_frame.f_code.co_filename == file:
            line = frame.tb_lineno
        frame = frame.tb_next
    return line


def _format_only(error):
    import traceback

    return "".join(traceback.format_exception_only(type(error), error))


def _show_source_in_tracebacks(file, source):
    """The source need not exist as a file: linecache is told its lines, which None as the time keeps for good."""
    import linecache

    linecache.cache[file] = (len(source), None, source.splitlines(keepends=True), file)
