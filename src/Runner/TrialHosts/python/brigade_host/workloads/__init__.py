"""The workloads that are no kernels: one module each for ``http``, ``sql`` and ``command``.

A module has ``make_task(body, scratch)``, called once in each worker, with the workload's part of the request; it returns
the worker's own ``task(index)``. ``make_task_async(body, scratch)`` returns a coroutine function; it may be missing or return None
where the workload has nothing to await. ``warnings(body, strategy)``, where it exists, gives what the user has to know.
Wrong input raises ``ValueError`` with a message for the user.
"""

from importlib import import_module

from ..errors import TrialFailed, describe

KINDS = ("http", "sql", "command")


class Workload:
    """``make_task`` and ``make_task_async`` are called in each worker, once, and give the worker its own task."""

    def __init__(self, kind, request):
        self._kind = kind
        self._module = import_module(f"{__name__}.{kind}")
        self._arguments = (request["workload"][kind], request["scratch"])
        warnings = getattr(self._module, "warnings", None)
        self.warnings = warnings(self._arguments[0], request["strategy"]) if warnings else []

    def make_task(self):
        return self._make(self._module.make_task)

    def make_task_async(self):
        factory = getattr(self._module, "make_task_async", None)
        return self._make(factory) if factory else None

    def _make(self, factory):
        try:
            return factory(*self._arguments)
        except KeyError as missing:
            raise TrialFailed(f"{self._kind} needs the field {missing}") from None
        except ValueError as error:
            raise TrialFailed(str(error)) from None
        except Exception as error:
            raise TrialFailed(f"{self._kind}: {describe(error)}") from error


def fill(text, index):
    """The text with the task's number in its places."""
    return text.replace("{index}", str(index)) if "{index}" in text else text
