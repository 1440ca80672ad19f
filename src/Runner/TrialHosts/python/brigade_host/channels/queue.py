"""``queue``: one ``multiprocessing.Queue`` of tasks for all workers and one of results: many producers, many consumers.

Both have locks that all processes share. A worker that is killed while it holds one would stop all others, so
``recover`` releases a lock that nobody can be holding any more.
"""

import os
import select

_MANY = 1 << 16


class QueueChannel:
    is_shared = True

    def __init__(self, context, workers, message_bytes):
        self._tasks, self._results = context.Queue(), context.Queue()
        self._woken, self._waker = os.pipe()
        os.set_blocking(self._woken, False)
        os.set_blocking(self._waker, False)
        self._poll = select.poll()
        self._poll.register(self._woken, select.POLLIN)
        self._poll.register(self._results._reader.fileno(), select.POLLIN)

    def connect(self, worker):
        return QueueEnd(self._tasks, self._results)

    def connected(self, worker):
        pass

    def send(self, worker, *parts):
        self._tasks.put(b"".join(parts))

    def receive(self, timeout=None):
        messages = []
        for descriptor, _ in self._poll.poll(None if timeout is None else timeout * 1000):
            if descriptor == self._woken:
                os.read(self._woken, _MANY)
            else:
                messages.append(self._results.get())
        return messages

    def drain(self, worker):
        messages = []
        while self._results._reader.poll():
            messages.append(self._results.get())
        return messages

    def wake(self):
        try:
            os.write(self._waker, b"w")
        except BlockingIOError:
            pass  # it is awake

    def has_tasks(self):
        return bool(self._tasks._buffer) or self._tasks._reader.poll()

    def recover(self):
        """To be called when a worker was lost and nothing has moved for a while. Gives whether something was freed."""
        if self._tasks._reader.poll() and _is_held(self._tasks._rlock):
            self._tasks._rlock.release()  # tasks are there and nobody takes them: who held this has ended
            return True
        if not self._results._reader.poll() and _is_held(self._results._wlock):
            self._results._wlock.release()  # nothing comes, though writing never waits long: who held this has ended
            return True
        return False

    def close(self):
        os.close(self._woken)
        os.close(self._waker)
        for queue in (self._tasks, self._results):
            queue.close()
            queue.cancel_join_thread()


class QueueEnd:
    def __init__(self, tasks, results):
        self._tasks, self._results = tasks, results

    def open(self):
        pass

    def receive(self):
        return self._tasks.get()

    def has_more(self):
        return False

    def send(self, *parts):
        self._results.put(b"".join(parts))

    def flush(self, for_good=False):
        """The queue has a thread that sends; ``for_good`` waits until it has sent all, after which nothing can be sent."""
        if for_good:
            self._results.close()
            self._results.join_thread()


def _is_held(lock):
    return lock._semlock._is_zero()
