"""Decides how tests get a Redis server: their own, on loopback, which ends with those who asked."""

import os
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass

import pytest
from redis import Redis
from redis.exceptions import ConnectionError as NoConnectionError

from tests.ports import free_port
from tests.programs import redis_server

PASSWORD = "not-a-real-secret"  # noqa: S105 - of a server that lives as long as a test
_TRIES = 5
_WATCHED = '"$@" & server=$!; read _ ; kill $server; wait $server'
"""Ends the server once nobody holds the pipe any more, however the tests came to their end."""


@dataclass(frozen=True)
class Running:
    """A Redis server that runs."""

    port: int

    @property
    def address(self) -> str:
        return f"redis://:{PASSWORD}@127.0.0.1:{self.port}/0"

    @property
    def client(self) -> "Redis":
        return Redis.from_url(self.address, decode_responses=True)

    def empty(self) -> None:
        with self.client as client:
            client.flushall()


@contextmanager
def running_redis() -> Iterator[Running]:
    """Give a Redis server that keeps nothing on the disk."""
    program = redis_server()
    with tempfile.TemporaryDirectory() as folder:
        for _ in range(_TRIES):
            port = free_port()
            process = subprocess.Popen(
                [
                    "/bin/sh", "-c", _WATCHED, "sh", program, "--bind", "127.0.0.1",
                    "--port", str(port), "--save", "", "--appendonly", "no", "--dir", folder,
                    "--requirepass", PASSWORD,
                ],
                stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, env=dict(os.environ),
            )  # fmt: skip
            assert process.stdin is not None
            try:
                if _answers(Running(port)):
                    yield Running(port)
                    return
            finally:
                process.stdin.close()
                process.wait(20)
        pytest.fail("redis-server does not start")


def _answers(server: Running) -> bool:
    """Wait until a server of ours answers."""
    end = time.monotonic() + 20
    while time.monotonic() < end:
        with suppress(NoConnectionError), server.client as client:
            return bool(client.ping())
        time.sleep(0.05)
    return False
