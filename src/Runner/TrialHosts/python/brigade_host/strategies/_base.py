"""What all strategies have in common."""

from ..faults import Faults


class Strategy:
    """``workers`` is their number, ``faults`` what goes wrong on purpose, ``warnings`` what the user should know afterwards.

    A strategy has ``_end_workers``, which calls ``end_worker`` of the workload in each worker and notes its warnings.
    """

    def __init__(self, request, workload, recorder):
        self.workers = request["workers"]
        self.faults = Faults(request, before_crash=recorder.flush)
        self.warnings = []
        self._workload = workload

    def watched(self):
        """The workers that have a task, or may have one, as ``(worker, pid, thread id)``; called from another thread."""
        return []

    def own_threads(self, pid):
        """The native ids of threads of a process that are the host's and no worker's."""
        return set()

    def finish(self):
        """The last measured task has ended: lets each worker clean up, if the workload asks for it."""
        if getattr(self._workload, "has_teardown", False):
            self._end_workers()

    def totals(self):
        """What the strategy itself adds to ``done``."""
        return {}

    def _note(self, warning):
        if warning and warning not in self.warnings:
            self.warnings.append(warning)
