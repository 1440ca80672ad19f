"""The kernels' results against the table that all runtimes share, and io.http against a real server."""

import http.server
import json
import threading
import unittest

from trial import ANSWERS, ERROR, FAILED, Trial, code, kernel, session_members

MASK = (1 << 64) - 1


class KnownAnswerTests(unittest.TestCase):
    def test_each_kernel_gives_the_known_answer_for_each_index(self):
        package = ANSWERS.parents[1] / "src/Runner/TrialHosts/python"
        source = f"""
import json, sys, tempfile
sys.path.insert(0, {str(package)!r})
from brigade_host.kernels import load_kernel
rows = json.load(open({str(ANSWERS)!r}))
def task(index):
    row = rows[index]
    with tempfile.TemporaryDirectory() as scratch:
        kernel = load_kernel(row["kernel"])
        fixture = [kernel.make_fixture(row["params"], scratch, {{"strategy": "threads", "workers": 1}})] if hasattr(kernel, "make_fixture") else []
        result = kernel.make_task(row["params"], scratch, *fixture)(row["index"])
    if f"{{result:016x}}" != row["result"]:
        raise AssertionError(f"{{row}}: {{result:016x}}")
"""
        rows = json.loads(ANSWERS.read_text())
        with Trial(workload=code(source), load={"tasks": len(rows)}, warmup={"tasks": 0}) as trial:
            done = trial.read_to_end()
            self.assertEqual((done["tasks"], done["errors"]), (len(rows), 0), trial.bodies(ERROR))

    def test_async_gives_the_same_checksum_for_kernels_that_wait_and_kernels_that_do_not(self):
        rows = [row for row in json.loads(ANSWERS.read_text()) if row["index"] == 0]
        workloads = {}
        for row in rows:
            workloads.setdefault(row["kernel"], row)  # one of each kernel
        for name, row in workloads.items():
            request = {"strategy": "async", "workload": kernel(name, **row["params"]), "load": {"tasks": 1}}
            with self.subTest(name), Trial(**request) as trial:
                self.assertEqual(trial.read_to_end()["checksum"], row["result"])

    def test_mixed_uses_the_processor_time_and_then_waits(self):
        for strategy in ["sequential", "async"]:
            workload = kernel("mixed", cpuMilliseconds=10, waitMilliseconds=10)
            with self.subTest(strategy), Trial(strategy=strategy, workload=workload, load={"tasks": 2}) as trial:
                trial.read_to_end()
                self.assertGreaterEqual(min(task.end - task.start for task in trial.tasks), 19_500_000)

    def test_unknown_kernel_fails_and_lists_the_known_ones(self):
        with Trial(workload=kernel("cpu.cubes")) as trial:
            message = trial.read_until(FAILED)["message"]
            self.assertIn("no kernel 'cpu.cubes'", message)
            self.assertIn("cpu.primes", message)

    def test_missing_parameter_fails_with_its_name(self):
        for strategy in ["sequential", "threads", "async", "pool", "processes"]:
            with self.subTest(strategy), Trial(strategy=strategy, workload=kernel("cpu.primes")) as trial:
                self.assertEqual(trial.read_until(FAILED)["message"], "cpu.primes needs the parameter 'limit'")


class EchoKernelTests(unittest.TestCase):
    """Also that a message longer than the buffers of a socket does not block both sides."""

    def test_each_way_of_running_gets_each_message_back(self):
        tasks, size = 50, 100_000
        expected = (tasks * size * 0x9E37_79B9_7F4A_7C15 + sum(range(tasks))) & MASK
        ways = [{"strategy": "threads"}, {"strategy": "async"}, {"strategy": "processes"}, {"strategy": "processes", "startMethod": "spawn"}]
        for name in ["io.tcp", "io.unix-socket"]:
            for way in ways:
                request = {"workload": kernel(name, bytes=size), "workers": 3, "load": {"tasks": tasks}, **way}
                with self.subTest(name, **way), Trial(**request) as trial:
                    done = trial.read_to_end()
                    self.assertEqual(done["errors"], 0, trial.bodies(ERROR))
                    self.assertEqual(done["checksum"], f"{expected:016x}")

    def test_the_server_ends_with_the_trial(self):
        with Trial(workload=kernel("io.tcp", bytes=64)) as trial:
            trial.read_to_end()
            session = trial.process.pid
            self.assertGreater(len(session_members(session)), 1)
        self.assertEqual(session_members(session), [])


