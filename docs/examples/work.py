"""Your own work: change it, and run it by every strategy."""

import asyncio
import time


def task(index):
    """One task, for every strategy but async: wait for an answer, then work on it."""
    time.sleep(0.01)
    return digest(index)


async def task_async(index):
    """The same task for the strategy async: other tasks run while this one awaits."""
    await asyncio.sleep(0.01)
    return digest(index)


def digest(index):
    value = index
    for _ in range(10_000):
        value = (value * 31 + 7) % 1_000_003
    return value
