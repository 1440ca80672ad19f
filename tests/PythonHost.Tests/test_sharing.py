"""The kernels whose workers share something: what they count is what was done, or the trial says that it is not."""

import unittest
from pathlib import Path

from trial import ERROR, FAILED, MEASURING, Trial, kernel, session_members, wait_until

MASK = (1 << 64) - 1

WAYS = [{"strategy": "threads"}, {"strategy": "processes"}, {"strategy": "processes", "startMethod": "spawn"}]


class SharedCounterTests(unittest.TestCase):
    def test_shared_safely_nothing_is_lost(self):
        for way in WAYS:
            for mode in ["lock", "manager"] if "startMethod" in way else ["lock", "manager", "atomic", "local"]:
                increments = 20 if mode == "manager" else 1_000
                request = {"workers": 2, "load": {"tasks": 60}, "workload": kernel("shared.counter", mode=mode, increments=increments), **way}
                with self.subTest(mode, **way), Trial(**request) as trial:
                    done = trial.read_to_end()
                    self.assertEqual(done["figures"], {"expected": 60 * increments, "counted": 60 * increments, "lostUpdates": 0})
                    self.assertEqual((done["checksum"], done["warnings"]), (f"{60 * increments:016x}", []))

    def test_without_a_lock_lost_updates_are_counted_and_told(self):
        for way in WAYS:
            request = {"workers": 2, "load": {"durationMs": 500}, "workload": kernel("shared.counter", mode="none", increments=10_000), **way}
            with self.subTest(**way), Trial(**request) as trial:
                done = trial.read_to_end()
                figures = done["figures"]
                self.assertEqual(figures["expected"], done["tasks"] * 10_000)
                self.assertGreater(figures["lostUpdates"], 0)
                self.assertEqual(figures["counted"] + figures["lostUpdates"], figures["expected"])
                self.assertRegex(done["warnings"][0], "^The result is wrong: ")

    def test_an_unknown_mode_fails_with_the_choices(self):
        with Trial(workload=kernel("shared.counter", mode="locked", increments=1)) as trial:
            message = trial.read_until(FAILED)["message"]
            self.assertEqual(message, "shared.counter: mode is 'locked'; it has to be one of lock, none, manager, atomic, local")


class SharedCollectionTests(unittest.TestCase):
    def test_every_update_is_there_in_the_end(self):
        for way in WAYS[:2]:
            for kind in ["dictionary", "list"]:
                for mode in ["manager", "local"]:
                    request = {"workers": 2, "load": {"tasks": 30}, "workload": kernel("shared.collection", kind=kind, mode=mode, items=50), **way}
                    with self.subTest(kind, mode=mode, **way), Trial(**request) as trial:
                        done = trial.read_to_end()
                        self.assertEqual((done["figures"]["expected"], done["figures"]["counted"]), (1_500, 1_500))
                        self.assertEqual(done["checksum"], f"{1_500:016x}")


class DeadlockKernelTests(unittest.TestCase):
    def test_one_task_after_the_other_never_deadlocks(self):
        for request in [{"strategy": "threads", "workers": 1}, {"strategy": "processes", "workers": 1}, {"strategy": "async", "workers": 3}]:
            with self.subTest(**request), Trial(workload=kernel("deadlock", holdMilliseconds=1), **request) as trial:
                self.assertEqual(trial.read_to_end()["checksum"], "0" * 16)


    def test_two_workers_deadlock_and_the_trial_names_their_stacks(self):
        for way in WAYS:
            request = {"workers": 2, "load": {"tasks": 1_000}, "workload": kernel("deadlock", holdMilliseconds=50), **way}
            with self.subTest(**way), Trial(**request) as trial:
                failed = trial.read_until(FAILED)
                self.assertRegex(failed["message"], "^deadlock: ")
                for worker in (0, 1):
                    self.assertIn(f"worker {worker} ", failed["detail"])
                self.assertGreaterEqual(failed["detail"].count("deadlock.py"), 2)


class IpcTransferTests(unittest.TestCase):
    def test_each_channel_carries_messages_one_way_and_back(self):
        for channel in ["pipe", "queue", "manager", "shared-memory"]:
            for mode, way in [("round-trip", WAYS[0]), ("one-way", WAYS[1]), ("round-trip", WAYS[2])]:
                tasks, size = 150, 50_000
                workload = kernel("ipc.transfer", channel=channel, mode=mode, bytes=size)
                with self.subTest(channel, mode=mode, **way), Trial(workers=2, load={"tasks": tasks}, workload=workload, **way) as trial:
                    done = trial.read_to_end()
                    self.assertEqual(done["errors"], 0, trial.bodies(ERROR))
                    expected = (tasks * size * 0x9E37_79B9_7F4A_7C15 + sum(range(tasks))) & MASK
                    self.assertEqual(done["checksum"], f"{expected:016x}")
                    seconds = (done["at"] - trial.bodies(MEASURING)[0]["at"]) / 1e9
                    rate = tasks * (2 if mode == "round-trip" else 1) / seconds
                    self.assertAlmostEqual(done["figures"]["messagesPerSecond"], rate, delta=rate / 100)
                    self.assertAlmostEqual(done["figures"]["megabytesPerSecond"], rate * size / 1e6, delta=rate * size / 1e8)

    def test_nothing_is_left_behind(self):
        before = set(Path("/dev/shm").iterdir())
        workload = kernel("ipc.transfer", channel="shared-memory", mode="round-trip", bytes=1_000)
        with Trial(strategy="processes", workers=2, workload=workload) as trial:
            trial.read_to_end()
            session = trial.process.pid
        self.assertEqual(session_members(session), [])
        # Other tests run beside this one: what they have there goes away, what was left behind stays.
        new = [path for path in set(Path("/dev/shm").iterdir()) - before if path.name.startswith("psm_")]
        self.assertTrue(wait_until(lambda: not any(path.exists() for path in new), seconds=60), new)


if __name__ == "__main__":
    unittest.main()
