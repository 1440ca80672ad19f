"""``memory.stream``: copies one buffer to another from the first byte to the last, as STREAM's copy does: the memory's bandwidth.

The copy is one native call, which holds the GIL: threads take turns at it, and processes share what the memory can do.
"""

from array import array

MASK = 0xFFFF_FFFF_FFFF_FFFF
PATTERN_WORDS = 8_192
SAMPLES = 16


def make_task(params, scratch):
    size = int(params["mebibytes"]) * 1_048_576
    pattern = array("Q", (word * 0x9E37_79B9_7F4A_7C15 & MASK for word in range(1, PATTERN_WORDS + 1)))
    source = memoryview(bytearray(pattern.tobytes() * (size // (PATTERN_WORDS * 8)))).cast("Q")
    target = memoryview(bytearray(size)).cast("Q")
    stride = len(target) // SAMPLES
    places = [0] + [sample * stride + sample for sample in range(1, SAMPLES)]

    def task(index):
        source[0] = index
        target[:] = source
        return sum([target[place] for place in places]) & MASK

    return task
