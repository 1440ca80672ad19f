"""``http``: one exchange over a connection that each worker keeps alive; the whole body is read.

Redirects are not followed and no proxy is used: one task is one exchange with the server named in the URL. The result is
the status times 2^32 plus the length of the body.
"""

import os
from time import monotonic
from urllib.parse import quote, urlsplit

from .. import network
from . import fill

_MASK = 0xFFFF_FFFF_FFFF_FFFF
_PIECE = 1 << 16


def make_task(body, scratch):
    from http.client import HTTPConnection, HTTPResponse, HTTPSConnection, RemoteDisconnected

    exchange = _Exchange(body)
    connection, connected_to, answered = None, None, False

    class Response(HTTPResponse):
        """Tells when an answer has begun: from then on the exchange is not repeated."""

        def _read_status(self):
            nonlocal answered
            status = super()._read_status()
            answered = True
            return status

    def connect(url):
        if url.secure:
            made = HTTPSConnection(url.host, url.port, timeout=exchange.timeout, context=exchange.tls_context())
        else:
            made = HTTPConnection(url.host, url.port, timeout=exchange.timeout)
        made.response_class = Response
        if network.guard is not None:
            made._create_connection = network.guard.connect  # what it connects with; there is no other way to choose the address and keep the name for the certificate
        return made

    def fetch(url, index, deadline):
        nonlocal answered
        answered = False
        connection.putrequest(exchange.method, url.target, skip_host=True, skip_accept_encoding=True)
        content = exchange.content(index)
        for name, value in exchange.header_lines(url, index, content):
            connection.putheader(name, value)
        connection.endheaders(content or None)
        _limit(connection, deadline)
        response = connection.getresponse()
        length = 0
        while True:
            _limit(connection, deadline)
            piece = response.read(_PIECE)
            if not piece:
                break
            length += len(piece)
        if response.length:  # what is missing of the length that was announced
            raise EOFError
        return response.status, length

    def task(index):
        nonlocal connection, connected_to
        url = exchange.url(index)
        deadline = monotonic() + exchange.timeout
        if connection is None or connected_to != url.origin:
            if connection is not None:
                connection.close()
            connection, connected_to = connect(url), url.origin
        reused = connection.sock is not None
        try:
            if not reused:
                connection.timeout = exchange.timeout
            try:
                status, length = fetch(url, index, deadline)
            except (RemoteDisconnected, ConnectionResetError, BrokenPipeError):
                if not reused or answered:
                    raise
                connection.close()  # the server had closed the idle connection: that is no error of this task
                status, length = fetch(url, index, deadline)
        except BaseException as error:
            connection.close()
            raise exchange.explain(url, error) from None
        if not exchange.keep_alive:
            connection.close()
        return exchange.result(url, status, length)

    return task


def make_task_async(body, scratch):
    from asyncio import IncompleteReadError, wait_for

    from ._http_async import Connection

    exchange = _Exchange(body)
    connection = Connection(exchange.tls_context)

    async def task_async(index):
        url = exchange.url(index)
        content = exchange.content(index)
        head = exchange.head(url, index, content)
        connection.aim_at(url)
        reused = connection.is_open
        try:
            try:
                status, length = await wait_for(connection.exchange(head, content, exchange.method), exchange.timeout)
            except (IncompleteReadError, ConnectionResetError, BrokenPipeError) as error:
                if not reused or connection.answered or getattr(error, "partial", b""):
                    raise
                connection.close()
                status, length = await wait_for(connection.exchange(head, content, exchange.method), exchange.timeout)
        except BaseException as error:
            connection.close()
            raise exchange.explain(url, error) from None
        if not exchange.keep_alive:
            connection.close()
        return exchange.result(url, status, length)

    return task_async


def _limit(connection, deadline):
    """What is left of the time, for the next reading."""
    left = deadline - monotonic()
    if left <= 0:
        raise TimeoutError
    if connection.sock is not None:
        connection.sock.settimeout(left)


class _Exchange:
    """What is asked and what is expected, the same in both clients."""

    def __init__(self, body):
        if body["version"] != "1.1":
            raise ValueError(f"HTTP/{body['version']} is not possible in Python, whose own library speaks HTTP/1.1; use version 1.1, or the runtime dotnet")
        self.method = body["method"]
        self.timeout = body["timeoutMs"] / 1000
        self.keep_alive = body["keepAlive"]
        self._expected = body["expectStatus"] if body.get("expectStatus") is not None else None
        self._headers = list(body["headers"].items())
        self._body = body.get("body")
        self._verify = body["verifyCertificate"]
        self._text = body["url"]
        self._url = None if "{index}" in self._text else _Url(self._text)
        self._context = None

    def url(self, index):
        return self._url or _Url(fill(self._text, index))

    def content(self, index):
        return b"" if self._body is None else fill(self._body, index).encode("utf-8")

    def header_lines(self, url, index, content):
        names = {name.lower() for name, _ in self._headers}
        if "host" not in names:
            yield "Host", url.host_header
        if "accept-encoding" not in names:
            yield "Accept-Encoding", "identity"
        for name, value in self._headers:
            yield name, fill(value, index)
        if content or self._body is not None or self.method in ("POST", "PUT", "PATCH"):
            yield "Content-Length", str(len(content))
        if not self.keep_alive:
            yield "Connection", "close"

    def head(self, url, index, content):
        lines = "".join(f"{name}: {value}\r\n" for name, value in self.header_lines(url, index, content))
        return f"{self.method} {url.target} HTTP/1.1\r\n{lines}\r\n".encode("latin-1")

    def tls_context(self):
        if self._context is None:
            import ssl

            self._context = ssl.create_default_context() if self._verify else ssl._create_unverified_context()
        return self._context

    def result(self, url, status, length):
        if self._expected is not None and status != self._expected:
            raise ConnectionError(f"{self.method} {url.text} answered with status {status}; {self._expected} was expected")
        return ((status << 32) + length) & _MASK

    def explain(self, url, error):
        """The same kind of error, with the address in its text; errors that are not about the exchange stay as they are."""
        if not isinstance(error, Exception):
            return error
        named_after = type(error) if isinstance(error, OSError) else ConnectionError
        return named_after(f"{self.method} {url.text}: {self._reason(error)}")

    def _reason(self, error):
        if "timeout" in type(error).__name__.lower():
            return f"no answer within {self.timeout:g} s"
        if isinstance(error, EOFError):
            return "the server closed the connection before its answer was complete"
        if isinstance(error, ConnectionError) and error.errno:
            return os.strerror(error.errno)
        return getattr(error, "strerror", None) or str(error) or type(error).__name__


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
        self.origin = (self.secure, self.host, self.port)
        path = parts.path or "/"
        self.target = quote(f"{path}?{parts.query}" if parts.query else path, safe="/?:@!$&'()*+,;=-._~%[]")
        host = f"[{self.host}]" if ":" in self.host else self.host.encode("idna").decode("ascii")
        self.host_header = host if self.port == (443 if self.secure else 80) else f"{host}:{self.port}"
