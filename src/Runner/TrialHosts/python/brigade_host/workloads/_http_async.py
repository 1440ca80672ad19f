"""A small HTTP/1.1 client over asyncio's streams, as asyncio has none: keep-alive, length, chunked and until-close bodies."""

import asyncio

from .. import network


class Connection:
    """One kept-alive connection, for one exchange at a time; opens by itself. Malformed answers raise ``ConnectionError``."""

    def __init__(self, tls_context):
        self._tls_context = tls_context
        self._url = None
        self._reader = self._writer = None
        self.answered = False  # whether the answer of the exchange has begun

    @property
    def is_open(self):
        return self._writer is not None

    def aim_at(self, url):
        """From now on exchanges go to this address; a connection to another server is closed."""
        if self._url is not None and self._url.origin != url.origin:
            self.close()
        self._url = url

    async def exchange(self, head, content, method):
        """Sends a request; returns the status and the number of bytes of the body."""
        self.answered = False
        if not self.is_open:
            await self._open()
        self._writer.write(head + content)
        await self._writer.drain()
        status, version, headers = await self._read_head()
        length, ended_by_close = (0, False) if method == "HEAD" else await self._read_body(status, headers)
        tokens = headers.get("connection", "").lower()
        if ended_by_close or "close" in tokens or (version == "HTTP/1.0" and "keep-alive" not in tokens):
            self.close()
        return status, length

    def close(self):
        if self._writer is not None:
            self._writer.close()
        self._reader = self._writer = None

    async def _open(self):
        url = self._url
        context = self._tls_context() if url.secure else None
        if network.guard is None:
            self._reader, self._writer = await asyncio.open_connection(url.host, url.port, ssl=context)
            return
        problem = None
        for address in await network.guard.addresses(url.host, url.port):
            try:
                self._reader, self._writer = await asyncio.open_connection(address, url.port, ssl=context, server_hostname=url.host if context else None)
                return
            except OSError as error:
                problem = error
        raise problem

    async def _read_head(self):
        while True:
            status_line = (await self._read_line()).split(None, 2)
            self.answered = True
            if len(status_line) < 2 or not status_line[0].startswith("HTTP/1.") or not status_line[1].isdigit():
                raise ConnectionError("the answer does not start with an HTTP/1 status line")
            headers = {}
            while True:
                line = await self._read_line()
                if not line:
                    break
                name, _, value = line.partition(":")
                headers[name.strip().lower()] = value.strip()
            status = int(status_line[1])
            if status >= 200:  # those below announce the answer
                return status, status_line[0], headers

    async def _read_body(self, status, headers):
        """Returns the body's length, and whether only the end of the connection ended it."""
        if status in (204, 304):
            return 0, False
        if headers.get("transfer-encoding", "").lower() == "chunked":
            return await self._read_chunks(), False
        if "content-length" in headers:
            length = int(headers["content-length"])
            await self._skip(length)
            return length, False
        length = 0
        while True:
            piece = await self._reader.read(1 << 16)
            if not piece:
                return length, True
            length += len(piece)

    async def _read_chunks(self):
        total = 0
        while True:
            size = int((await self._read_line()).partition(";")[0], 16)
            if size == 0:
                while await self._read_line():
                    pass  # trailers
                return total
            await self._skip(size)
            await self._read_line()
            total += size

    async def _skip(self, length):
        while length > 0:
            piece = await self._reader.read(min(length, 1 << 16))
            if not piece:
                raise ConnectionError("the connection ended within the body")
            length -= len(piece)

    async def _read_line(self):
        return (await self._reader.readuntil(b"\n")).decode("latin-1").rstrip("\r\n")
