"""A smoke test of every interpreter that is found, or that BRIGADE_TEST_PYTHONS lists."""

import multiprocessing
import subprocess
import unittest

from trial import ERROR, FAILED, HELLO, WORKER, Trial, code, interpreters, kernel

SOURCE = """
import asyncio, time
def task(index):
    time.sleep(0.001)
    if index == 3: raise ValueError("three")
    return index
async def task_async(index):
    await asyncio.sleep(0.001)
    return task(index)
"""


class InterpreterTests(unittest.TestCase):
    def test_every_strategy_runs_code_and_kernels_on_every_interpreter(self):
        for python in interpreters():
            for strategy in ["sequential", "threads", "async", "pool", "processes", "process-per-task"]:
                request = {"strategy": strategy, "workers": 2, "workload": code(SOURCE), "load": {"tasks": 20}}
                with self.subTest(python, strategy=strategy), Trial(python, **request) as trial:
                    done = trial.read_to_end()
                    self.assertEqual((done["tasks"], done["errors"], done["checksum"]), (20, 1, f"{190 - 3:016x}"))
                    self.assertEqual(trial.bodies(ERROR)[0]["message"], "ValueError: three")
                    self.assertEqual(trial.stderr(), "")

    def test_other_start_methods_run_on_every_interpreter(self):
        for python in interpreters():
            for method in sorted({"spawn", "forkserver"} & set(multiprocessing.get_all_start_methods())):
                request = {"strategy": "processes", "workers": 2, "startMethod": method, "load": {"durationMs": 50}}
                workload = kernel("cpu.primes", limit=500)
                with self.subTest(python, method=method), Trial(python, workload=workload, **request) as trial:
                    self.assertGreater(trial.read_to_end()["tasks"], 0)
                    trial.close_input()
                    self.assertEqual((trial.process.wait(), trial.stderr()), (0, ""))

    def test_isolated_mode_runs_every_strategy_too(self):
        for strategy in ["sequential", "threads", "async", "pool", "processes"]:
            for method in [None, "spawn", "forkserver"] if strategy == "processes" else [None]:
                request = {"strategy": strategy, "startMethod": method, "workload": code("def task(index): return 2")}
                with self.subTest(strategy, method=method), Trial(options=("-I",), **request) as trial:
                    self.assertEqual(trial.read_to_end()["checksum"], f"{40:016x}")

    def test_hello_tells_the_version_of_the_interpreter(self):
        for python in interpreters():
            with self.subTest(python), Trial(python) as trial:
                hello = trial.read_until(HELLO)
                probe = "import sys; print('%d.%d.%d' % sys.version_info[:3])"
                version = subprocess.run([python, "-I", "-S", "-c", probe], capture_output=True, text=True).stdout.strip()
                self.assertEqual((hello["runtime"], hello["version"], hello["protocol"]), ("python", version, 1))
                self.assertIsInstance(hello["gil"], bool)

    def test_lost_worker_is_replaced_on_every_interpreter_and_channel(self):
        for python in interpreters():
            for channel in ["pipe", "queue", "manager", "shared-memory"]:
                request = {"strategy": "processes", "workers": 2, "channel": channel, "faults": [{"kind": "crash", "worker": 1, "atTask": 3}]}
                with self.subTest(python, channel=channel), Trial(python, **request, load={"tasks": 40}, workload=kernel("io.sleep", milliseconds=3)) as trial:
                    done = trial.read_to_end()
                    self.assertEqual((done["tasks"], done["lost"], len(trial.bodies(WORKER))), (39, 1, 1))

    def test_deadlock_is_found_on_every_interpreter(self):
        source = "import threading\nlock = threading.Lock()\ndef task(index):\n    lock.acquire()\n"
        for python in interpreters():
            with self.subTest(python), Trial(python, strategy="threads", workers=2, workload=code(source)) as trial:
                self.assertRegex(trial.read_until(FAILED)["message"], "^deadlock: ")

    def test_sequential_imports_nothing_that_only_other_strategies_need(self):
        source = (
            "import sys\ndef task(index):\n"
            "    raise RuntimeError(' '.join({'asyncio', 'multiprocessing', 'hashlib', 'http', 'traceback', 'typing'} & set(sys.modules)))\n"
        )
        for python in interpreters():
            options = ("-S",)  # what site imports is not the host's
            with self.subTest(python), Trial(python, options=options, workload=code(source), warmup={"tasks": 0}) as trial:
                trial.read_to_end()
                self.assertEqual(trial.bodies(ERROR)[0]["message"], "RuntimeError")


if __name__ == "__main__":
    unittest.main()
