"""``io.sleep``: waits for a given time and uses no processor."""

from time import sleep


def make_task(params, scratch):
    seconds = params["milliseconds"] / 1000

    def task(index):
        sleep(seconds)
        return 0

    return task


def make_task_async(params, scratch):
    from asyncio import sleep as sleep_async

    seconds = params["milliseconds"] / 1000

    async def task_async(index):
        await sleep_async(seconds)
        return 0

    return task_async
