"""What one task does: a built-in kernel, or the user's own code."""

from .errors import TrialFailed, describe
from .kernels import load_kernel


def load_workload(request):
    """The workload of a trial request; ``TrialFailed`` says what is wrong with it."""
    body = request["workload"]
    if body.get("kernel") is not None:
        return KernelWorkload(body["kernel"], body.get("params") or {}, request["scratch"])
    if body.get("code") is not None:
        from .user_code import UserCode

        return UserCode(body["code"], request["strategy"])
    raise TrialFailed("the workload has neither a kernel nor code")


class KernelWorkload:
    """``make_task`` and ``make_task_async`` are called in each worker, once, and give the worker its own task."""

    def __init__(self, name, params, scratch):
        self.warnings = []
        self._name = name
        self._kernel = load_kernel(name)
        self._arguments = (params, scratch)

    def make_task(self):
        return self._make(self._kernel.make_task)

    def make_task_async(self):
        """A coroutine function; None where the kernel never waits."""
        factory = getattr(self._kernel, "make_task_async", None)
        return self._make(factory) if factory else None

    def _make(self, factory):
        try:
            return factory(*self._arguments)
        except KeyError as missing:
            raise TrialFailed(f"{self._name} needs the parameter {missing}") from None
        except ValueError as error:
            raise TrialFailed(f"{self._name}: {error}") from None
        except Exception as error:
            raise TrialFailed(f"{self._name}: {describe(error)}") from error
