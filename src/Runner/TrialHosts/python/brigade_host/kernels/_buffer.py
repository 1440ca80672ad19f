"""The bytes that ``cpu.sha256`` hashes and ``io.file`` writes."""

from functools import lru_cache


@lru_cache(maxsize=1)
def patterned_buffer(size):
    """``size`` bytes with ``buffer[i] = i mod 251``; the workers of a process share it."""
    repeats, rest = divmod(size, 251)
    pattern = bytes(range(251))
    return pattern * repeats + pattern[:rest]
