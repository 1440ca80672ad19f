"""``cpu.primes``: finds the primes below a limit by trial division."""

from math import isqrt

MASK = 0xFFFF_FFFF_FFFF_FFFF
COUNT_FACTOR = 0x9E37_79B9_7F4A_7C15


def make_task(params, scratch):
    limit = int(params["limit"])

    def task(index):
        count, total = (1, 2) if limit > 2 else (0, 0)
        for candidate in range(3, limit, 2):
            for divisor in range(3, isqrt(candidate) + 1, 2):
                if candidate % divisor == 0:
                    break
            else:
                count += 1
                total += candidate
        return (count * COUNT_FACTOR + total) & MASK

    return task
