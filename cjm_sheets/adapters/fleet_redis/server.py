"""Decides how a Redis server is asked that many machines share, and what is said if it fails.

A script runs whole or not at all, and nothing else at the same time. An answer may be lost and the
script run once more: all of ours do no harm the second time.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any
from urllib.parse import urlsplit

from redis import Redis
from redis.backoff import ExponentialBackoff
from redis.exceptions import ConnectionError as NoConnectionError
from redis.exceptions import RedisError
from redis.retry import Retry

from cjm_sheets.errors.fleet import NoRedisError

PREFIX = "cjm-sheets:1"
"""Before all our keys; the number counts the ways in which they were ever written."""
_PATIENCE = 5.0  # seconds for an answer
_TRIES = 6  # after the first one, over about five seconds
_DEFAULT_PORT = 6379


class RedisServer:
    """A server at an address such as ``redis://:PASSWORD@HOST:6379/0``; rediss is over TLS.

    Raises:
        NoRedisError: the address is none.
    """

    def __init__(self, address: str) -> None:
        self._place = _place(address)
        try:
            self._client = Redis.from_url(
                address,
                decode_responses=True,
                protocol=2,  # tells plainly that a password is missing
                # Names of files may hold what is no text.
                encoding_errors="surrogateescape",
                socket_timeout=_PATIENCE,
                socket_connect_timeout=_PATIENCE,
                retry=Retry(ExponentialBackoff(cap=2, base=0.1), _TRIES),
            )
        except ValueError as error:
            # What is wrong is not repeated: it may be the password.
            reason = "an address is redis://:PASSWORD@HOST:6379/0"
            raise NoRedisError(self._place, reason) from error

    @contextmanager
    def asking(self) -> Iterator["Redis"]:
        """Give the client; NoRedisError if the server cannot be reached, or does not let us."""
        try:
            yield self._client
        except NoConnectionError as error:
            raise NoRedisError(self._place, _first_line(error) or "no connection") from error
        except RedisError as error:
            raise NoRedisError(self._place, _first_line(error) or type(error).__name__) from error

    def run(self, script: str, keys: Sequence[str], *words: str) -> Any:  # noqa: ANN401 - what it returns
        """Run a script over keys; return its answer, numbers as text."""
        with self.asking() as client:
            return client.register_script(script)(keys=keys, args=words)

    def now(self) -> float:
        """Return the server's time, seconds since 1970: one clock for all machines."""
        with self.asking() as client:
            seconds, millionths = client.time()
            return int(seconds) + int(millionths) / 1e6

    def close(self) -> None:
        """Let go of all connections."""
        self._client.close()


def _place(address: str) -> str:
    """Return what an address may be called before others: without name and password."""
    try:
        parts = urlsplit(address)
        port = parts.port or _DEFAULT_PORT
    except ValueError:
        return "CJM_SHEETS_REDIS"
    return f"{parts.hostname or 'localhost'}:{port}{parts.path}"


def _first_line(error: Exception) -> str:
    return str(error).split("\n", maxsplit=1)[0].strip().rstrip(".")
