"""Deadlocks are found and told with the stacks; what only waits or computes is none."""

import unittest

from trial import FAILED, Trial, code, kernel

TWO_LOCKS = """
import multiprocessing, threading, time
locks = [threading.Lock(), threading.Lock()]
shared_locks = [multiprocessing.Lock(), multiprocessing.Lock()]
def task(index):
    first, second = locks if multiprocessing.parent_process() is None else shared_locks
    if index % 2:
        first, second = second, first
    with first:
        time.sleep(0.3)
        take(second)
def take(lock):
    with lock:
        pass
"""
COROUTINES = """
import asyncio
async def task_async(index):
    global locks
    if 'locks' not in globals(): locks = [asyncio.Lock(), asyncio.Lock()]
    async with locks[index % 2]:
        await asyncio.sleep(0.2)
        async with locks[1 - index % 2]:
            pass
"""


class DeadlockTests(unittest.TestCase):
    def test_two_locks_in_opposite_order_fail_with_the_stacks_of_the_workers(self):
        for strategy in ["threads", "pool", "processes", "process-per-task"]:
            for channel in ["pipe", "queue", "manager", "shared-memory"] if strategy == "processes" else [None]:
                request = {"strategy": strategy, "workers": 2, "channel": channel, "warmup": {"tasks": 0}}
                with self.subTest(strategy, channel=channel), Trial(**request, workload=code(TWO_LOCKS)) as trial:
                    failed = trial.read_until(FAILED)
                    self.assertRegex(failed["message"], r"^deadlock: no task has started or ended for 2 s, and all 2 workers are blocked on locks")
                    for worker in [0, 1]:
                        self.assertIn(f"worker {worker} (process ", failed["detail"])
                    self.assertEqual(failed["detail"].count(" in take"), 2, failed["detail"])
                    self.assertNotIn("brigade_host", failed["detail"])
                    self.assertNotEqual(trial.process.wait(), 0)

    def test_one_worker_that_takes_a_lock_twice_is_a_deadlock(self):
        source = "import threading\nlock = threading.Lock()\ndef task(index):\n    lock.acquire()\nasync def task_async(index):\n    lock.acquire()\n"
        for strategy in ["sequential", "async"]:
            with self.subTest(strategy), Trial(strategy=strategy, workload=code(source)) as trial:
                self.assertIn("the only worker with a task is blocked on a lock", trial.read_until(FAILED)["message"])

    def test_coroutines_that_wait_for_each_other_are_a_deadlock(self):
        with Trial(strategy="async", workers=2, workload=code(COROUTINES), warmup={"tasks": 0}) as trial:
            failed = trial.read_until(FAILED)
            self.assertIn("every coroutine waits for another one", failed["message"])
            self.assertEqual(failed["detail"].count(" in task_async"), 2)

    def test_what_was_measured_is_kept(self):
        source = "import threading\nlock = threading.Lock()\ndef task(index):\n    if index == 10: lock.acquire(); lock.acquire()\n"
        with Trial(workload=code(source), warmup={"tasks": 0}) as trial:
            trial.read_until(FAILED)
            self.assertEqual(len(trial.tasks), 10)


class NoDeadlockTests(unittest.TestCase):
    """All of these take longer than a deadlock needs to be found."""

    def assert_completes(self, workload, strategies, tasks=2):
        for strategy in strategies:
            with self.subTest(strategy), Trial(strategy=strategy, workers=2, workload=workload, load={"tasks": tasks}, warmup={"tasks": 0}) as trial:
                self.assertEqual(trial.read_to_end()["errors"], 0)

    def test_sleeping_is_none(self):
        self.assert_completes(kernel("io.sleep", milliseconds=4000), ["threads", "async", "pool", "processes", "process-per-task"])

    def test_computing_is_none(self):
        source = "import time\ndef task(index):\n    end = time.monotonic() + 4\n    while time.monotonic() < end: pass\n"
        self.assert_completes(code(source), ["threads", "async", "processes"])

    def test_waiting_for_a_lock_with_a_time_out_is_none(self):
        source = "import threading\nlock = threading.Lock()\nlock.acquire()\ndef task(index):\n    lock.acquire(timeout=4)\n"
        self.assert_completes(code(source), ["threads", "processes"])

    def test_waiting_for_a_thread_that_sleeps_or_computes_is_none(self):
        source = (
            "import concurrent.futures, time\n"
            "def task(index):\n"
            "    with concurrent.futures.ThreadPoolExecutor(1) as executor:\n"
            "        executor.submit(time.sleep, 4).result()\n"
            "async def task_async(index):\n"
            "    import asyncio\n"
            "    await asyncio.get_running_loop().run_in_executor(None, time.sleep, 4)\n"
        )
        self.assert_completes(code(source), ["threads", "async", "processes"])

    def test_waiting_for_a_program_is_none(self):
        source = "import subprocess, threading\ndef task(index):\n    subprocess.run(['sleep', '4'])\n"
        self.assert_completes(code(source), ["threads", "processes"])


if __name__ == "__main__":
    unittest.main()
