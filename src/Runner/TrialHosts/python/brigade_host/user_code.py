"""The user's own code: ``def task(index)`` and, for ``async``, ``async def task_async(index)``.

It may have ``setup()`` and ``teardown()``, called in each worker before its first and after its last task. All four may take
the cell's parameters: by their names, all together as ``params``, or with ``**``.
"""

import sys
from types import ModuleType

from .errors import TrialFailed, describe, format_traceback

MODULE_NAME = "brigade_workload"
_KEYWORDS, _COROUTINE = 0x08, 0x80  # inspect.CO_VARKEYWORDS and CO_COROUTINE, without the price of importing inspect


class UserCode:
    """Compiled and loaded once in each process."""

    def __init__(self, body, strategy):
        if body.get("language") != "python":
            raise TrialFailed(f"the Python trial host cannot run code in '{body.get('language')}'")
        self.warnings = []
        self._file = body.get("file") or "work.py"
        module = _load(self._file, body["source"])
        self._params = body.get("params") or {}
        self._task = self._find(module, "task", 1)
        self._task_async = self._find(module, "task_async", 1)
        self._setup = self._find(module, "setup", 0)
        self._teardown = self._find(module, "teardown", 0)
        self.has_teardown = self._teardown is not None
        if self._task is None and self._task_async is None:
            raise TrialFailed(f"{self._file} defines neither 'def task(index)' nor 'async def task_async(index)'")
        if _flags(getattr(module, "task", None)) & _COROUTINE:
            raise TrialFailed(f"{self._file}: 'async def task(index)' has to be named task_async; task is a plain function")
        if strategy == "async" and self._task_async is None:
            self.warnings.append(f"{self._file} has no task_async(index): async ran task(index), which blocks the event loop.")
        if strategy != "async" and self._task is None:
            self.warnings.append(f"{self._file} has no task(index): each worker ran task_async(index) on an event loop of its own.")

    def make_task(self):
        """In each worker, once."""
        if self._task is not None:
            self._call_setup()
            return self._task
        loop = _own_loop()
        self._call_setup()
        return lambda index: loop.run_until_complete(self._task_async(index))

    def make_task_async(self):
        """On the thread whose event loop will run the tasks; None where there is no ``task_async``."""
        if self._task_async is not None:
            self._call_setup()
        return self._task_async

    def end_worker(self):
        """In each worker, after its last task; returns a warning or None."""
        try:
            self._call(self._teardown)
        except BaseException as error:
            return f"{_place(self._file, _line_in(self._file, error))}: teardown raised {describe(error)}"
        return None

    def _call_setup(self):
        if self._setup is None:
            return
        try:
            self._call(self._setup)
        except BaseException as error:
            message = f"{_place(self._file, _line_in(self._file, error))}: setup raised {describe(error)}"
            raise TrialFailed(message, format_traceback(error)) from None

    @staticmethod
    def _call(function):
        result = function()
        if hasattr(result, "__await__"):
            import asyncio

            try:
                loop = asyncio.get_event_loop_policy().get_event_loop()
            except RuntimeError:
                loop = _own_loop()
            loop.run_until_complete(result)

    def _find(self, module, name, own):
        """A function of the module, which takes ``own`` arguments and, bound here, those of the cell's parameters that it asks for."""
        function = getattr(module, name, None)
        if function is None:
            return None
        if not callable(function):
            raise TrialFailed(f"{self._file}: {name} is not a function but {type(function).__name__}")
        arguments = self._arguments_of(name, function, own)
        if not arguments:
            return function
        from functools import partial

        return partial(function, **arguments)

    def _arguments_of(self, name, function, own):
        code = getattr(function, "__code__", None)
        if code is None:
            return {}  # something else that can be called
        positional = code.co_varnames[: code.co_argcount]
        only_named = code.co_varnames[code.co_argcount : code.co_argcount + code.co_kwonlyargcount]
        given = {**self._params, "params": self._params}
        if len(positional) > own or only_named:
            optional = set(positional[len(positional) - len(function.__defaults__ or ()) :]) if function.__defaults__ else set()
            optional |= set(function.__kwdefaults__ or {})
            missing = [wanted for wanted in (*positional[own:], *only_named) if wanted not in given and wanted not in optional]
            if missing:
                raise TrialFailed(
                    f"{_place(self._file, code.co_firstlineno)}: {name} takes {', '.join(missing)}, which the experiment does not give; "
                    f"it gives {', '.join(sorted(self._params)) or 'nothing'} (add it to params)"
                )
        if _flags(function) & _KEYWORDS:
            return {**self._params, **{wanted: given[wanted] for wanted in (*positional[own:], *only_named) if wanted in given}}
        return {wanted: given[wanted] for wanted in (*positional[own:], *only_named) if wanted in given}


def _flags(function):
    return getattr(getattr(function, "__code__", None), "co_flags", 0)


def _own_loop():
    """An event loop for the calling worker."""
    import asyncio

    loop = asyncio.new_event_loop()
    asyncio.set_event_loop(loop)
    return loop


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
