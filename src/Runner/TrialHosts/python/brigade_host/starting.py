"""Starting processes by multiprocessing: what the host does before, and what each process does first."""

import multiprocessing
import os
import signal
import sys
import threading

from .errors import TrialFailed
from .measuring import mark_as_worker
from .workload import load_workload

_inherited_workload = None
"""Set before processes start; a forked one finds it here, any other start method finds None and loads it again."""


def process_context(request):
    """multiprocessing's context for the request's start method."""
    method = request.get("startMethod")
    try:
        context = multiprocessing.get_context(method)
    except ValueError:
        raise TrialFailed(f"this interpreter cannot start processes by '{method}'") from None
    # When the input ends the resource tracker cleans up after workers that were killed: that is no news for the log.
    sys.warnoptions.append("ignore:resource_tracker:UserWarning")
    return context


class Origin:
    """What a process needs to be a worker; handed to it as it starts."""

    def __init__(self, request, workload, output, context):
        global _inherited_workload
        _inherited_workload = workload
        is_forked = context.get_start_method() == "fork"
        self.request = request
        self._fixture = getattr(workload, "fixture", None)
        self._inherited_descriptors = [output.descriptor] if is_forked else []

    def settle(self):
        """To be called first in the process; returns the number of the host's own thread there."""
        mark_as_worker()
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        for descriptor in self._inherited_descriptors:
            os.close(descriptor)
        return end_with_parent()

    def load_workload(self):
        if _inherited_workload is not None:
            return _inherited_workload
        workload = load_workload(self.request)
        if self._fixture is not None:
            workload.receive_fixture(self._fixture)
        return workload


def end_with_parent():
    """From now on this process ends with the one that started it; returns the number of the thread that sees to it."""
    thread = threading.Thread(target=_wait_for_parent, name="parent", daemon=True)
    thread.start()
    return thread.native_id


def describe_exit(code):
    """How a process ended, to be put behind its name."""
    if code is None:
        return "ended"
    if code >= 0:
        return f"ended with exit code {code}"
    try:
        name = signal.Signals(-code).name
    except ValueError:
        name = "unknown signal"
    return f"was ended by signal {-code} ({name})"


def _wait_for_parent():
    multiprocessing.parent_process().join()
    os._exit(1)
