"""``shared.collection``: all workers count into one dictionary or list, through a manager's process or by copies that are merged."""

from ._sharing import account, are_processes, choose, context_of, make_lock, start_manager

KINDS = ("dictionary", "list")
MODES = ("manager", "local")
ENTRIES = 64


def make_fixture(params, scratch, request):
    kind, mode = choose(params, "kind", KINDS), choose(params, "mode", MODES)
    return _Collection(kind, mode, int(params["items"]), request)


def make_task(params, scratch, collection):
    items = int(params["items"])
    return _through_manager(collection, items) if collection.mode == "manager" else _locally(collection, items)


class _Collection:
    """What the workers share: the proxy of a collection, or the counts that their copies are merged into."""

    def __init__(self, kind, mode, items, request):
        self.kind, self.mode, self._items, self._before = kind, mode, items, 0
        if mode == "manager":
            self._manager = start_manager(request, _ManagedDictionary if kind == "dictionary" else _ManagedList)
            self.proxy = self._manager.create()
        else:
            self.counts = context_of(request).RawArray("q", ENTRIES) if are_processes(request) else [0] * ENTRIES
            self.lock = make_lock(request)

    def __getstate__(self):
        return {name: value for name, value in self.__dict__.items() if name != "_manager"}

    def begin(self):
        self._before = self._count()

    def figures(self, done):
        return account((done["tasks"] - done["errors"]) * self._items, self._count() - self._before, "updates")

    def _count(self):
        return self.proxy.total() if self.mode == "manager" else sum(self.counts)


class _Managed:
    """Lives in the manager's process, where each worker has a thread that calls it."""

    def __init__(self):
        from threading import Lock

        self._lock = Lock()
        self._entries = self._create()

    def add(self, key):
        with self._lock:
            self._entries[key] += 1


class _ManagedDictionary(_Managed):
    def _create(self):
        return dict.fromkeys(range(ENTRIES), 0)

    def total(self):
        return sum(self._entries.values())


class _ManagedList(_Managed):
    def _create(self):
        return [0] * ENTRIES

    def total(self):
        return sum(self._entries)


def _through_manager(collection, items):
    add = collection.proxy.add

    def task(index):
        first = index * items
        for item in range(first, first + items):
            add(item % ENTRIES)
        return items

    return task


def _locally(collection, items):
    counts, lock, is_list = collection.counts, collection.lock, collection.kind == "list"

    def task(index):
        own = [0] * ENTRIES if is_list else dict.fromkeys(range(ENTRIES), 0)
        first = index * items
        for item in range(first, first + items):
            own[item % ENTRIES] += 1
        with lock:
            for key, count in enumerate(own) if is_list else own.items():
                counts[key] += count
        return items

    return task
