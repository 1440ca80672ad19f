"""A process for each task."""

import os
import unittest

from trial import ERROR, FAILED, MEASURING, WORKER, Trial, code, kernel, looks_at_times

START_METHODS = ["fork", "spawn", "forkserver"]


class ProcessPerTaskTests(unittest.TestCase):
    def test_each_task_has_a_process_of_its_own(self):
        source = "import os\ndef task(index):\n    print(os.getpid())\n"
        for method in START_METHODS:
            request = {"strategy": "process-per-task", "workers": 2, "startMethod": method, "warmup": {"tasks": 0}, "load": {"tasks": 8}}
            with self.subTest(method), Trial(**request, workload=code(source)) as trial:
                trial.read_to_end()
                self.assertEqual(len(set(trial.stderr().split()) - {str(trial.process.pid)}), 8)

    def test_starting_is_in_the_latency(self):
        request = {"strategy": "process-per-task", "startMethod": "spawn", "workload": kernel("noop"), "load": {"tasks": 5}}
        with Trial(**request) as trial:
            trial.read_to_end()
            self.assertGreater(min(task.end - task.start for task in trial.tasks), 10_000_000)

    @looks_at_times
    def test_as_many_run_at_a_time_as_there_are_workers(self):
        request = {"strategy": "process-per-task", "workers": 4, "workload": kernel("io.sleep", milliseconds=300), "load": {"tasks": 4}}
        with Trial(**request) as trial:
            trial.read_to_end()
            self.assertLess(max(task.start for task in trial.tasks), min(task.end for task in trial.tasks))

    def test_ten_thousand_tasks_leave_no_zombie_and_no_descriptor(self):
        request = {"strategy": "process-per-task", "workers": 4, "workload": kernel("noop"), "load": {"tasks": 10_000}, "patience": 400}
        with Trial(**request) as trial:
            trial.read_until(MEASURING)
            before = len(os.listdir(f"/proc/{trial.process.pid}/fd"))
            self.assertEqual(trial.read_to_end()["tasks"], 10_000)
            after = len(os.listdir(f"/proc/{trial.process.pid}/fd"))
            self.assertLessEqual(after, before + 4)
            with open(f"/proc/{trial.process.pid}/task/{trial.process.pid}/children") as file:
                self.assertEqual(file.read().split(), [])
            self.assertEqual(len([name for name in os.listdir(trial.scratch) if name.startswith(".stacks")]), 0)

    def test_process_that_ends_within_its_task_loses_that_task_only(self):
        source = "import os\ndef task(index):\n    if index == 5: os._exit(4)\n    return 1\n"
        for method in START_METHODS:
            request = {"strategy": "process-per-task", "workers": 2, "startMethod": method, "workload": code(source), "load": {"tasks": 12}}
            with self.subTest(method), Trial(**request) as trial:
                done = trial.read_to_end()
                self.assertEqual((done["tasks"], done["lost"], done["checksum"]), (11, 1, f"{11:016x}"))
                self.assertEqual([(worker["lost"], worker["reason"]) for worker in trial.bodies(WORKER)[-1:]], [(1, "ended with exit code 4")])

    def test_large_results_and_errors_come_back(self):
        source = "def task(index):\n    raise ValueError('x' * 500_000)\n"
        request = {"strategy": "process-per-task", "workers": 2, "payloadBytes": 300_000, "workload": code(source), "load": {"tasks": 10}}
        with Trial(**request) as trial:
            done = trial.read_to_end()
            self.assertEqual((done["tasks"], done["errors"], len(trial.bodies(ERROR))), (10, 10, 5))

    def test_task_that_leaves_a_process_behind_does_not_hold_its_place(self):
        source = "import os, time\ndef task(index):\n    if os.fork() == 0:\n        time.sleep(60)\n        os._exit(0)\n    return 1\n"
        with Trial(strategy="process-per-task", workers=1, workload=code(source), load={"tasks": 3}, warmup={"tasks": 0}) as trial:
            self.assertEqual(trial.read_to_end()["tasks"], 3)

    def test_code_that_cannot_be_set_up_fails_the_trial(self):
        with Trial(strategy="process-per-task", workload=code("def setup():\n    1 / 0\ndef task(index): pass\n")) as trial:
            self.assertEqual(trial.read_until(FAILED)["message"], "work.py, line 2: setup raised ZeroDivisionError: division by zero")


if __name__ == "__main__":
    unittest.main()
