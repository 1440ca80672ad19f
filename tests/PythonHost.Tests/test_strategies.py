"""Every strategy with every kind of load, on the interpreter that runs the tests."""

import unittest

from trial import DONE, HELLO, MEASURING, READY, TASKS, Trial, code, kernel, looks_at_times

STRATEGIES = ["sequential", "threads", "async", "pool", "processes"]
START_METHODS = ["fork", "spawn", "forkserver"]


def variants():
    for strategy in STRATEGIES:
        workers = 1 if strategy == "sequential" else 3
        yield strategy, {"strategy": strategy, "workers": workers}
    for method in START_METHODS:
        yield f"processes by {method}", {"strategy": "processes", "workers": 2, "startMethod": method, "chunkSize": 4}
    for channel in ["queue", "manager", "shared-memory"]:
        yield f"processes by {channel}", {"strategy": "processes", "workers": 3, "channel": channel}
    for method in START_METHODS:
        yield f"process-per-task by {method}", {"strategy": "process-per-task", "workers": 3, "startMethod": method}
    yield "pool in chunks", {"strategy": "pool", "workers": 2, "chunkSize": 7}


class StrategyTests(unittest.TestCase):
    def test_count_of_tasks_runs_exactly_that_many_in_the_order_of_the_protocol(self):
        for name, request in variants():
            with self.subTest(name), Trial(**request, load={"tasks": 50}) as trial:
                done = trial.read_to_end()
                kinds = [kind for kind, _ in trial.records if kind != TASKS]
                self.assertEqual(kinds, [HELLO, READY, MEASURING, DONE])
                self.assertEqual((done["tasks"], done["errors"], done["lost"], len(trial.tasks)), (50, 0, 0, 50))
                self.assertEqual(done["warnings"], [])

    def test_duration_starts_no_task_after_it_and_counts_those_that_run(self):
        for name, request in variants():
            workload = kernel("io.sleep", milliseconds=5)
            with self.subTest(name), Trial(**request, workload=workload, load={"durationMs": 200}, warmup={"durationMs": 30}) as trial:
                done = trial.read_to_end()
                measuring = trial.bodies(MEASURING)[0]["at"]
                self.assertEqual(done["tasks"], len(trial.tasks))
                self.assertGreater(done["tasks"], 0)
                self.assertGreaterEqual(min(task.start for task in trial.tasks), measuring)
                self.assertLess(max(task.start for task in trial.tasks), measuring + 200_000_000)

    def test_records_hold_worker_times_and_outcome(self):
        for name, request in variants():
            workload = kernel("io.sleep", milliseconds=10)
            with self.subTest(name), Trial(**request, workload=workload, load={"tasks": 12}) as trial:
                done = trial.read_to_end()
                for task in trial.tasks:
                    self.assertIn(task.worker, range(request["workers"]))
                    self.assertEqual((task.outcome, task.reserved, task.intended), (0, 0, 0))
                    self.assertGreaterEqual(task.end - task.start, 9_500_000)
                    self.assertLessEqual(task.end, done["at"])

    @looks_at_times
    def test_waiting_tasks_overlap_as_many_as_there_are_workers(self):
        for strategy in ["threads", "async", "pool", "processes"]:
            workload = kernel("io.sleep", milliseconds=200)
            with self.subTest(strategy), Trial(strategy=strategy, workers=4, workload=workload, load={"tasks": 4}) as trial:
                trial.read_to_end()
                self.assertLess(max(task.start for task in trial.tasks), min(task.end for task in trial.tasks))
                self.assertEqual({task.worker for task in trial.tasks}, {0, 1, 2, 3})

    def test_checksums_are_equal_over_strategies(self):
        checksums = {}
        for name, request in variants():
            with Trial(**request, workload=kernel("cpu.pi", points=20, seed=3), load={"tasks": 41}) as trial:
                checksums[name] = trial.read_to_end()["checksum"]
        self.assertEqual(len(set(checksums.values())), 1, checksums)

    def test_ready_names_the_thread_or_process_of_each_worker(self):
        for strategy in STRATEGIES:
            workers = 1 if strategy == "sequential" else 2
            with self.subTest(strategy), Trial(strategy=strategy, workers=workers) as trial:
                rows = trial.read_until(READY)["workers"]
                self.assertEqual([row["worker"] for row in rows], list(range(workers)))
                host = trial.process.pid
                if strategy == "processes":
                    self.assertEqual(len({row["pid"] for row in rows} - {host}), workers)
                else:
                    self.assertEqual({row["pid"] for row in rows}, {host})
                if strategy == "async":
                    self.assertEqual({row["tid"] for row in rows}, {0})
                else:
                    self.assertEqual(len({row["tid"] for row in rows}), workers)

    def test_warm_up_is_in_no_record_and_no_count(self):
        for name, request in variants():
            with self.subTest(name), Trial(**request, workload=kernel("noop"), load={"tasks": 3}, warmup={"tasks": 40}) as trial:
                self.assertEqual(trial.read_to_end()["tasks"], 3)

    def test_records_come_while_tasks_run(self):
        for strategy in STRATEGIES:
            workload = kernel("io.sleep", milliseconds=20)
            with self.subTest(strategy), Trial(strategy=strategy, workload=workload, load={"tasks": 30}) as trial:
                trial.read_to_end()
                self.assertGreater(len(trial.bodies(TASKS)), 3)

    def test_payload_and_chunks_change_no_result(self):
        checksums = set()
        for payload, chunk in [(0, 1), (100_000, 1), (1000, 16)]:
            request = {"strategy": "processes", "workers": 2, "payloadBytes": payload, "chunkSize": chunk}
            with Trial(**request, load={"tasks": 33}) as trial:
                done = trial.read_to_end()
                self.assertEqual(done["tasks"], 33)
                checksums.add(done["checksum"])
        self.assertEqual(len(checksums), 1)

    def test_duration_on_a_pool_leaves_no_index_out_and_runs_none_twice(self):
        source = "def task(index):\n    return index\n"
        with Trial(strategy="pool", workers=2, workload=code(source), load={"durationMs": 300}) as trial:
            done = trial.read_to_end()
            count = done["tasks"]
            self.assertEqual(done["checksum"], f"{count * (count - 1) // 2:016x}")

    def test_no_tasks_at_all_is_a_complete_trial(self):
        for strategy in STRATEGIES:
            with self.subTest(strategy), Trial(strategy=strategy, load={"tasks": 0}, warmup={"tasks": 0}) as trial:
                done = trial.read_to_end()
                self.assertEqual((done["tasks"], done["checksum"]), (0, "0" * 16))


if __name__ == "__main__":
    unittest.main()
