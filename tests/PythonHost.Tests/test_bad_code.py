"""Code that misbehaves on purpose or by accident: the host survives it, or says what happened."""

import unittest

from trial import ERROR, FAILED, Trial, code, looks_at_times

IN_ONE_PROCESS = ["sequential", "threads", "async", "pool"]
STRATEGIES = [*IN_ONE_PROCESS, "processes", "process-per-task"]


def request(strategy, source, **more):
    return {"strategy": strategy, "workers": 1 if strategy == "sequential" else 2, "workload": code(source), "load": {"tasks": 20}, **more}


class BadCodeTests(unittest.TestCase):
    def test_child_that_a_task_forked_and_that_comes_back_is_ended_and_answers_nothing(self):
        source = "import os\ndef task(index):\n    pid = os.fork()\n    if pid: os.waitpid(pid, 0)\n    return 1\n"
        for strategy in STRATEGIES:
            for channel in ["pipe", "queue", "manager", "shared-memory"] if strategy == "processes" else [None]:
                with self.subTest(strategy, channel=channel), Trial(**request(strategy, source, channel=channel)) as trial:
                    done = trial.read_to_end()
                    self.assertEqual((done["tasks"], done["errors"], done["checksum"]), (20, 0, f"{20:016x}"))
                    self.assertEqual(len(trial.tasks), 20)
                    self.assertIn("started a process by fork that returned from the task", trial.stderr())

    def test_child_that_a_task_forked_and_that_raises_is_ended_too(self):
        source = "import os\ndef task(index):\n    pid = os.fork()\n    if pid == 0: raise ValueError('in the child')\n    os.waitpid(pid, 0)\n"
        for strategy in ["threads", "processes"]:
            with self.subTest(strategy), Trial(**request(strategy, source)) as trial:
                self.assertEqual(trial.read_to_end()["errors"], 0)

    def test_task_may_use_multiprocessing_itself(self):
        source = (
            "import multiprocessing\n"
            "def double(x):\n    return 2 * x\n"
            "def task(index):\n"
            "    with multiprocessing.get_context('fork').Pool(1) as pool:\n        return pool.apply(double, (index,))\n"
        )
        for strategy in ["sequential", "processes", "process-per-task"]:
            with self.subTest(strategy), Trial(**request(strategy, source, load={"tasks": 4})) as trial:
                done = trial.read_to_end()
                self.assertEqual((done["errors"], done["checksum"]), (0, f"{12:016x}"), trial.bodies(ERROR))

    def test_code_that_opens_files_without_end_gets_an_error_of_its_own(self):
        source = (
            "import resource\n"
            "resource.setrlimit(resource.RLIMIT_NOFILE, (300, 300))\n"
            "files = []\n"
            "def task(index):\n"
            "    for _ in range(1_000_000):\n        files.append(open('/dev/null'))\n"
        )
        for strategy in STRATEGIES:
            with self.subTest(strategy), Trial(**request(strategy, source, load={"tasks": 8})) as trial:
                done = trial.read_to_end()
                self.assertEqual((done["tasks"], done["errors"], done["lost"]), (8, 8, 0))
                self.assertIn("Too many open files", trial.bodies(ERROR)[0]["message"])

    def test_writing_to_standard_output_in_every_way_disturbs_no_record(self):
        source = (
            "import os, subprocess, sys\n"
            "def task(index):\n"
            "    print('printed')\n"
            "    sys.__stdout__.write('written')\n"
            "    os.write(1, b'\\x05\\x00\\x00\\x00\\x06{}')\n"
            "    subprocess.run(['echo', 'from a program'])\n"
            "    return 1\n"
        )
        for strategy in STRATEGIES:
            with self.subTest(strategy), Trial(**request(strategy, source)) as trial:
                self.assertEqual(trial.read_to_end()["checksum"], f"{20:016x}")
                self.assertIn("from a program", trial.stderr())

    def test_task_that_closes_or_replaces_standard_output_disturbs_no_record(self):
        source = "import os, sys\ndef task(index):\n    sys.stdout = None\n    try: os.close(1)\n    except OSError: pass\n    return 1\n"
        for strategy in STRATEGIES:
            with self.subTest(strategy), Trial(**request(strategy, source)) as trial:
                self.assertEqual(trial.read_to_end()["checksum"], f"{20:016x}")

    def test_worker_whose_event_loop_cannot_be_made_fails_the_trial(self):
        source = "import asyncio\ndef broken():\n    raise SystemError('no loop')\nasyncio.new_event_loop = broken\nasync def task_async(index):\n    return index\n"
        for strategy in ["threads", "pool"]:
            with self.subTest(strategy), Trial(**request(strategy, source)) as trial:
                self.assertRegex(trial.read_until(FAILED)["message"], "worker [01]: SystemError: no loop")

    def test_worker_that_answers_twice_fails_the_trial(self):
        source = (
            "import os\n"
            "def double_writes():\n"
            "    real = os.writev\n"
            "    def writev(descriptor, parts):\n        real(descriptor, parts)\n        return real(descriptor, parts)\n"
            "    os.writev = writev\n"
            "def task(index):\n    double_writes()\n"
        )
        with Trial(**request("processes", source)) as trial:
            self.assertIn("answered a chunk of tasks that it did not have or had answered before", trial.read_until(FAILED)["message"])


