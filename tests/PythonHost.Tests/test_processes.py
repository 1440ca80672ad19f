"""Worker processes: what crosses to them, by every channel and start method, and what happens when one ends."""

import os
import unittest

from trial import FAILED, READY, TASKS, WORKER, Trial, code, kernel, kill, living

CHANNELS = ["pipe", "queue", "manager", "shared-memory"]
START_METHODS = ["fork", "spawn", "forkserver"]
VARIANTS = [{"channel": channel, "startMethod": method} for channel in CHANNELS for method in START_METHODS]


def crash(worker, at_task):
    return {"kind": "crash", "worker": worker, "atTask": at_task}


class ChannelTests(unittest.TestCase):
    def test_payload_goes_there_and_back_by_every_channel_and_start_method(self):
        for variant in VARIANTS:
            for payload, chunk in [(0, 16), (100_000, 1), (70_000, 16)]:
                request = {"strategy": "processes", "workers": 2, "payloadBytes": payload, "chunkSize": chunk, **variant}
                with self.subTest(**request), Trial(**request, workload=kernel("cpu.pi", points=20, seed=3), load={"tasks": 50}) as trial:
                    done = trial.read_to_end()
                    self.assertEqual((done["tasks"], done["lost"], done["warnings"]), (50, 0, []))
                    self.assertGreater(done["serializationNs"], 0)
                    self.assertGreater(done["channelNs"], 0)

    def test_message_larger_than_a_ring_or_a_pipe_goes_through(self):
        for channel in CHANNELS:
            request = {"strategy": "processes", "workers": 2, "channel": channel, "payloadBytes": 20 << 20}
            with self.subTest(channel), Trial(**request, load={"tasks": 4}, warmup={"tasks": 0}) as trial:
                self.assertEqual(trial.read_to_end()["tasks"], 4)

    def test_payload_costs_serialization_that_nothing_does_not(self):
        spent = []
        for payload in [0, 1 << 20]:
            with Trial(strategy="processes", payloadBytes=payload, load={"tasks": 40}) as trial:
                spent.append(trial.read_to_end()["serializationNs"])
        self.assertGreater(spent[1], 3 * spent[0])

    def test_shared_memory_that_is_not_there_fails_and_says_how_to_mend_it(self):
        system = os.statvfs("/dev/shm")
        workers = int(system.f_bavail * system.f_frsize / (16 << 20)) + 1
        if workers > 60_000:
            workers = 60_000  # more shared memory than this test can ask for
        with Trial(strategy="processes", workers=workers, channel="shared-memory", payloadBytes=1 << 26) as trial:
            message = trial.read_until(FAILED)["message"]
            self.assertIn("use fewer workers, a smaller payloadBytes or chunkSize, or a larger /dev/shm", message)


