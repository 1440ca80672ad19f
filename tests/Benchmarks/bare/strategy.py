"""Each strategy as a plain script would do it, over Brigade's own kernel: prints tasks per second. Usage: strategy.py NAME LIMIT TASKS WORKERS"""
import asyncio
import multiprocessing
import multiprocessing.dummy
import sys
import threading
import time

from kernel import primes

name, limit, tasks, workers = sys.argv[1], *map(int, sys.argv[2:])
task = primes(limit)


def work(index):
    return task(index)


def sequential(count):
    for index in range(count):
        task(index)


def threads(count):
    indexes = iter(range(count))

    def pull():
        for index in indexes:
            task(index)

    running = [threading.Thread(target=pull) for _ in range(workers)]
    for thread in running:
        thread.start()
    for thread in running:
        thread.join()


def event_loop(count):
    indexes = iter(range(count))

    async def pull():
        for index in indexes:
            task(index)

    async def everything():
        await asyncio.gather(*(pull() for _ in range(workers)))

    asyncio.run(everything())


def measure(run):
    run(tasks // 10)
    start = time.perf_counter()
    run(tasks)
    print(tasks / (time.perf_counter() - start))


def drain(pool):
    def run(count):
        for _ in pool.imap_unordered(work, range(count), chunksize=1):
            pass

    return run


if __name__ == "__main__":
    if name == "pool":
        with multiprocessing.dummy.Pool(workers) as pool:
            measure(drain(pool))
    elif name == "processes":
        with multiprocessing.Pool(workers) as pool:
            measure(drain(pool))
    else:
        measure({"sequential": sequential, "threads": threads, "async": event_loop}[name])
