"""A bare loop over Brigade's own kernel: prints tasks per second. Usage: loop.py LIMIT TASKS"""
import sys
import time

from kernel import primes


def measure(limit, tasks):
    task = primes(limit)
    for index in range(tasks // 10):
        task(index)
    start = time.perf_counter()
    for index in range(tasks):
        task(index)
    return tasks / (time.perf_counter() - start)


print(measure(int(sys.argv[1]), int(sys.argv[2])))
