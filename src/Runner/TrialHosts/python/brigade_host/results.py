"""What a task returns, as the unsigned 64-bit number that goes into the checksum."""

MASK = 0xFFFF_FFFF_FFFF_FFFF


def as_result(value):
    """Numbers modulo 2^64, None as 0; anything else the first 8 bytes of the SHA-256 of its bytes, text or ``repr``."""
    if value is None:
        return 0
    if isinstance(value, int):
        return int(value) & MASK
    if not isinstance(value, (bytes, str)):
        value = repr(value)
    if isinstance(value, str):
        value = value.encode("utf-8", "surrogatepass")
    from hashlib import sha256

    return int.from_bytes(sha256(value).digest()[:8], "big")
