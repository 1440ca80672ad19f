"""``memory.random``: follows a chain through a table, each step to a place that only the step before knows: the memory's latency.

The interpreter's own work is part of each step, so a table that fits the cache tells how much that is.
"""

from array import array
from functools import lru_cache

MASK = 0xFFFF_FFFF_FFFF_FFFF


def make_task(params, scratch):
    table = _table(int(params["mebibytes"]))
    steps = int(params["steps"])

    def task(index):
        place = (index * 0x9E37_79B9_7F4A_7C15 & MASK) % len(table)
        for _ in range(steps):
            place = table[place]
        return place

    return task


@lru_cache(maxsize=1)
def _table(mebibytes):
    """One cycle through all entries, which the workers of a process share: the linear congruential generator whose period is its
    whole range, by the theorem of Hull and Dobell (1962): the addend has no divisor in common with the range, and the
    multiplier less 1 has all its prime divisors, and 4."""
    entries = mebibytes * 131_072
    multiplier = 4 * mebibytes * 23_063 + 1
    return array("q", map(entries.__rmod__, range(104_729, 104_729 + multiplier * entries, multiplier)))
