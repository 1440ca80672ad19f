"""A trivial task through multiprocessing.Pool.map with chunk size 1: prints tasks per second. Usage: dispatch.py TASKS WORKERS"""
import multiprocessing
import sys
import time


def work(index):
    return 0


if __name__ == "__main__":
    tasks, workers = map(int, sys.argv[1:])
    with multiprocessing.Pool(workers) as pool:
        pool.map(work, range(tasks // 10), chunksize=1)
        start = time.perf_counter()
        pool.map(work, range(tasks), chunksize=1)
        print(tasks / (time.perf_counter() - start))
