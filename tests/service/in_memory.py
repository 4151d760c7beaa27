"""Lets programs speak to the service without a network: its whole application, called in place.

What a client sees is what it would see over HTTP: status, headers, bytes, broken connections.
"""

import asyncio
import io
import threading
from pathlib import Path
from types import TracebackType
from typing import Any, Self
from urllib.parse import unquote, urlsplit

import requests
from requests.adapters import BaseAdapter
from requests.structures import CaseInsensitiveDict
from starlette.types import Message, Scope
from urllib3 import HTTPResponse

from cjm_sheets.adapters.gsheets.transport import Endpoint, Transport
from cjm_sheets.service.app import Equipment, make_app
from cjm_sheets.service.faults import Faults
from cjm_sheets.service.page.watched import WatchedStore
from cjm_sheets.service.quota import Quota
from cjm_sheets.service.trials import Trials

ADDRESS = "http://127.0.0.1"
_PATIENCE = 60.0  # seconds; a call that hangs is a fault of the service


class ServiceInMemory:
    """The service with a store on the disk and no port; its calls run on a thread of its own."""

    def __init__(
        self, folder: Path, faults: Faults | None = None, quota: Quota | None = None
    ) -> None:
        self.store = WatchedStore(folder)
        self.token = "anybody"  # noqa: S105 - nobody else can reach this service
        trials = Trials(faults, quota, hang_up=self._hang_up)
        self.app = make_app(self.store, self.token, given=Equipment(trials=trials))
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._thread.start()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(_PATIENCE)
        self._loop.close()
        self.app.state.desk.close()
        self.store.close()

    def mount(self, transport: Transport) -> Transport:
        """Return a transport that reaches this service."""
        transport.session.mount(ADDRESS, _Wire(self))
        return transport

    @property
    def endpoint(self) -> Endpoint:
        return Endpoint(ADDRESS, self.token)

    def carry(self, asked: requests.PreparedRequest) -> "_Exchange":
        """Let the application answer a request."""
        exchange = _Exchange(asked)
        coroutine = exchange.through(self.app)
        asyncio.run_coroutine_threadsafe(coroutine, self._loop).result(_PATIENCE)
        return exchange

    @staticmethod
    def _hang_up(scope: Scope, _gently: bool) -> None:  # noqa: FBT001 - see HangUp
        scope["exchange"].is_cut = True


class _Exchange:
    """One request and what came back of its answer."""

    def __init__(self, asked: requests.PreparedRequest) -> None:
        self.status = 0
        self.headers: dict[str, str] = {}
        self.content = b""
        self.is_cut = False
        parts = urlsplit(str(asked.url))
        self._body = asked.body.encode() if isinstance(asked.body, str) else asked.body or b""
        headers = {"host": parts.netloc, **{k.lower(): v for k, v in asked.headers.items()}}
        self.scope: Scope = {
            "type": "http",
            "http_version": "1.1",
            "method": asked.method,
            "scheme": "http",
            "path": unquote(parts.path),
            "raw_path": parts.path.encode(),
            "query_string": parts.query.encode(),
            "root_path": "",
            "headers": [(_bytes(name), _bytes(value)) for name, value in headers.items()],
            "client": ("127.0.0.1", 1),
            "server": ("127.0.0.1", 80),
            "exchange": self,
        }

    async def through(self, app: Any) -> None:
        await app(self.scope, self._receive, self._send)

    async def _receive(self) -> Message:
        if self.is_cut:
            return {"type": "http.disconnect"}
        body, self._body = self._body, b""
        return {"type": "http.request", "body": body, "more_body": False}

    async def _send(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.status = message["status"]
            self.headers = {k.decode("latin-1"): v.decode("latin-1") for k, v in message["headers"]}
        else:
            self.content += message.get("body", b"")


class _Wire(BaseAdapter):
    """What a session of requests sends through, in the place of a connection."""

    def __init__(self, service: ServiceInMemory) -> None:
        super().__init__()
        self._service = service

    def send(self, request: requests.PreparedRequest, *_: Any, **__: Any) -> requests.Response:
        exchange = self._service.carry(request)
        if exchange.is_cut:
            broken = requests.exceptions.ChunkedEncodingError if exchange.status else None
            raise (broken or requests.ConnectionError)(request=request)
        return _response(exchange, request)

    def close(self) -> None:
        """Do nothing: there is no connection."""


def _response(exchange: _Exchange, request: requests.PreparedRequest) -> requests.Response:
    answer = requests.Response()
    answer.status_code = exchange.status
    answer.headers = CaseInsensitiveDict(exchange.headers)
    answer.request, answer.url = request, str(request.url)
    answer.encoding = "utf-8"
    answer.raw = HTTPResponse(
        io.BytesIO(exchange.content),
        headers=exchange.headers,
        status=exchange.status,
        preload_content=False,
        decode_content=False,
    )
    return answer


def _bytes(text: str | bytes) -> bytes:
    return text if isinstance(text, bytes) else text.encode("latin-1")
