"""What the kernels about sharing have in common: which kind of memory and lock the workers can share, and the account at the end."""

import sys
import threading


def are_processes(request):
    """Whether the workers are processes, which share no memory by themselves."""
    return request["strategy"] in ("processes", "process-per-task")


def context_of(request):
    """multiprocessing, by the start method of the workers."""
    import multiprocessing

    # The resource tracker cleans up after workers that are killed when the input ends: that is no news for the log.
    sys.warnoptions.append("ignore:resource_tracker:UserWarning")
    return multiprocessing.get_context(request.get("startMethod") if are_processes(request) else None)


def make_lock(request):
    return context_of(request).Lock() if are_processes(request) else threading.Lock()


def choose(params, name, choices):
    """A text parameter; ``ValueError`` where it is not one of the choices."""
    if params[name] not in choices:
        raise ValueError(f"{name} is '{params[name]}'; it has to be one of {', '.join(choices)}")
    return params[name]


def start_manager(request, shared_type):
    """A server process that owns objects of one type; ``manager.create()`` gives a proxy of a new one."""
    from ._manager import Manager, end_with_parent

    Manager.register("create", shared_type)
    manager = Manager(ctx=context_of(request))
    manager.start(initializer=end_with_parent)
    return manager


def account(expected, counted, what):
    """The figures and warnings of a kernel whose workers should have counted up to ``expected`` together."""
    lost = max(0, expected - counted)
    figures = {"expected": expected, "counted": counted, "lostUpdates": lost}
    if not lost:
        return figures, []
    return figures, [
        f"The result is wrong: {lost:,} of {expected:,} {what} were lost. Two workers read the same value and each wrote its own "
        "successor of it; a lock, an atomic operation or a copy for each worker prevents that."
    ]
