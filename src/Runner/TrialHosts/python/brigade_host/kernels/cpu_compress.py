"""``cpu.compress``: compresses a text with zlib at level 6, decompresses it and hashes what came back; native code, which releases the GIL."""

from functools import lru_cache

BLOCK_BYTES = 65_536
"""Twice what zlib looks back: a repeated block is new to it."""


def make_task(params, scratch):
    from hashlib import sha256
    from zlib import compress, decompress

    size = int(params["bytes"])
    text = _text(size)

    def task(index):
        compressed = compress(text, 6)
        if size >= 1024 and len(compressed) >= size:
            raise ValueError(f"{size} bytes of text were compressed to {len(compressed)}: not less")
        content = decompress(compressed)
        if len(content) != size:
            raise ValueError(f"{len(content)} bytes came back of the {size} that were compressed")
        return int.from_bytes(sha256(content).digest()[:8], "big")

    return task


@lru_cache(maxsize=1)
def _text(size):
    """Words of 3 to 8 letters out of 256, drawn by a linear congruential generator and separated by blanks; after 64 KiB it begins anew."""
    words = ["".join(chr(97 + (word * 7 + place * 11) % 26) for place in range(3 + word % 6)) for word in range(256)]
    state, length, drawn = 1, 0, []
    while length < BLOCK_BYTES:
        state = (state * 1_664_525 + 1_013_904_223) & 0xFFFF_FFFF
        drawn.append(words[state >> 24])
        length += len(drawn[-1]) + 1
    block = (" ".join(drawn) + " ").encode("ascii")[:BLOCK_BYTES]
    return (block * -(-size // BLOCK_BYTES))[:size]
