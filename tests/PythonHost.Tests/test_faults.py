"""Faults on purpose, in every strategy."""

import unittest

from trial import DONE, ERROR, FAILED, MEASURING, TASKS, WORKER, Trial, kernel

IN_ONE_PROCESS = ["sequential", "threads", "async", "pool"]
STRATEGIES = [*IN_ONE_PROCESS, "processes", "process-per-task"]
SLEEP = kernel("io.sleep", milliseconds=5)


def request(strategy, kind, at_task=5, **more):
    worker = 0 if strategy == "sequential" else 1
    faults = [{"kind": kind, "worker": worker, "atTask": at_task}]
    return {"strategy": strategy, "workers": worker + 1, "faults": faults, "workload": SLEEP, "load": {"tasks": 40}, **more}


class FaultTests(unittest.TestCase):
    def test_exception_is_an_error_of_that_task(self):
        for strategy in STRATEGIES:
            with self.subTest(strategy), Trial(**request(strategy, "exception")) as trial:
                done = trial.read_to_end()
                self.assertEqual((done["tasks"], done["errors"], done["lost"], done["warnings"]), (40, 1, 0, []))
                worker = 0 if strategy == "sequential" else 1
                (failed,) = [task for task in trial.tasks if task.outcome]
                before = [task for task in trial.tasks if task.worker == worker and task.start < failed.start]
                self.assertEqual((failed.worker, len(before)), (worker, 4))
                self.assertIn(f"fault exception at task 5 of worker {worker}", trial.bodies(ERROR)[0]["message"])

    def test_crash_takes_the_whole_host_where_workers_share_a_process_and_what_was_measured_is_kept(self):
        for strategy in IN_ONE_PROCESS:
            with self.subTest(strategy), Trial(**request(strategy, "crash")) as trial:
                with self.assertRaises(AssertionError):
                    trial.read_until(DONE, FAILED)
                self.assertEqual(trial.process.wait(), -9)
                self.assertGreaterEqual(len(trial.tasks), 4)
                self.assertIn("the experiment's fault crash at task 5 of worker", trial.stderr())

    def test_crash_of_a_process_stays_inside(self):
        for strategy in ["processes", "process-per-task"]:
            with self.subTest(strategy), Trial(**request(strategy, "crash")) as trial:
                done = trial.read_to_end()
                self.assertEqual((done["tasks"], done["lost"], done["errors"]), (39, 1, 0))
                self.assertEqual([worker["worker"] for worker in trial.bodies(WORKER)], [1])

    def test_hang_keeps_one_worker_and_lets_the_others_go_on(self):
        for strategy in STRATEGIES:
            with self.subTest(strategy), Trial(**request(strategy, "hang", load={"durationMs": 600_000})) as trial:
                trial.read_until(MEASURING)
                others = [0] if strategy != "sequential" else []
                seen = 0
                while seen < 30 * len(others):
                    trial.read_until(TASKS)
                    seen = sum(task.worker == 0 for task in trial.tasks)
                self.assertLessEqual(sum(task.worker not in others for task in trial.tasks), 4)

    def test_fault_that_no_task_comes_to_is_told(self):
        for strategy in STRATEGIES:
            with self.subTest(strategy), Trial(**request(strategy, "crash", at_task=1000)) as trial:
                self.assertRegex(trial.read_to_end()["warnings"][0], r"the fault crash at task 1000 of worker [01] did not happen: the worker took \d+ measured tasks")

    def test_warm_up_has_no_faults_and_does_not_count(self):
        for strategy in STRATEGIES:
            with self.subTest(strategy), Trial(**request(strategy, "exception", at_task=3, warmup={"tasks": 20})) as trial:
                self.assertEqual(trial.read_to_end()["errors"], 1)

    def test_second_fault_of_a_worker_counts_on_after_it_was_replaced(self):
        faults = [{"kind": kind, "worker": 0, "atTask": at} for kind, at in [("crash", 3), ("exception", 6), ("crash", 9)]]
        with Trial(strategy="processes", workers=1, faults=faults, workload=SLEEP, load={"tasks": 20}) as trial:
            done = trial.read_to_end()
            self.assertEqual((done["tasks"], done["errors"], done["lost"], done["warnings"]), (18, 1, 2, []))
            self.assertEqual([task.outcome for task in trial.tasks].index(1), 4)


if __name__ == "__main__":
    unittest.main()
