"""Decides how the service starts and stops: in this process until a signal, or beside a test."""

import os
import secrets
import signal
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from types import TracebackType
from typing import Self

import uvicorn

from cjm_sheets.ports.workbooks import Workbooks
from cjm_sheets.service.app import make_app
from cjm_sheets.service.store_sqlite import Store

_HOST = "127.0.0.1"
_SIGNALS = (signal.SIGINT, signal.SIGTERM)
_START_SECONDS = 10.0
_STOP_SECONDS = 10.0


def new_token() -> str:
    """Return a random bearer token."""
    return secrets.token_urlsafe(24)


def serve(
    data_dir: Path,
    port: int,
    token: str,
    on_ready: Callable[[str], None] | None = None,
    workbooks: Workbooks | None = None,
) -> None:
    """Run the service on the loopback address until SIGINT or SIGTERM.

    ``port`` 0 picks a free one; ``on_ready`` gets the address once the service listens;
    ``workbooks`` reads and writes workbook files. Raises ``OSError`` when the port is taken or
    another service runs on the folder.
    """
    listener = _listener(port)
    with closing(Store(data_dir)) as store, closing(listener):
        config = _config(store, token, workbooks)
        server = _Server(config, on_ready or (lambda _: None), _address(listener))
        server.run(sockets=[listener])


def _listener(port: int) -> socket.socket:
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    if os.name == "posix":  # on Windows the option would let two programs share one port
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((_HOST, port))
    except OSError:
        listener.close()
        raise
    return listener


def _address(listener: socket.socket) -> str:
    return f"http://{_HOST}:{listener.getsockname()[1]}"


def _config(store: Store, token: str, workbooks: Workbooks | None) -> uvicorn.Config:
    return uvicorn.Config(
        make_app(store, token, workbooks=workbooks),
        log_config=None,
        access_log=False,
        lifespan="off",
        server_header=False,
        timeout_graceful_shutdown=5,
    )


class _Server(uvicorn.Server):
    """A server that says when it listens."""

    def __init__(self, config: uvicorn.Config, on_ready: Callable[[str], None], url: str) -> None:
        super().__init__(config)
        self._on_ready = on_ready
        self._url = url

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Stop on SIGINT and SIGTERM, and then return; uvicorn would raise the signal again."""
        if threading.current_thread() is not threading.main_thread():
            yield
            return
        old = {number: signal.signal(number, self.handle_exit) for number in _SIGNALS}
        try:
            yield
        finally:
            for number, handler in old.items():
                signal.signal(number, handler)

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Start listening, then call ``on_ready``."""
        await super().startup(sockets)
        if self.started:
            self._on_ready(self._url)


class RunningService:
    """The service in a thread of this process, for the length of a ``with`` block.

    ``url`` and ``token`` are known inside the block; the port is closed when it ends.
    """

    def __init__(
        self,
        data_dir: Path,
        token: str | None = None,
        port: int = 0,
        workbooks: Workbooks | None = None,
    ) -> None:
        self.token = token or new_token()
        self._workbooks = workbooks
        self._data_dir = data_dir
        self._port = port
        self._url = ""

    @property
    def url(self) -> str:
        """The address of the service, such as ``http://127.0.0.1:41234``."""
        return self._url

    def __enter__(self) -> Self:
        """Start, and wait until the service listens."""
        self._store = Store(self._data_dir)
        try:
            self._listener = _listener(self._port)
        except OSError:
            self._store.close()
            raise
        ready = threading.Event()
        self._url = _address(self._listener)
        config = _config(self._store, self.token, self._workbooks)
        self._server = _Server(config, lambda _: ready.set(), self._url)
        self._thread = threading.Thread(
            target=self._server.run, kwargs={"sockets": [self._listener]}, daemon=True
        )
        self._thread.start()
        if not ready.wait(_START_SECONDS):
            self._stop()
            message = "The embedded service did not start."
            raise RuntimeError(message)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Stop, and wait until the port is closed."""
        self._stop()

    def _stop(self) -> None:
        self._server.should_exit = True
        self._thread.join(_STOP_SECONDS)
        self._listener.close()
        self._store.close()
