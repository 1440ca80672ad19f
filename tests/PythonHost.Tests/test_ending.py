"""How trials end: by the end of the input at any moment, by a dead worker, by a request that cannot be served."""

import os
import signal
import tempfile
import time
import unittest

from trial import DONE, FAILED, HELLO, MEASURING, READY, Trial, code, kernel, kill, living, session_members, wait_until

STRATEGIES = ["sequential", "threads", "async", "pool", "processes"]
CHANNELS = ["pipe", "queue", "manager", "shared-memory"]
START_METHODS = ["fork", "spawn", "forkserver"]
LONG = {"workload": kernel("io.sleep", milliseconds=600_000), "load": {"tasks": 1_000_000}, "warmup": {"tasks": 0}}


class EndOfInputTests(unittest.TestCase):
    def test_end_of_input_within_a_task_ends_every_process_at_once(self):
        requests = [{"strategy": strategy, "workers": 1 if strategy == "sequential" else 3} for strategy in STRATEGIES]
        requests += [{"strategy": "processes", "workers": 3, "startMethod": method} for method in START_METHODS]
        requests += [{"strategy": "processes", "workers": 3, "channel": channel} for channel in CHANNELS[1:]]
        requests += [{"strategy": "process-per-task", "workers": 3, "startMethod": method} for method in START_METHODS]
        for request in requests:
            for new_session in [True, False]:
                with self.subTest(**request, new_session=new_session), Trial(**request, **LONG, new_session=new_session) as trial:
                    pids = {row["pid"] for row in trial.read_until(READY)["workers"]} | {trial.process.pid}
                    trial.read_until(MEASURING)
                    trial.close_input()
                    self.assertEqual(trial.process.wait(), 0)
                    self.assertTrue(wait_until(lambda: not living(pids)), living(pids))
                    if new_session:
                        session = trial.process.pid
                        self.assertTrue(wait_until(lambda: not session_members(session)), session_members(session))
                    self.assertNotIn("Traceback", trial.stderr())

    def test_end_of_input_within_warm_up_or_loading_ends_the_host(self):
        busy = {"workload": code("while True: pass\n")}
        for request in [{**LONG, "warmup": {"tasks": 1}}, {"strategy": "processes", **busy}, busy]:
            with self.subTest(**request), Trial(**request) as trial:
                trial.read_until(HELLO)
                trial.close_input()
                self.assertEqual(trial.process.wait(), 0)

    def test_end_of_input_ends_what_a_task_started_too(self):
        source = (
            "import os, subprocess\n"
            "def task(index):\n"
            "    child = subprocess.Popen(['sleep', '600'], start_new_session=True)\n"
            "    print(child.pid, flush=True)\n"
            "    child.wait()\n"
        )
        for strategy in ["threads", "processes"]:
            with self.subTest(strategy), Trial(strategy=strategy, workload=code(source), warmup={"tasks": 0}) as trial:
                trial.read_until(MEASURING)
                self.assertTrue(wait_until(lambda: trial.stderr().strip()))
                child = int(trial.stderr().split()[0])
                self.assertEqual(living([child]), [child])
                trial.close_input()
                trial.process.wait()
                self.assertTrue(wait_until(lambda: not living([child])))

    def test_workers_stay_alive_after_done_until_the_input_ends(self):
        for strategy in STRATEGIES:
            with self.subTest(strategy), Trial(strategy=strategy, workers=2 if strategy != "sequential" else 1) as trial:
                trial.read_to_end()
                time.sleep(0.1)
                for row in trial.bodies(READY)[0]["workers"]:
                    self.assertTrue(os.path.exists(f"/proc/{row['pid']}/task/{row['tid'] or row['pid']}"))
                trial.close_input()
                self.assertEqual(trial.process.wait(), 0)

    def test_input_that_ends_before_a_request_ends_the_host(self):
        with Trial(request_line=b"{") as trial:
            trial.close_input()
            self.assertEqual(trial.process.wait(), 0)

    def test_killed_host_leaves_no_worker_behind(self):
        requests = [{"strategy": "processes", "startMethod": method} for method in START_METHODS]
        requests += [{"strategy": "processes", "channel": channel} for channel in CHANNELS[1:]]
        requests += [{"strategy": "process-per-task", "startMethod": method} for method in START_METHODS]
        for request in requests:
            with self.subTest(**request), Trial(workers=3, **request, **LONG) as trial:
                trial.read_until(MEASURING)
                session = trial.process.pid
                kill(session)
                trial.process.wait()
                self.assertTrue(wait_until(lambda: not session_members(session)), session_members(session))

    def test_interrupt_from_the_terminal_is_left_to_the_runner(self):
        for strategy in STRATEGIES:
            workload = kernel("io.sleep", milliseconds=20)
            with self.subTest(strategy), Trial(strategy=strategy, workload=workload, load={"tasks": 10}) as trial:
                trial.read_until(MEASURING)
                os.killpg(trial.process.pid, signal.SIGINT)
                done = trial.read_to_end()
                self.assertEqual((done["tasks"], done["errors"]), (10, 0))

    def test_workers_leave_nothing_in_shared_memory_and_no_socket_behind(self):
        before = set(os.listdir("/dev/shm"))
        for method in START_METHODS:
            for channel in CHANNELS:
                with self.subTest(method, channel=channel), tempfile.TemporaryDirectory() as temporary:
                    request = {"strategy": "processes", "startMethod": method, "channel": channel, "environment": {"TMPDIR": temporary}}
                    with Trial(**request) as trial:
                        trial.read_to_end()
                        trial.close_input()
                        trial.process.wait()
                        self.assertEqual(trial.stderr(), "")
                    self.assertEqual(os.listdir(temporary), [])
        mine = [name for name in set(os.listdir("/dev/shm")) - before if name.startswith(("sem.mp-", "psm_"))]
        self.assertTrue(wait_until(lambda: not set(mine) & set(os.listdir("/dev/shm"))), mine)

    def test_killed_host_leaves_nothing_in_shared_memory(self):
        before = set(os.listdir("/dev/shm"))
        with Trial(strategy="processes", channel="shared-memory", **LONG) as trial:
            trial.read_until(MEASURING)
            mine = [name for name in set(os.listdir("/dev/shm")) - before if name.startswith("psm_")]
            kill(trial.process.pid)
        self.assertTrue(wait_until(lambda: not set(mine) & set(os.listdir("/dev/shm"))), mine)


