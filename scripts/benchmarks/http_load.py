"""Decides how a client loads a server for a measurement: kept connections, as cheap as can be."""

import asyncio
import json
import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

TOKEN = "load"  # noqa: S105 - of a service that lives as long as a measurement


@dataclass(frozen=True)
class Asked:
    """One HTTP request, as it travels."""

    verb: str
    path: str
    body: bytes = b""

    def bytes(self) -> bytes:
        """Return the request line, the headers and the body."""
        return (
            f"{self.verb} {self.path} HTTP/1.1\r\nHost: 127.0.0.1\r\n"
            f"Authorization: Bearer {TOKEN}\r\nContent-Type: application/json\r\n"
            f"Content-Length: {len(self.body)}\r\n\r\n"
        ).encode() + self.body


class Connection(asyncio.Protocol):
    """A kept connection that sends one request after the other; it costs as little as can be."""

    def __init__(self) -> None:
        self._buffer = b""
        self._answer: asyncio.Future[tuple[int, bytes]] | None = None
        self._transport: asyncio.Transport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Keep what to write to."""
        assert isinstance(transport, asyncio.Transport)  # noqa: S101 - asyncio's own promise
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        """Wake the request that waits, once its answer is whole."""
        self._buffer += data
        head, mark, rest = self._buffer.partition(b"\r\n\r\n")
        if not mark or self._answer is None:
            return
        length = int(head.lower().partition(b"content-length: ")[2].partition(b"\r\n")[0] or b"0")
        if len(rest) >= length:
            self._buffer = b""
            self._answer.set_result((int(head[9:12]), rest))

    async def ask(self, request: bytes) -> bytes:
        """Return the body of the answer; OSError if it is no success."""
        assert self._transport is not None  # noqa: S101 - it is connected
        self._answer = asyncio.get_running_loop().create_future()
        self._transport.write(request)
        status, body = await self._answer
        if status >= 400:  # noqa: PLR2004 - HTTP's own line
            raise OSError(body.decode())
        return body

    def close(self) -> None:
        """Hang up."""
        assert self._transport is not None  # noqa: S101 - it is connected
        self._transport.close()


async def connected(url: str) -> Connection:
    """Return a new connection to a server."""
    place = urlsplit(url)
    loop = asyncio.get_running_loop()
    _, protocol = await loop.create_connection(Connection, "127.0.0.1", place.port or 0)
    return protocol


async def ask(url: str, request: Asked) -> Any:  # noqa: ANN401 - JSON
    """Return the JSON of one answer."""
    connection = await connected(url)
    answer = json.loads(await connection.ask(request.bytes()))
    connection.close()
    return answer


async def load(url: str, requests: Sequence[Asked], seconds: float) -> list[float]:
    """Return how long each answer took; one client a request, all at once, for some seconds."""
    connections = [await connected(url) for _ in requests]
    times: list[float] = []

    async def client(connection: Connection, request: bytes) -> None:
        await connection.ask(request)
        until = time.perf_counter() + seconds
        while (began := time.perf_counter()) < until:
            await connection.ask(request)
            times.append(time.perf_counter() - began)

    pairs = zip(connections, requests, strict=True)
    await asyncio.gather(*(client(each, asked.bytes()) for each, asked in pairs))
    for connection in connections:
        connection.close()
    return times