class LostWorkerTests(unittest.TestCase):
    def assert_adds_up(self, trial, done, tasks):
        workers = trial.bodies(WORKER)
        self.assertEqual(done["tasks"], len(trial.tasks))
        self.assertEqual(done["tasks"] + done["lost"], tasks)
        self.assertEqual(done["lost"], sum(worker["lost"] for worker in workers))
        for worker in workers:
            self.assertLessEqual(worker["endedAt"], worker["at"])

    def test_crash_loses_the_chunk_in_hand_and_nothing_else_by_every_channel_and_start_method(self):
        for variant in VARIANTS:
            for chunk in [1, 4]:
                request = {"strategy": "processes", "workers": 2, "chunkSize": chunk, "faults": [crash(1, 2 * chunk)], **variant}
                with self.subTest(**request), Trial(**request, workload=kernel("io.sleep", milliseconds=4), load={"tasks": 120}) as trial:
                    before = {row["worker"]: row["pid"] for row in trial.read_until(READY)["workers"]}
                    done = trial.read_to_end()
                    self.assert_adds_up(trial, done, 120)
                    (worker,) = trial.bodies(WORKER)
                    self.assertEqual((worker["worker"], worker["lost"], worker["reason"]), (1, chunk, "was ended by signal 9 (SIGKILL)"))
                    self.assertEqual(living([before[1], before[0], worker["pid"]]), [before[0], worker["pid"]])
                    later = [task for task in trial.tasks if task.worker == 1 and task.start > worker["at"]]
                    if variant["startMethod"] == "fork":  # the others take longer than the trial
                        self.assertGreater(len(later), 0)

    def test_no_task_runs_twice_or_is_left_out_when_workers_end(self):
        source = "import os, time\ndef task(index):\n    with open('{}', 'a') as file: file.write(f'{{index}} ')\n    if index in (7, 31): os._exit(3)\n    time.sleep(0.001)\n    return 1\n"
        for variant in VARIANTS[::3]:
            with Trial(strategy="sequential") as place:
                path = os.path.join(place.scratch, "ran")
                request = {"strategy": "processes", "workers": 3, "warmup": {"tasks": 0}, **variant}
                with self.subTest(**request), Trial(**request, workload=code(source.format(path)), load={"tasks": 60}) as trial:
                    done = trial.read_to_end()
                    self.assert_adds_up(trial, done, 60)
                    self.assertGreaterEqual(done["lost"], 2)  # and those that it had done and not sent yet
                    self.assertEqual(done["checksum"], f"{done['tasks']:016x}")
                    self.assertEqual({worker["reason"] for worker in trial.bodies(WORKER)}, {"ended with exit code 3"})
                    with open(path) as file:
                        self.assertEqual(sorted(map(int, file.read().split())), list(range(60)))

    def test_what_a_lost_worker_had_recorded_comes_before_it_is_told(self):
        request = {"strategy": "processes", "workers": 1, "faults": [crash(0, 11)], "load": {"tasks": 20}}
        with Trial(**request) as trial:
            trial.read_until(WORKER)
            self.assertEqual(len(trial.tasks), 10)

    def test_crash_at_the_last_task_is_replaced_too(self):
        with Trial(strategy="processes", workers=1, faults=[crash(0, 20)], load={"tasks": 20}) as trial:
            done = trial.read_to_end()
            self.assertEqual((done["tasks"], done["lost"], len(trial.bodies(WORKER))), (19, 1, 1))

    def test_worker_that_is_killed_from_outside_while_it_waits_loses_nothing(self):
        for channel in CHANNELS:
            request = {"strategy": "processes", "workers": 2, "channel": channel, "load": {"tasks": 30}, "workload": kernel("io.sleep", milliseconds=100)}
            with self.subTest(channel), Trial(**request) as trial:
                rows = trial.read_until(READY)["workers"]
                trial.read_until(TASKS)
                kill(rows[0]["pid"])
                self.assert_adds_up(trial, trial.read_to_end(), 30)

    def test_worker_lost_in_the_warm_up_is_replaced_and_loses_no_measured_task(self):
        source = "import os\ndef task(index):\n    if index == 30: os._exit(1)\n"
        with Trial(strategy="processes", workers=2, workload=code(source), warmup={"tasks": 40}, load={"tasks": 20}) as trial:
            done = trial.read_to_end()
            self.assertEqual((done["tasks"], done["lost"]), (20, 0))
            self.assertEqual([worker["lost"] for worker in trial.bodies(WORKER)], [0])

    def test_more_than_a_hundred_lost_workers_fail_the_trial_and_keep_what_was_measured(self):
        source = "import os\ndef task(index):\n    if index > 20: os._exit(1)\n"
        for strategy in ["processes", "process-per-task"]:
            request = {"strategy": strategy, "workers": 2, "workload": code(source), "load": {"tasks": 10_000}}
            with self.subTest(strategy), Trial(**request) as trial:
                message = trial.read_until(FAILED)["message"]
                self.assertRegex(message, "^more than 100 (workers|processes) ")
                self.assertIn(len(trial.bodies(WORKER)), [98, 99, 100])
                self.assertIn(len(trial.tasks), range(10, 22))

    def test_duration_goes_on_after_a_loss(self):
        request = {"strategy": "processes", "workers": 2, "faults": [crash(0, 5)], "load": {"durationMs": 700}}
        with Trial(**request, workload=kernel("io.sleep", milliseconds=5)) as trial:
            done = trial.read_to_end()
            at = trial.bodies(WORKER)[0]["at"]
            self.assertEqual(done["lost"], 1)
            self.assertTrue(any(task.worker == 0 and task.start > at for task in trial.tasks))


if __name__ == "__main__":
    unittest.main()
