"""``sql``: one statement over a connection of each worker; all rows are read. The result is the number of rows that came back, or of those
that a statement without rows changed. Values are bound, never written into the text.
"""

import os
import sys

from .. import network


def make_task(body, scratch):
    statement = _Statement(body)
    return _sqlite(statement) if statement.provider == "sqlite" else _postgres(statement)


def make_task_async(body, scratch):
    statement = _Statement(body)
    return None if statement.provider == "sqlite" else _postgres_async(statement)


def warnings(body, strategy):
    if body.get("provider") == "sqlite" and strategy == "async":
        return ["SQLite works within the calling thread: async ran each statement on the event loop, which it blocks."]
    return []


class _Statement:
    def __init__(self, body):
        self.provider = body["provider"]
        if self.provider not in ("sqlite", "postgresql"):
            raise ValueError(f"the Python trial host has no database '{self.provider}'; it has postgresql and sqlite")
        self.connection = body["connection"]
        self._pieces, self._names = body["pieces"], body["names"]
        self._params = body.get("params") or {}
        self._values = [None if name == "index" else self._params[name] for name in self._names]

    def text(self, marker, escape=lambda piece: piece):
        return marker.join(escape(piece) for piece in self._pieces)

    def values(self, index):
        return tuple(index if name == "index" else value for name, value in zip(self._names, self._values))

    @property
    def has_values(self):
        return bool(self._names)


def _count(cursor, rows):
    return len(rows) if rows is not None else max(cursor.rowcount, 0)


def _sqlite(statement):
    import sqlite3
    from urllib.parse import quote

    path = statement.connection["path"]
    if path != ":memory:" and not os.path.isfile(path):
        raise ValueError("the database cannot be opened: there is no such file; a workload does not make one")
    target = path if path == ":memory:" else f"file:{quote(path)}?mode=rw"
    try:
        connection = sqlite3.connect(target, timeout=30, isolation_level=None, check_same_thread=False, uri=path != ":memory:")
    except sqlite3.Error as error:
        raise ValueError(f"the database cannot be opened: {error}") from None
    text = statement.text("?")

    def task(index):
        cursor = connection.execute(text, statement.values(index))
        try:
            return _count(cursor, cursor.fetchall() if cursor.description is not None else None)
        finally:
            cursor.close()

    return task


def _postgres(statement):
    psycopg = _import_psycopg()
    settings, text = _settings(statement), _postgres_text(statement)
    connection = _opened(lambda: psycopg.connect(**_guarded(settings)), psycopg)

    def task(index):
        nonlocal connection
        if connection.closed:  # the server ended it; the task that noticed was an error
            connection = psycopg.connect(**_guarded(settings))
        with connection.cursor() as cursor:
            cursor.execute(text, statement.values(index) if statement.has_values else None, prepare=True)
            return _count(cursor, cursor.fetchall() if cursor.description is not None else None)

    return task


def _postgres_async(statement):
    psycopg = _import_psycopg()
    settings, text = _settings(statement), _postgres_text(statement)
    _opened(lambda: psycopg.connect(**_guarded(settings)), psycopg).close()  # what is wrong is told before the first task
    connection = None

    async def task_async(index):
        nonlocal connection
        if connection is None or connection.closed:
            connection = await psycopg.AsyncConnection.connect(**_guarded(settings))
        async with connection.cursor() as cursor:
            await cursor.execute(text, statement.values(index) if statement.has_values else None, prepare=True)
            return _count(cursor, await cursor.fetchall() if cursor.description is not None else None)

    return task_async


def _import_psycopg():
    try:
        import psycopg
    except ImportError:
        raise ValueError(
            f"PostgreSQL needs the package psycopg (version 3), which this interpreter does not have; install it: {sys.executable} -m pip install 'psycopg[binary]' (for Debian's own Python: apt install python3-psycopg)"
        ) from None
    return psycopg


def _settings(statement):
    known = {"host": "host", "port": "port", "database": "dbname", "user": "user", "password": "password", "sslmode": "sslmode"}
    settings = {known[name]: value for name, value in statement.connection.items() if name in known}
    return {**settings, "autocommit": True, "application_name": "brigade"}


def _guarded(settings):
    """At each connection anew: by then the name may mean another address."""
    return settings if network.guard is None else network.guard.postgres(settings)


def _postgres_text(statement):
    # psycopg reads a per cent sign as the beginning of a placeholder, but only where there are values.
    return statement.text("%s", lambda piece: piece.replace("%", "%%")) if statement.has_values else statement.text("")


def _opened(connect, psycopg):
    try:
        return connect()
    except psycopg.Error as error:
        raise ValueError(f"the database cannot be opened: {' '.join(str(error).split())}") from None