class _Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True

    def setup(self):
        super().setup()
        self.server.connections += 1

    def do_GET(self):
        if self.path == "/chunked":
            self.send_response(200)
            self.send_header("Transfer-Encoding", "chunked")
            self.end_headers()
            self.wfile.write(b"5;x=y\r\nhello\r\n10\r\n0123456789abcdef\r\n0\r\nTrailer: 1\r\n\r\n")
        elif self.path == "/until-close":
            self.send_response(200)
            self.send_header("Connection", "close")
            self.end_headers()
            self.wfile.write(b"x" * 70_000)
            self.close_connection = True
        elif self.path == "/drops-idle":
            self.send_response(200)
            self.send_header("Content-Length", "2")
            self.end_headers()
            self.wfile.write(b"ok")
            self.close_connection = True  # unannounced, as servers do with idle connections
        elif self.path == "/empty":
            self.send_response(204)
            self.end_headers()
        else:
            self.send_response(404)
            self.send_header("Content-Length", "1000")
            self.end_headers()
            self.wfile.write(b"?" * 1000)

    def log_message(self, *_):
        pass


class HttpKernelTests(unittest.TestCase):
    CASES = {"/chunked": (200, 21), "/until-close": (200, 70_000), "/drops-idle": (200, 2), "/empty": (204, 0), "/missing?a=b c": (404, 1000)}

    def setUp(self):
        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
        self.server.daemon_threads = True
        self.server.connections = 0
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        self.address = f"http://127.0.0.1:{self.server.server_address[1]}"
        self.addCleanup(self.server.server_close)
        self.addCleanup(self.server.shutdown)

    def test_each_kind_of_body_gives_status_and_length(self):
        for path, (status, length) in self.CASES.items():
            for strategy in ["threads", "async"]:
                workload = kernel("io.http", url=self.address + path)
                with self.subTest(path, strategy=strategy), Trial(strategy=strategy, workers=2, workload=workload) as trial:
                    done = trial.read_to_end()
                    self.assertEqual(done["errors"], 0, trial.bodies(ERROR))
                    self.assertEqual(done["checksum"], f"{20 * ((status << 32) + length) & MASK:016x}")

    def test_each_worker_keeps_its_connection_alive(self):
        for strategy in ["sequential", "async"]:
            self.server.connections = 0
            workload = kernel("io.http", url=self.address + "/chunked")
            with self.subTest(strategy), Trial(strategy=strategy, workload=workload) as trial:
                trial.read_to_end()
                self.assertEqual(self.server.connections, 1)

    def test_refused_connection_is_an_error_of_the_task_that_names_the_address(self):
        for strategy in ["threads", "async"]:
            with self.subTest(strategy), Trial(strategy=strategy, workload=kernel("io.http", url="http://127.0.0.1:1/")) as trial:
                done = trial.read_to_end()
                self.assertEqual((done["tasks"], done["errors"]), (20, 20))
                message = trial.bodies(ERROR)[0]["message"]
                self.assertEqual(message, "ConnectionRefusedError: GET http://127.0.0.1:1/: Connection refused")

    def test_wrong_address_fails_the_trial(self):
        with Trial(workload=kernel("io.http", url="ftp://x/")) as trial:
            self.assertEqual(trial.read_until(FAILED)["message"], "io.http: url 'ftp://x/' is not an http:// or https:// address")


if __name__ == "__main__":
    unittest.main()
