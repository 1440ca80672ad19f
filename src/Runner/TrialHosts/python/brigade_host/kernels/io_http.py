"""``io.http``: fetches a URL with GET over a connection that each worker keeps alive, and reads the whole body.

Redirects are not followed and no proxy is used: one task is one exchange with the server named in the URL.
"""

import os
from urllib.parse import quote, urlsplit

TIMEOUT_SECONDS = 30
_MASK = 0xFFFF_FFFF_FFFF_FFFF


def make_task(params, scratch):
    from http.client import HTTPConnection, HTTPSConnection, RemoteDisconnected

    url = _Url(params["url"])
    connection = (HTTPSConnection if url.secure else HTTPConnection)(url.host, url.port, timeout=TIMEOUT_SECONDS)

    def fetch():
        connection.request("GET", url.target)
        response = connection.getresponse()
        length = len(response.read())
        return _result(response.status, length)

    def task(index):
        reused = connection.sock is not None
        try:
            try:
                return fetch()
            except (RemoteDisconnected, ConnectionResetError, BrokenPipeError):
                if not reused:
                    raise
                connection.close()  # the server had closed the idle connection: that is no error of this task
                return fetch()
        except BaseException as error:
            connection.close()
            raise url.explain(error) from None

    return task


def make_task_async(params, scratch):
    from asyncio import IncompleteReadError, wait_for

    from ._http_async import Connection

    url = _Url(params["url"])
    connection = Connection(url)

    async def fetch():
        status, length = await wait_for(connection.get(), TIMEOUT_SECONDS)
        return _result(status, length)

    async def task_async(index):
        reused = connection.is_open
        try:
            try:
                return await fetch()
            except (IncompleteReadError, ConnectionResetError, BrokenPipeError) as error:
                if not reused or getattr(error, "partial", b""):
                    raise
                connection.close()
                return await fetch()
        except BaseException as error:
            connection.close()
            raise url.explain(error) from None

    return task_async


def _result(status, length):
    return ((status << 32) + length) & _MASK


class _Url:
    """The parts of an address; ``ValueError`` if it is not an http:// or https:// address."""

    def __init__(self, text):
        parts = urlsplit(text.strip())
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise ValueError(f"url '{text}' is not an http:// or https:// address")
        self.text = text
        self.secure = parts.scheme == "https"
        self.host = parts.hostname
        self.port = parts.port or (443 if self.secure else 80)
        path = parts.path or "/"
        self.target = quote(f"{path}?{parts.query}" if parts.query else path, safe="/?:@!$&'()*+,;=-._~%[]")
        host = f"[{self.host}]" if ":" in self.host else self.host.encode("idna").decode("ascii")
        self.host_header = host if self.port == (443 if self.secure else 80) else f"{host}:{self.port}"

    def explain(self, error):
        """The same kind of error, with the address in its text; errors that are not about the exchange stay as they are."""
        if not isinstance(error, Exception):
            return error
        named_after = type(error) if isinstance(error, OSError) else ConnectionError
        return named_after(f"GET {self.text}: {_reason(error)}")


def _reason(error):
    if "timeout" in type(error).__name__.lower():
        return f"no answer within {TIMEOUT_SECONDS} s"
    if isinstance(error, EOFError):
        return "the server closed the connection before its answer was complete"
    if isinstance(error, ConnectionError) and error.errno:
        return os.strerror(error.errno)
    return getattr(error, "strerror", None) or str(error) or type(error).__name__
