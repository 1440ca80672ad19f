"""``mixed``: computes for a given processor time of its thread, then waits."""

from time import sleep, thread_time_ns


def make_task(params, scratch):
    cpu_ns, wait_seconds = _durations(params)

    def task(index):
        _burn(cpu_ns)
        sleep(wait_seconds)
        return 0

    return task


def make_task_async(params, scratch):
    from asyncio import sleep as sleep_async

    cpu_ns, wait_seconds = _durations(params)

    async def task_async(index):
        _burn(cpu_ns)
        await sleep_async(wait_seconds)
        return 0

    return task_async


def _durations(params):
    return int(params["cpuMilliseconds"] * 1_000_000), params["waitMilliseconds"] / 1000


def _burn(cpu_ns):
    """Run Python code until the thread has used ``cpu_ns`` of processor; waiting for the GIL or a core does not count."""
    until = thread_time_ns() + cpu_ns
    value = 1
    while thread_time_ns() < until:
        for _ in range(50):  # reading the thread's clock is a system call: most of the time is Python's own
            value = (value * 31 + 7) & 0xFFFF
