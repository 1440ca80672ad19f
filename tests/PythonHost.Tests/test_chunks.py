"""Feeding a pool, apart from any pool."""

import sys
import threading
import unittest

from trial import HOST

sys.path.insert(0, str(HOST.parents[1]))

from brigade_host.chunks import CHUNKS_IN_FLIGHT, ChunkFeed
from brigade_host.load import NEVER, Load


class ChunkFeedTests(unittest.TestCase):
    def test_count_that_does_not_divide_ends_with_a_smaller_chunk(self):
        self.assertEqual(list(ChunkFeed(Load(tasks=10), 4, 1)), [(0, 4, NEVER, 0), (4, 4, NEVER, 0), (8, 2, NEVER, 0)])

    def test_warm_up_gives_each_worker_a_chunk_however_large_chunks_are(self):
        warmup = Load.from_request({"tasks": 5}, spread=True)
        self.assertEqual(list(ChunkFeed(warmup, 100, 2)), [(0, 3, NEVER, 0), (3, 2, NEVER, 0)])
        self.assertEqual(len(list(ChunkFeed(warmup, 1, 2))), 5)
        self.assertEqual(list(ChunkFeed(Load.from_request({"tasks": 5}), 100, 2)), [(0, 5, NEVER, 0)])
        self.assertEqual(list(ChunkFeed(Load.from_request({"tasks": 0}, spread=True), 100, 2)), [])

    def test_endless_feed_waits_when_enough_chunks_are_in_flight_and_goes_on_when_they_ended(self):
        load = Load(duration_ns=3_600_000_000_000)
        load.start()
        feed, taken, pause = ChunkFeed(load, 1, 1), [], threading.Event()

        def take():
            for chunk in feed:
                taken.append(chunk)
                if len(taken) in (CHUNKS_IN_FLIGHT, CHUNKS_IN_FLIGHT + 1):
                    pause.set()

        threading.Thread(target=take, daemon=True).start()
        self.assertTrue(pause.wait(60))
        pause.clear()
        self.assertFalse(pause.wait(0.1))
        self.assertEqual(len(taken), CHUNKS_IN_FLIGHT)
        for _ in range(CHUNKS_IN_FLIGHT):
            feed.chunk_ended()
        self.assertTrue(pause.wait(60))

    def test_feed_ends_at_the_deadline(self):
        load = Load(duration_ns=0)
        load.start()
        self.assertEqual(list(ChunkFeed(load, 1, 1)), [])


if __name__ == "__main__":
    unittest.main()
