"""What one task does: a built-in kernel, or the user's own code."""

from . import network
from .errors import TrialFailed, describe
from .kernels import load_kernel


def load_workload(request):
    """The workload of a trial request; ``TrialFailed`` says what is wrong with it."""
    network.set_up(request.get("network"))
    workload = _load(request)
    if request.get("try"):
        from .shown import Shown

        return Shown(workload)
    return workload


def _load(request):
    body = request["workload"]
    if body.get("kernel") is not None:
        return KernelWorkload(body["kernel"], body.get("params") or {}, request["scratch"])
    if body.get("code") is not None:
        from .user_code import UserCode

        return UserCode(body["code"], request["strategy"])
    from .workloads import KINDS, Workload

    for kind in KINDS:
        if body.get(kind) is not None:
            return Workload(kind, request)
    raise TrialFailed(f"the workload has none of kernel, code, {', '.join(KINDS)}")


class KernelWorkload:
    """``make_task`` and ``make_task_async`` are called in each worker, once, and give the worker its own task."""

    def __init__(self, name, params, scratch):
        self.warnings = []
        self._name = name
        self._kernel = load_kernel(name)
        self._arguments = (params, scratch)
        self.fixture = None

    def prepare(self, request):
        """Make the kernel's fixture, if it has one: in the host, once, before the workers start."""
        if hasattr(self._kernel, "make_fixture"):
            self.receive_fixture(self._make(self._kernel.make_fixture, request))

    def receive_fixture(self, fixture):
        """In a worker process that did not inherit it."""
        self.fixture = fixture

    def begin(self):
        """The warm-up is over and no task runs."""
        if hasattr(self.fixture, "begin"):
            self.fixture.begin()

    def figures(self, done):
        """The kernel's own figures of the measured part, of which ``done`` is what the host reports; may add to ``warnings``."""
        if not hasattr(self.fixture, "figures"):
            return {}
        figures, warnings = self.fixture.figures(done)
        self.warnings += warnings
        return {"figures": figures}

    def make_task(self):
        return self._make(self._kernel.make_task, *self._shared())

    def make_task_async(self):
        """A coroutine function; None where the kernel never waits."""
        factory = getattr(self._kernel, "make_task_async", None)
        return self._make(factory, *self._shared()) if factory else None

    def _shared(self):
        return (self.fixture,) if hasattr(self._kernel, "make_fixture") else ()

    def _make(self, factory, *more):
        try:
            return factory(*self._arguments, *more)
        except KeyError as missing:
            raise TrialFailed(f"{self._name} needs the parameter {missing}") from None
        except ValueError as error:
            raise TrialFailed(f"{self._name}: {error}") from None
        except Exception as error:
            raise TrialFailed(f"{self._name}: {describe(error)}") from error
