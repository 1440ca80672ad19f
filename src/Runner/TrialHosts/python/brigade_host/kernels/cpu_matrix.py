"""``cpu.matrix``: multiplies two square matrices of whole numbers, as plain Python does it fastest."""

from operator import mul

MASK = 0xFFFF_FFFF_FFFF_FFFF


def make_task(params, scratch):
    size = int(params["size"])
    left = [[(row * 31 + column * 17 + 1) % 97 for column in range(size)] for row in range(size)]
    right = [[(row * 13 + column * 29 + 2) % 89 for column in range(size)] for row in range(size)]
    positions = range(1, size * size + 1)

    def task(index):
        columns = list(zip(*right))
        product = [sum(map(mul, row, column)) for row in left for column in columns]
        # Each element times its position, so that elements in the wrong place are noticed.
        return sum(map(mul, product, positions)) & MASK

    return task
