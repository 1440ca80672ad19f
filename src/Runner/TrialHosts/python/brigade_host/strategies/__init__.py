"""The strategies: how the tasks of a trial run at the same time. One module each.

A strategy is a class made with ``(request, workload, output, recorder)``. ``start()`` brings all workers up and returns
``(pid, native thread id)`` of each; ``run(load, logs)`` runs a load on them, worker ``n`` recording into ``logs[n]``, and
returns when every task has ended. ``finish()`` then lets them clean up; they stay alive. ``totals()`` is what the strategy
adds to ``done``, ``watched()`` the threads that have a task, for who looks for deadlocks. See ``_base`` for the rest.
"""

from importlib import import_module

from ..errors import TrialFailed

_STRATEGIES = {
    "sequential": ("sequential", "Sequential"),
    "threads": ("threads", "Threads"),
    "async": ("event_loop", "EventLoop"),
    "pool": ("pool", "ThreadPool"),
    "processes": ("processes", "ProcessPool"),
    "process-per-task": ("process_per_task", "ProcessPerTask"),
}


def create_strategy(request, workload, output, recorder):
    """Import only the module that is asked for: start-up is part of what is measured."""
    name = request["strategy"]
    if name not in _STRATEGIES:
        raise TrialFailed(f"the Python trial host has no strategy '{name}'; it has {', '.join(_STRATEGIES)}")
    module, type_name = _STRATEGIES[name]
    strategy_type = getattr(import_module(f"{__name__}.{module}"), type_name)
    return strategy_type(request, workload, output, recorder)
