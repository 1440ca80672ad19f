"""``cpu.sha256``: hashes a buffer and the task's index; native code, which releases the GIL for more than 2 KiB."""

from hashlib import sha256

from ._buffer import patterned_buffer


def make_task(params, scratch):
    buffer = patterned_buffer(int(params["bytes"]))

    def task(index):
        digest = sha256(buffer)
        digest.update(index.to_bytes(8, "little"))
        return int.from_bytes(digest.digest()[:8], "big")

    return task
