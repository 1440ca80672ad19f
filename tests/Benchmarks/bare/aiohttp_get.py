"""Fetches an address for some seconds over so many connections with aiohttp; prints requests per second. Arguments: URL SECONDS CONNECTIONS."""

import asyncio
import sys
import time

import aiohttp


async def main(url, seconds, connections):
    async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=connections)) as session:
        deadline = time.monotonic() + seconds

        async def worker():
            count = 0
            while time.monotonic() < deadline:
                async with session.get(url) as response:
                    await response.read()
                count += 1
            return count

        begin = time.monotonic()
        counts = await asyncio.gather(*(worker() for _ in range(connections)))
        print(sum(counts) / (time.monotonic() - begin))


asyncio.run(main(sys.argv[1], float(sys.argv[2]), int(sys.argv[3])))
