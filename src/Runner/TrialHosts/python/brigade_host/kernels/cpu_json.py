"""``cpu.json``: builds a document, writes it as JSON, reads it back and adds up what it read."""

MASK = 0xFFFF_FFFF_FFFF_FFFF
TAGS = ["red", "green", "blue"]


def make_task(params, scratch):
    from json import dumps, loads

    items = int(params["items"])

    def build(index):
        return [
            {
                "id": number,
                "name": f'Zoë "{number}"',
                "active": number % 3 == 0,
                # Quarters are exact in binary: every runtime reads back the number that it wrote.
                "score": (number * 7919 + index) % 10_007 / 4,
                "tags": TAGS[: number % 4],
                "place": {"x": number % 360, "y": -number},
            }
            for number in range(items)
        ]

    def task(index):
        total = 0
        for item in loads(dumps(build(index))):
            place = item["place"]
            total += item["id"] + 3 * len(item["name"]) + (7 if item["active"] else 0) + 11 * int(item["score"] * 4)
            total += 13 * len(item["tags"]) + 17 * place["x"] + 19 * place["y"]
        return total & MASK

    return task
