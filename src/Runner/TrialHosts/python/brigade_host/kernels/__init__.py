"""The built-in kernels, one per module: the kernel ``cpu.primes`` is the module ``cpu_primes``, ``io.unix-socket`` is ``io_unix_socket``.

A kernel module has ``make_task(params, scratch)``. It is called once for each worker, in that worker, and returns the
worker's own ``task(index)``, which runs one task and gives its unsigned 64-bit result. What a worker keeps between
tasks (a buffer, a connection) lives in that closure. A kernel that waits also has ``make_task_async(params, scratch)``,
which returns a coroutine function; one that does not blocks the event loop, as it would in any asyncio program.
Wrong parameters raise ``ValueError`` with a message for the user.

A kernel whose workers share something, or talk to something, also has ``make_fixture(params, scratch, request)``. It is
called once, in the host, before the workers start; what it returns is the third argument of ``make_task`` and
``make_task_async``, inherited by or pickled to worker processes as they start. A fixture may have ``begin()``, called in the
host between warm-up and measured part, and ``figures(done)``, called after the last measured task with the totals that
``done`` reports and ``elapsedNs``, the length of the measured part: it returns a dictionary of figures (camelCase, the unit at the end) and a list of warnings.
"""

import os
from importlib import import_module

from ..errors import TrialFailed


def load_kernel(name):
    """The module of the kernel ``name``; ``TrialFailed`` if there is none."""
    modules = _modules_by_kernel()
    if name not in modules:
        raise TrialFailed(f"the Python trial host has no kernel '{name}'; it has {', '.join(sorted(modules))}")
    return import_module(f"{__name__}.{modules[name]}")


def _modules_by_kernel():
    files = os.listdir(os.path.dirname(__file__))
    modules = [file[:-3] for file in files if file.endswith(".py") and not file.startswith("_")]
    return {module.replace("_", ".", 1).replace("_", "-"): module for module in modules}
