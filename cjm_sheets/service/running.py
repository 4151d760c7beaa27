"""Decides how the service starts and stops: in this process until a signal, or beside a test."""

import os
import secrets
import signal
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import TracebackType
from typing import Self

import uvicorn
from starlette.applications import Starlette
from starlette.types import Scope

from cjm_sheets.ports.builder import Builder
from cjm_sheets.ports.workbooks import Workbooks
from cjm_sheets.service.app import Equipment, make_app
from cjm_sheets.service.entrance import Entrance
from cjm_sheets.service.faults import Faults
from cjm_sheets.service.page.desk import Desk
from cjm_sheets.service.page.watched import WatchedStore
from cjm_sheets.service.quota import Quota
from cjm_sheets.service.trials import NO_TRIALS, Trials

_SIGNALS = (signal.SIGINT, signal.SIGTERM)
_START_SECONDS = 10.0
_STOP_SECONDS = 10.0


@dataclass(frozen=True, slots=True)
class Setting:
    """How the service is reached, and what it is given.

    ``workbooks`` reads and writes workbook files as they are; ``builder`` makes a map's own one;
    ``trials`` puts faults and a quota before it.
    """

    entrance: Entrance = field(default_factory=Entrance)
    workbooks: Workbooks | None = None
    builder: Builder | None = None
    trials: Trials = NO_TRIALS


def new_token() -> str:
    """Return a random bearer token."""
    return secrets.token_urlsafe(24)


def serve(
    data_dir: Path,
    port: int,
    token: str,
    on_ready: Callable[[str], None] | None = None,
    setting: Setting | None = None,
) -> None:
    """Run the service, by default on the loopback address, until SIGINT or SIGTERM.

    ``port`` 0 picks a free one; ``on_ready`` gets the address once the service listens. Raises
    ``OSError`` when the port is taken or another service runs on the folder.
    """
    given = setting or Setting()
    listener = _listener(port, given.entrance)
    with closing(listener), closing(WatchedStore(data_dir)) as store:
        server = _server(store, token, given, listener, on_ready or (lambda _: None))
        with closing(server.desk):
            server.run(sockets=[listener])


def _listener(port: int, entrance: Entrance) -> socket.socket:
    family, place = entrance.family(port)
    # Only where the protocol is named does asyncio send small answers at once (TCP_NODELAY).
    listener = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    if os.name == "posix":  # on Windows the option would let two programs share one port
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind(place)
    except OSError:
        listener.close()
        raise
    return listener


def _server(
    store: WatchedStore,
    token: str,
    given: Setting,
    listener: socket.socket,
    on_ready: Callable[[str], None],
) -> "_Server":
    """Return a server over a store that is yet to be run."""
    lines = _Lines()
    trials = replace(given.trials, hang_up=lines.hang_up)
    equipment = Equipment(given.workbooks, given.builder, trials)
    app = make_app(store, token, given.entrance.doors, equipment)
    url = given.entrance.address(listener.getsockname()[1])
    server = lines.server = _Server(_config(app, given.entrance), on_ready, url)
    return server


class _Lines:
    """The open connections of a server; it is known once it is made."""

    server: "_Server"

    def hang_up(self, scope: Scope, gently: bool) -> None:  # noqa: FBT001  see HangUp
        """Close the connection of a call."""
        for connection in list(self.server.server_state.connections):
            transport = connection.transport
            if transport.get_extra_info("peername") == scope["client"]:
                (transport.close if gently else transport.abort)()


def _config(app: Starlette, entrance: Entrance) -> uvicorn.Config:
    return uvicorn.Config(
        app,
        log_config=None,
        access_log=False,
        lifespan="off",
        server_header=False,
        # The same machinery everywhere, whatever else is installed beside uvicorn.
        loop="asyncio",
        http="h11",
        ws="none",
        timeout_graceful_shutdown=5,
        **entrance.settings,
    )


class _Server(uvicorn.Server):
    """A server that says when it listens."""

    def __init__(self, config: uvicorn.Config, on_ready: Callable[[str], None], url: str) -> None:
        super().__init__(config)
        self.desk = _desk_of(config)
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

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """End the streams of open pages, which would not end by themselves, then stop."""
        self.desk.live.close()
        await super().shutdown(sockets)

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Start listening, then call ``on_ready``."""
        await super().startup(sockets)
        if self.started:
            self._on_ready(self._url)


def _desk_of(config: uvicorn.Config) -> Desk:
    app = config.app
    if not isinstance(app, Starlette):
        raise TypeError(app)
    desk: Desk = app.state.desk
    return desk


class RunningService:
    """The service in a thread of this process, for the length of a ``with`` block.

    ``url`` and ``token`` are known inside the block; the port is closed when it ends. ``faults``
    is what is to go wrong, ``quota`` what is counted and limited.
    """

    def __init__(  # noqa: PLR0913  each is a choice of its own
        self,
        data_dir: Path | str,
        token: str | None = None,
        port: int = 0,
        setting: Setting | None = None,
        *,
        faults: Faults | None = None,
        quota: Quota | None = None,
    ) -> None:
        self._setting = setting or Setting()
        if faults is not None or quota is not None:
            self._setting = replace(self._setting, trials=Trials(faults, quota))
        self.token = token or new_token()
        self._data_dir = Path(data_dir)
        self._port = port
        self._url = ""

    @property
    def url(self) -> str:
        """The address of the service, such as ``http://127.0.0.1:41234``."""
        return self._url

    def __enter__(self) -> Self:
        """Start, and wait until the service listens."""
        entrance = self._setting.entrance
        self._store = WatchedStore(self._data_dir)
        try:
            self._listener = _listener(self._port, entrance)
        except OSError:
            self._store.close()
            raise
        ready = threading.Event()
        self._url = entrance.address(self._listener.getsockname()[1])
        self._server = _server(
            self._store, self.token, self._setting, self._listener, lambda _: ready.set()
        )
        self.desk = self._server.desk
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
        self.desk.close()
        self._store.close()
