"""A task that is only tried: what it returned is wanted as text, where a trial itself knows numbers only."""

_MOST_CHARACTERS = 4096


class Shown:
    """A workload that keeps the text of what its last task returned. It lives in the process of its worker."""

    def __init__(self, workload):
        self._workload = workload
        self._result = None

    def __getattr__(self, name):
        return getattr(self._workload, name)

    def make_task(self):
        task = self._workload.make_task()
        return lambda index: self._show(task(index))

    def make_task_async(self):
        task_async = self._workload.make_task_async()
        if task_async is None:
            return None

        async def show(index):
            return self._show(await task_async(index))

        return show

    def figures(self, done):
        """What ``done`` tells beside its totals."""
        figures = getattr(self._workload, "figures", None)
        return {**(figures(done) if figures else {}), "result": self._result}

    def _show(self, value):
        text = value if isinstance(value, str) else repr(value)
        self._result = text if len(text) <= _MOST_CHARACTERS else text[:_MOST_CHARACTERS] + "…"
        return value
