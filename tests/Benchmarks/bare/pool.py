"""A bare multiprocessing.Pool over Brigade's own kernel: prints tasks per second. Usage: pool.py LIMIT TASKS WORKERS CHUNK"""
import multiprocessing
import sys
import time

from kernel import primes

limit, tasks, workers, chunk = map(int, sys.argv[1:])
task = primes(limit)


def work(index):
    return task(index)


if __name__ == "__main__":
    with multiprocessing.Pool(workers) as pool:
        for _ in pool.imap_unordered(work, range(tasks // 10), chunksize=chunk):
            pass
        start = time.perf_counter()
        for _ in pool.imap_unordered(work, range(tasks), chunksize=chunk):
            pass
        print(tasks / (time.perf_counter() - start))
