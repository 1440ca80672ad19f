"""The user's own code: what it may be, and how it may be wrong."""

import hashlib
import unittest

from trial import ERROR, FAILED, Trial, code

STRATEGIES = ["sequential", "threads", "async", "pool", "processes"]
PROCESSES_BY_SPAWN = {"strategy": "processes", "workers": 2, "startMethod": "spawn"}
PROCESSES_BY_FORKSERVER = {"strategy": "processes", "workers": 2, "startMethod": "forkserver"}

BOTH = "import asyncio\ndef task(index):\n    return index\nasync def task_async(index):\n    await asyncio.sleep(0)\n    return index\n"


def first_digest_bytes(data):
    return int.from_bytes(hashlib.sha256(data).digest()[:8], "big")


class UserCodeTests(unittest.TestCase):
    def test_task_and_task_async_run_under_every_strategy_with_equal_checksums(self):
        requests = [{"strategy": strategy, "workers": 2} for strategy in STRATEGIES]
        for request in [*requests, PROCESSES_BY_SPAWN, PROCESSES_BY_FORKSERVER]:
            with self.subTest(**request), Trial(**request, workload=code(BOTH), load={"tasks": 20}) as trial:
                done = trial.read_to_end()
                self.assertEqual((done["errors"], done["checksum"], done["warnings"]), (0, f"{190:016x}", []))

    def test_results_of_every_type_become_the_documented_number(self):
        cases = {
            "True": 1,
            "-1": (1 << 64) - 1,
            "1 << 70 | 5": 5,
            "None": 0,
            "b'abc'": first_digest_bytes(b"abc"),
            "'ä'": first_digest_bytes("ä".encode()),
            "(1, 'x')": first_digest_bytes(b"(1, 'x')"),
        }
        for expression, expected in cases.items():
            source = f"def task(index):\n    return {expression}\n"
            with self.subTest(expression), Trial(workload=code(source), load={"tasks": 1}) as trial:
                self.assertEqual(trial.read_to_end()["checksum"], f"{expected:016x}")

    def test_async_without_task_async_runs_task_and_warns(self):
        source = "def task(index):\n    return 1\n"
        with Trial(strategy="async", workers=2, workload=code(source)) as trial:
            done = trial.read_to_end()
            self.assertEqual(done["tasks"], 20)
            self.assertIn("which blocks the event loop", done["warnings"][0])

    def test_only_task_async_runs_on_a_loop_of_each_worker_and_warns(self):
        source = "import asyncio\nasync def task_async(index):\n    await asyncio.sleep(0.001)\n    return 1\n"
        for strategy in ["sequential", "threads", "pool", "processes"]:
            with self.subTest(strategy), Trial(strategy=strategy, workers=2, workload=code(source)) as trial:
                done = trial.read_to_end()
                self.assertEqual((done["tasks"], done["errors"], done["checksum"]), (20, 0, f"{20:016x}"))
                self.assertIn("an event loop of its own", done["warnings"][0])

    def test_syntax_error_fails_with_pythons_message_and_line(self):
        for strategy in ["sequential", "processes"]:
            source = "def task(index):\n    return 1\nreturn = 2\n"
            with self.subTest(strategy), Trial(strategy=strategy, workload=code(source, "mine.py")) as trial:
                failed = trial.read_until(FAILED)
                self.assertEqual(failed["message"], "mine.py, line 3: invalid syntax")
                self.assertIn("return = 2", failed["detail"])
                self.assertIn("^", failed["detail"])

    def test_error_while_loading_fails_with_the_line_and_a_traceback_without_the_hosts_frames(self):
        source = "x = 1\nimport a_module_that_is_not_there\ndef task(index): pass\n"
        with Trial(workload=code(source)) as trial:
            failed = trial.read_until(FAILED)
            self.assertEqual(failed["message"], "work.py, line 2: ModuleNotFoundError: No module named 'a_module_that_is_not_there'")
            self.assertIn("import a_module_that_is_not_there", failed["detail"])
            self.assertNotIn("brigade_host", failed["detail"])

    def test_code_that_exits_while_loading_fails(self):
        with Trial(workload=code("import sys\nsys.exit(3)\n")) as trial:
            self.assertEqual(trial.read_until(FAILED)["message"], "work.py, line 2: SystemExit: 3")

    def test_code_without_any_task_fails_and_says_what_is_expected(self):
        with Trial(workload=code("x = 1\n")) as trial:
            self.assertIn("defines neither 'def task(index)'", trial.read_until(FAILED)["message"])

    def test_coroutine_function_named_task_fails_and_says_the_right_name(self):
        with Trial(workload=code("async def task(index): pass\n")) as trial:
            self.assertIn("has to be named task_async", trial.read_until(FAILED)["message"])

    def test_task_that_raises_is_counted_told_five_times_and_the_trial_goes_on(self):
        source = (
            "def task(index):\n    if index % 2:\n        raise ValueError(f'odd {index}')\n    return 1\n"
            "async def task_async(index):\n    return task(index)\n"
        )
        requests = [{"strategy": strategy, "workers": 2} for strategy in STRATEGIES]
        for request in [*requests, PROCESSES_BY_SPAWN]:
            with self.subTest(**request), Trial(**request, workload=code(source), load={"tasks": 40}) as trial:
                done = trial.read_to_end()
                self.assertEqual((done["tasks"], done["errors"], done["checksum"]), (40, 20, f"{20:016x}"))
                self.assertEqual(sum(task.outcome for task in trial.tasks), 20)
                errors = trial.bodies(ERROR)
                self.assertEqual(len(errors), 5)
                for error in errors:
                    self.assertEqual(error["message"], f"ValueError: odd {error['index']}")
                    self.assertIn("raise ValueError(f'odd {index}')", error["traceback"])
                    self.assertNotIn("brigade_host", error["traceback"])

    def test_exits_and_interrupts_raised_by_a_task_are_errors_of_that_task(self):
        for raised in ["SystemExit(0)", "KeyboardInterrupt", "GeneratorExit", "asyncio.CancelledError"]:
            source = f"import asyncio\ndef task(index):\n    raise {raised}\nasync def task_async(index):\n    raise {raised}\n"
            for strategy in STRATEGIES:
                with self.subTest(raised, strategy=strategy), Trial(strategy=strategy, workload=code(source)) as trial:
                    done = trial.read_to_end()
                    self.assertEqual((done["tasks"], done["errors"]), (20, 20))

    def test_errors_that_cannot_be_printed_or_are_huge_stay_within_the_bound(self):
        source = (
            "class Bad(Exception):\n    def __str__(self):\n        raise RuntimeError('no')\n"
            "def task(index):\n"
            "    if index == 0: raise Bad()\n"
            "    if index == 1: raise ValueError('\\x00' * 1_000_000)\n"
            "    if index == 2: raise ValueError('\\ud800')\n"
            "    return task(index)\n"
        )
        with Trial(workload=code(source), load={"tasks": 5}) as trial:
            done = trial.read_to_end()
            self.assertEqual(done["errors"], 5)
            self.assertEqual(len(trial.bodies(ERROR)), 5)
            self.assertLessEqual(max(trial.error_sizes), 8 * 1024)

    def test_printing_much_disturbs_no_record(self):
        source = "import os\ndef task(index):\n    print('x' * 200_000)\n    os.write(1, b'y' * 1000)\n    return 1\n"
        for request in [{"strategy": "sequential"}, {"strategy": "threads", "workers": 2}, PROCESSES_BY_SPAWN, {"strategy": "processes"}]:
            with self.subTest(**request), Trial(**request, workload=code(source), load={"tasks": 50}) as trial:
                self.assertEqual(trial.read_to_end()["checksum"], f"{50:016x}")
                self.assertGreater(len(trial.stderr()), 50_000)

    def test_reading_standard_input_finds_its_end(self):
        source = "import sys, os\ndef task(index):\n    return len(sys.stdin.read()) + len(os.read(0, 1))\n"
        for strategy in ["sequential", "processes"]:
            with self.subTest(strategy), Trial(strategy=strategy, workload=code(source)) as trial:
                done = trial.read_to_end()
                self.assertEqual((done["errors"], done["checksum"]), (0, "0" * 16), trial.bodies(ERROR))

    def test_code_may_use_dataclasses_pickle_and_processes_of_its_own(self):
        source = (
            "import dataclasses, pickle, subprocess, sys\n"
            "@dataclasses.dataclass\nclass Point:\n    x: int\n"
            "def task(index):\n"
            "    subprocess.run([sys.executable, '-I', '-S', '-c', ''], check=True)\n"
            "    return pickle.loads(pickle.dumps(Point(index))).x\n"
        )
        for request in [{"strategy": "threads", "workers": 2}, {"strategy": "processes"}]:
            with self.subTest(**request), Trial(**request, workload=code(source), load={"tasks": 4}) as trial:
                done = trial.read_to_end()
                self.assertEqual((done["errors"], done["checksum"]), (0, f"{6:016x}"), trial.bodies(ERROR))

    def test_sets_give_equal_checksums_in_every_process(self):
        source = "def task(index):\n    return {'a', 'b', 'c', 'd', 'e', str(index)}\n"
        checksums = set()
        for request in [{"strategy": "threads"}, {"strategy": "processes"}, PROCESSES_BY_SPAWN, PROCESSES_BY_FORKSERVER]:
            with Trial(**request, workload=code(source)) as trial:
                checksums.add(trial.read_to_end()["checksum"])
        self.assertEqual(len(checksums), 1)

    def test_modules_of_the_host_do_not_hide_the_users(self):
        source = "def task(index):\n    import recording\n"
        for request in [{"strategy": "sequential"}, {"strategy": "processes"}, PROCESSES_BY_SPAWN, PROCESSES_BY_FORKSERVER]:
            with self.subTest(**request), Trial(**request, workload=code(source)) as trial:
                trial.read_to_end()
                self.assertEqual(trial.bodies(ERROR)[0]["message"], "ModuleNotFoundError: No module named 'recording'")

    def test_code_in_another_language_fails(self):
        workload = {"code": {"language": "csharp", "file": "a.cs", "source": ""}}
        with Trial(workload=workload) as trial:
            self.assertIn("csharp", trial.read_until(FAILED)["message"])


if __name__ == "__main__":
    unittest.main()
