"""A manager of multiprocessing whose process ends with the host."""

import os
import threading
from multiprocessing import parent_process
from multiprocessing.managers import BaseManager


class Manager(BaseManager):
    """What it can create is registered before it starts."""


def end_with_parent():
    """The initializer of the manager's process."""

    def wait():
        parent_process().join()
        os._exit(1)

    threading.Thread(target=wait, name="parent", daemon=True).start()