class LoopBlockTests(unittest.TestCase):
    def test_task_that_never_yields_tells_how_long_the_loop_was_blocked(self):
        source = "import time\nasync def task_async(index):\n    time.sleep(0.02)\n"
        with Trial(**request("async", source)) as trial:
            self.assertGreaterEqual(trial.read_to_end()["figures"]["longestLoopBlockMs"], 400)  # no task gave the loop back

    def test_one_long_step_among_tasks_that_yield_is_what_is_told(self):
        source = "import asyncio, time\nasync def task_async(index):\n    await asyncio.sleep(0.001)\n    if index == 5: time.sleep(0.3)\n"
        with Trial(**request("async", source)) as trial:
            self.assertGreaterEqual(trial.read_to_end()["figures"]["longestLoopBlockMs"], 300)

    @looks_at_times
    def test_tasks_that_yield_block_for_less_than_they_wait(self):
        source = "import asyncio\nasync def task_async(index):\n    await asyncio.sleep(2)\n"
        with Trial(**request("async", source, load={"tasks": 2}, warmup={"tasks": 0})) as trial:
            self.assertLess(trial.read_to_end()["figures"]["longestLoopBlockMs"], 1500)


class WorkerLifeTests(unittest.TestCase):
    """``setup`` and ``teardown``, and the cell's parameters."""

    def test_setup_and_teardown_run_once_in_each_worker(self):
        source = (
            "import os\n"
            "def setup():\n    os.write(2, b'up ')\n"
            "def teardown():\n    os.write(2, b'down ')\n"
            "def task(index): pass\n"
            "async def task_async(index): pass\n"
        )
        for strategy in IN_ONE_PROCESS + ["processes"]:
            for method in ["fork", "spawn", "forkserver"] if strategy == "processes" else [None]:
                with self.subTest(strategy, method=method), Trial(**request(strategy, source, startMethod=method)) as trial:
                    self.assertEqual(trial.read_to_end()["warnings"], [])
                    workers = 1 if strategy == "sequential" else 2
                    self.assertEqual(sorted(trial.stderr().split()), ["down"] * workers + ["up"] * workers)

    def test_process_per_task_sets_up_and_tears_down_each_task(self):
        source = "import os\ndef setup():\n    os.write(2, b'up ')\ndef teardown():\n    os.write(2, b'down ')\ndef task(index): pass\n"
        with Trial(**request("process-per-task", source, load={"tasks": 3}, warmup={"tasks": 0})) as trial:
            trial.read_to_end()
            self.assertEqual(sorted(trial.stderr().split()), ["down"] * 3 + ["up"] * 3)

    def test_replacement_of_a_lost_worker_sets_up_again(self):
        source = "import os\ndef setup():\n    os.write(2, b'up ')\ndef task(index): pass\n"
        faults = [{"kind": "crash", "worker": 0, "atTask": 2}]
        with Trial(**request("processes", source, faults=faults)) as trial:
            trial.read_to_end()
            self.assertEqual(trial.stderr().split().count("up"), 3)

    def test_setup_may_be_a_coroutine_on_the_loop_of_the_tasks(self):
        source = (
            "import asyncio\n"
            "async def setup():\n    global loop\n    loop = asyncio.get_running_loop()\n"
            "async def task_async(index):\n    return int(asyncio.get_running_loop() is loop)\n"
        )
        for strategy in ["async", "sequential", "processes"]:
            with self.subTest(strategy), Trial(**request(strategy, source)) as trial:
                self.assertEqual(trial.read_to_end()["checksum"], f"{20:016x}")

    def test_setup_that_raises_fails_the_trial_with_its_line(self):
        source = "def setup():\n    raise OSError('no such thing')\ndef task(index): pass\n"
        for strategy in STRATEGIES:
            with self.subTest(strategy), Trial(**request(strategy, source)) as trial:
                self.assertEqual(trial.read_until(FAILED)["message"], "work.py, line 2: setup raised OSError: no such thing")

    def test_teardown_that_raises_or_ends_the_worker_is_a_warning(self):
        raising = "def teardown():\n    raise OSError('no')\ndef task(index): pass\nasync def task_async(index): pass\n"
        for strategy in STRATEGIES:
            with self.subTest(strategy), Trial(**request(strategy, raising)) as trial:
                self.assertEqual(trial.read_to_end()["warnings"], ["work.py, line 2: teardown raised OSError: no"])
        ending = "import os\ndef teardown():\n    os._exit(3)\ndef task(index): pass\n"
        with Trial(**request("processes", ending)) as trial:
            self.assertIn("ended with exit code 3 while it cleaned up", trial.read_to_end()["warnings"][0])

    def test_parameters_are_handed_to_the_functions_that_take_them(self):
        sources = [
            "def task(index, limit): return limit\n",
            "def task(index, *, limit): return limit\n",
            "def task(index, params): return params['limit']\n",
            "def task(index, **all): return all['limit']\n",
            "def task(index, limit, other=5): return limit + other - 5\n",
            "def setup(limit):\n    global kept\n    kept = limit\ndef task(index): return kept\n",
            "async def task_async(index, limit): return limit\n",
        ]
        for source in sources:
            workload = {"code": {**code(source)["code"], "params": {"limit": 3, "name": "x"}}}
            for strategy in ["sequential", "processes"]:
                with self.subTest(source, strategy=strategy), Trial(strategy=strategy, workload=workload, load={"tasks": 5}) as trial:
                    self.assertEqual(trial.read_to_end()["checksum"], f"{15:016x}", trial.bodies(ERROR))

    def test_parameter_that_is_not_given_fails_with_the_line_and_what_is_given(self):
        workload = {"code": {**code("def task(index, size):\n    pass\n")["code"], "params": {"limit": 3}}}
        with Trial(workload=workload) as trial:
            message = trial.read_until(FAILED)["message"]
            self.assertEqual(message, "work.py, line 1: task takes size, which the experiment does not give; it gives limit (add it to params)")


if __name__ == "__main__":
    unittest.main()