class DeadWorkerTests(unittest.TestCase):
    def test_worker_process_that_dies_while_it_starts_fails_the_trial(self):
        source = "import os, multiprocessing\nif multiprocessing.parent_process(): os._exit(5)\ndef task(index): pass\n"
        with Trial(strategy="processes", workers=2, startMethod="spawn", workload=code(source)) as trial:
            self.assertRegex(trial.read_until(FAILED)["message"], r"^worker process [01] \(pid \d+\) ended with exit code 5 while it started$")

    def test_code_that_raises_only_in_the_workers_fails_with_its_own_message(self):
        source = "import multiprocessing\nif multiprocessing.parent_process(): raise OSError('not here')\ndef task(index): pass\n"
        with Trial(strategy="processes", startMethod="spawn", workload=code(source)) as trial:
            self.assertEqual(trial.read_until(FAILED)["message"], "work.py, line 2: OSError: not here")

    def test_task_that_ends_the_whole_host_ends_the_output_without_done(self):
        source = "import os\ndef task(index):\n    os._exit(9)\n"
        for strategy in ["threads", "async", "pool"]:
            with self.subTest(strategy), Trial(strategy=strategy, workload=code(source), warmup={"tasks": 0}) as trial:
                with self.assertRaises(AssertionError):
                    trial.read_until(DONE, FAILED)
                self.assertEqual(trial.process.wait(), 9)


class RequestTests(unittest.TestCase):
    def assert_fails(self, message, **request):
        with self.subTest(**request), Trial(**request) as trial:
            failed = trial.read_until(FAILED)
            self.assertIn(message, failed["message"])
            self.assertNotIn("\n", failed["message"])
            self.assertNotEqual(trial.process.wait(), 0)

    def test_request_that_cannot_be_served_fails_with_one_line(self):
        self.assert_fails("not JSON", request_line=b"{oops\n")
        self.assert_fails("protocol version 1", request_line=b"[]\n")
        self.assert_fails("protocol version 1", protocol=2)
        self.assert_fails("lacks load", request_line=b'{"protocol":1,"workload":{},"strategy":"","workers":1,"warmup":{},"scratch":""}\n')
        self.assert_fails("asks for 0 workers", workers=0, strategy="threads")
        self.assert_fails("neither tasks nor durationMs", load={"rate": 5})
        self.assert_fails("no strategy 'fibres'", strategy="fibres")
        self.assert_fails("none of kernel, code, http, sql, command", workload={})
        self.assert_fails("no channel 'pigeon'", strategy="processes", channel="pigeon")
        self.assert_fails("more than the 1024 MiB that a channel carries", strategy="processes", payloadBytes=1 << 26, chunkSize=17)
        self.assert_fails("cannot start processes by 'magic'", strategy="processes", startMethod="magic")

    def test_more_workers_than_the_system_allows_fails_with_one_line(self):
        limit = "import resource\nresource.setrlimit(resource.RLIMIT_NOFILE, (40, 40))\n"
        source = limit + "def task(index): pass\n"
        self.assert_fails("did not start", strategy="processes", workers=100, startMethod="fork", workload=code(source))

    def test_threads_that_do_not_fit_into_memory_fail_with_one_line(self):
        limit = "import resource, threading\nthreading.stack_size(64 << 20)\nresource.setrlimit(resource.RLIMIT_AS, (1 << 30, 1 << 30))\n"
        source = limit + "def task(index): pass\n"
        for strategy in ["threads", "pool"]:
            self.assert_fails("did not start", strategy=strategy, workers=100, workload=code(source))


if __name__ == "__main__":
    unittest.main()
