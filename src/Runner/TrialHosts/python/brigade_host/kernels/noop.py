"""``noop``: does nothing, so that what remains is the cost of dispatch."""


def make_task(params, scratch):
    def task(index):
        return 0

    return task
