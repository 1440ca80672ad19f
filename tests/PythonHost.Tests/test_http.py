"""The workload ``http`` against servers that break off, in both clients."""

import socket
import struct
import threading
import unittest

from trial import ERROR, Trial

WHOLE = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"
PART = b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n0123456789"
BEGUN = b"HTTP/1.1 200 OK\r\nContent-Le"


class Server:
    """Answers requests in their order, over all connections: what to send, and whether to ``keep``, ``end`` or ``reset`` the connection then. Counts them."""

    def __init__(self, *answers):
        self._answers = answers
        self.requests = 0
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self._listener.getsockname()[1]}/"

    def __enter__(self):
        threading.Thread(target=self._accept, daemon=True).start()
        return self

    def __exit__(self, *_):
        self._listener.close()

    def _accept(self):
        while True:
            try:
                connection, _ = self._listener.accept()
            except OSError:
                return
            threading.Thread(target=self._serve, args=(connection,), daemon=True).start()

    def _serve(self, connection):
        with connection:
            received = b""
            while True:
                while b"\r\n\r\n" not in received:
                    piece = connection.recv(65536)
                    if not piece:
                        return
                    received += piece
                received = received.partition(b"\r\n\r\n")[2]
                content, then = self._answers[min(self.requests, len(self._answers) - 1)]
                self.requests += 1
                connection.sendall(content)
                if then == "reset":
                    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
                if then != "keep":
                    return


def request(strategy, url, tasks):
    body = {"url": url, "method": "POST", "version": "1.1", "headers": {}, "timeoutMs": 30_000, "keepAlive": True, "verifyCertificate": True}
    return {"strategy": strategy, "workload": {"http": body}, "load": {"tasks": tasks}, "warmup": {"tasks": 0}}


class HttpTests(unittest.TestCase):
    def test_body_that_ends_before_its_length_is_an_error(self):
        for strategy in ["sequential", "async"]:
            with self.subTest(strategy), Server((PART, "end")) as server, Trial(**request(strategy, server.url, tasks=1)) as trial:
                done = trial.read_to_end()
                self.assertEqual((done["tasks"], done["errors"], server.requests), (1, 1, 1))
                self.assertIn(server.url, trial.bodies(ERROR)[0]["message"])

    def test_exchange_whose_answer_has_begun_is_not_repeated(self):
        for strategy in ["sequential", "async"]:
            for begun in [PART, BEGUN]:
                with self.subTest(strategy, begun=begun), Server((WHOLE, "keep"), (begun, "reset"), (WHOLE, "keep")) as server, Trial(**request(strategy, server.url, tasks=2)) as trial:
                    done = trial.read_to_end()
                    self.assertEqual((done["tasks"], done["errors"], server.requests), (2, 1, 2))

    def test_connection_that_the_server_closed_while_it_was_idle_is_opened_anew(self):
        for strategy in ["sequential", "async"]:
            with self.subTest(strategy), Server((WHOLE, "end"), (WHOLE, "keep")) as server, Trial(**request(strategy, server.url, tasks=2)) as trial:
                done = trial.read_to_end()
                self.assertEqual((done["tasks"], done["errors"], server.requests), (2, 0, 2))


if __name__ == "__main__":
    unittest.main()
