"""Open load: every strategy takes its tasks from one schedule, and what is too much is dropped."""

import random
import sys
import unittest

from trial import FAILED, MEASURING, ROOT, Trial, kernel, looks_at_times

sys.path.insert(0, str(ROOT / "src/Runner/TrialHosts/python"))

from brigade_host import arrivals as under_test
from brigade_host.arrivals import Arrivals, Schedule

STRATEGIES = ["sequential", "threads", "async", "pool", "processes"]
MS = 1_000_000


def stages(*pairs):
    return [{"ratePerSecond": rate, "durationMs": duration} for rate, duration in pairs]


class OpenLoadTests(unittest.TestCase):
    def test_tasks_start_at_or_after_their_evenly_spaced_times(self):
        for strategy in STRATEGIES:
            load = {"stages": stages((200, 100), (50, 100)), "maxInFlight": 100}
            workers = 1 if strategy == "sequential" else 3
            with self.subTest(strategy), Trial(strategy=strategy, workers=workers, workload=kernel("noop"), load=load) as trial:
                done = trial.read_to_end()
                begin = trial.bodies(MEASURING)[0]["at"]
                self.assertEqual((done["tasks"], done["dropped"], len(trial.tasks)), (25, 0, 25))
                intended = sorted(task.intended - begin for task in trial.tasks)
                self.assertEqual(intended, [5 * MS * number for number in range(20)] + [100 * MS + 20 * MS * number for number in range(5)])
                for task in trial.tasks:
                    self.assertGreaterEqual(task.start, task.intended)

    @looks_at_times
    def test_idle_workers_share_the_arrivals(self):
        for strategy in ["threads", "async", "pool", "processes"]:
            load = {"stages": stages((50, 400)), "maxInFlight": 100}
            workload = kernel("io.sleep", milliseconds=70)
            with self.subTest(strategy), Trial(strategy=strategy, workers=4, workload=workload, load=load) as trial:
                trial.read_to_end()
                self.assertEqual({task.worker for task in trial.tasks}, {0, 1, 2, 3})

    @looks_at_times
    def test_what_arrives_while_too_many_are_in_flight_is_dropped(self):
        for strategy in STRATEGIES:
            workers = 1 if strategy == "sequential" else 2
            load = {"stages": stages((200, 500)), "maxInFlight": 4}
            workload = kernel("io.sleep", milliseconds=50)
            with self.subTest(strategy), Trial(strategy=strategy, workers=workers, workload=workload, load=load) as trial:
                done = trial.read_to_end()
                self.assertEqual(done["tasks"] + done["dropped"], 100)
                # About 10 tasks a worker fit in, and 4 more were in flight at the end.
                self.assertGreater(done["dropped"], 60)
                self.assertLessEqual(done["tasks"], workers * 10 + 4 + 2)
                # None waited for longer than those before it in the queue took.
                self.assertLess(max(task.start - task.intended for task in trial.tasks), 2_000 * MS)

    def test_a_task_that_blocks_the_loop_makes_the_others_late(self):
        load = {"stages": stages((100, 200)), "maxInFlight": 100}
        with Trial(strategy="async", workers=4, workload=kernel("mixed", cpuMilliseconds=30, waitMilliseconds=0), load=load) as trial:
            done = trial.read_to_end()
            self.assertEqual(done["tasks"], 20)
            self.assertGreater(max(task.start - task.intended for task in trial.tasks), 200 * MS)

    def test_fewer_in_flight_than_workers_is_refused(self):
        with Trial(strategy="threads", workers=3, load={"stages": stages((10, 100)), "maxInFlight": 2}) as trial:
            self.assertIn("maxInFlight is 2 and there are 3 workers", trial.read_until(FAILED)["message"])


class ScheduleTests(unittest.TestCase):
    def test_due_by_agrees_with_at(self):
        chance = random.Random(1)
        for _ in range(300):
            schedule = Schedule(stages(*((chance.choice([0.5, 3, 7.3, 1000, 123_456.7]), chance.choice([1, 10, 333.3])) for _ in range(chance.randint(1, 3)))))
            for index in chance.sample(range(schedule.count), min(20, schedule.count)):
                self.assertGreater(schedule.due_by(schedule.at(index)), index)
                self.assertLessEqual(schedule.due_by(schedule.at(index) - 1), index)


class ArrivalsTests(unittest.TestCase):
    def test_any_run_drops_and_starts_what_a_queue_watched_all_the_time_would(self):
        chance = random.Random(2)
        for _ in range(200):
            workers, most = chance.randint(1, 3), chance.randint(3, 6)
            schedule = Schedule(stages((chance.choice([100, 1000]), chance.choice([20, 50]))))
            durations = [chance.choice([0, 1, 5, 30]) * MS + chance.randrange(MS) for _ in range(schedule.count)]
            self.assertEqual(self._simulate(schedule, most, workers, durations), _watched(schedule, most, workers, durations))

    def _simulate(self, schedule, most, workers, durations):
        """Starts by index, and how many were dropped, by the class under test."""
        now = [0]
        arrivals, starts = Arrivals(schedule, most), {}
        ends = [0] * workers
        real, under_test.monotonic_ns = under_test.monotonic_ns, lambda: now[0]
        try:
            busy = [False] * workers
            open_workers = set(range(workers))
            while open_workers:
                worker = min(open_workers, key=lambda number: (ends[number], number))
                now[0] = ends[worker]
                taken = arrivals.take(has_ended=busy[worker])
                if taken is None:
                    open_workers.discard(worker)
                    continue
                busy[worker] = True
                index, intended = taken
                starts[index] = max(now[0], intended)
                ends[worker] = starts[index] + durations[index]
        finally:
            under_test.monotonic_ns = real
        return starts, arrivals.dropped


def _watched(schedule, most, workers, durations):
    """The same by looking at each arrival in turn."""
    starts, dropped, free, ends = {}, 0, [0] * workers, []
    for index in range(schedule.count):
        at = schedule.at(index)
        if sum(end >= at for end in ends) >= most:
            dropped += 1
            continue
        worker = min(range(workers), key=lambda number: free[number])
        starts[index] = max(at, free[worker])
        free[worker] = starts[index] + durations[index]
        ends.append(free[worker])
    return starts, dropped


if __name__ == "__main__":
    unittest.main()
