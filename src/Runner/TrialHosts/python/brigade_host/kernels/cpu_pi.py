"""``cpu.pi``: estimates pi by random points in a square (Monte Carlo), with splitmix64 as the generator.

Sebastiano Vigna's splitmix64: https://prng.di.unimi.it/splitmix64.c
"""

MASK = 0xFFFF_FFFF_FFFF_FFFF
RADIUS_SQUARED = 1 << 62


def make_task(params, scratch):
    points, seed = int(params["points"]), int(params["seed"])

    def task(index):
        state = (seed + index) & MASK
        inside = 0
        for _ in range(points):
            state = (state + 0x9E37_79B9_7F4A_7C15) & MASK
            z = state
            z = ((z ^ (z >> 30)) * 0xBF58_476D_1CE4_E5B9) & MASK
            z = ((z ^ (z >> 27)) * 0x94D0_49BB_1331_11EB) & MASK
            z ^= z >> 31
            x = z >> 33
            y = z & 0x7FFF_FFFF
            if x * x + y * y < RADIUS_SQUARED:
                inside += 1
        return inside

    return task
