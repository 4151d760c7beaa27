"""Decides which calls are let in: the right token, a host and an origin of our own, JSON only."""

import hmac
from dataclasses import dataclass, field
from http import HTTPStatus
from urllib.parse import parse_qs, urlsplit

from starlette.datastructures import Headers
from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from cjm_sheets.service.refusals import RefusedError

_LOOPBACK = frozenset({"127.0.0.1", "localhost", "[::1]"})
_WITH_BODY = frozenset({"POST", "PUT", "PATCH"})
_UPLOADS = "/upload/drive/"  # files of any type come there; the token is needed as everywhere
_MAX_BODY = 64 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Guard:
    """Middleware in front of every route; ``hosts`` are allowed beside the loopback names."""

    app: ASGIApp
    token: str
    hosts: frozenset[str] = field(default_factory=frozenset)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let a call through to the routes, or answer it with a refusal."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        refusal = self._refusal(scope)
        if refusal is not None:
            headers = (
                {"WWW-Authenticate": "Bearer"} if refusal.code == HTTPStatus.UNAUTHORIZED else None
            )
            response = JSONResponse(refusal.body(), int(refusal.code), headers)
            await response(scope, receive, send)
            return
        path: str = scope["path"]
        plain = _plain(path)
        if plain != path:
            scope = {**scope, "path": plain, "raw_path": plain.encode()}
        await self.app(scope, receive, send)

    def _refusal(self, scope: Scope) -> RefusedError | None:
        headers = Headers(scope=scope)
        if _host_name(headers.get("host", "")) not in _LOOPBACK | self.hosts:
            message = "This service answers only to its own host name."
            return RefusedError(message, HTTPStatus.FORBIDDEN)
        origin = headers.get("origin")
        if origin is not None and urlsplit(origin).netloc != headers.get("host"):
            message = "This service answers no calls from other web pages."
            return RefusedError(message, HTTPStatus.FORBIDDEN)
        if not self._is_known(scope, headers):
            message = "The request has no valid token: send Authorization: Bearer TOKEN."
            return RefusedError(message, HTTPStatus.UNAUTHORIZED)
        return _body_refusal(scope, headers)

    def _is_known(self, scope: Scope, headers: Headers) -> bool:
        kind, _, given = headers.get("authorization", "").partition(" ")
        if kind.lower() != "bearer":
            given = ""
        path: str = scope["path"]
        if (
            not given
            and scope["method"] == "GET"
            and not path.startswith(("/v4", "/drive", "/upload"))
        ):
            query = parse_qs(scope["query_string"].decode("latin-1"))
            given = query.get("token", [""])[0]
        return hmac.compare_digest(given.encode(), self.token.encode())


def _plain(path: str) -> str:
    """Return a path as the routes have it: clients write ``/d/`` and ``/d/:batchUpdate``, too."""
    head, colon, verb = path.rpartition("/:")
    joined = f"{head}:{verb}" if colon and verb.isalpha() else path
    return joined.rstrip("/") or "/"


def _host_name(host: str) -> str:
    """Return a Host header without its port, in lower case."""
    name, mark, port = host.rpartition(":")
    return (name if mark and port.isdigit() else host).lower()


def _body_refusal(scope: Scope, headers: Headers) -> RefusedError | None:
    if scope["method"] not in _WITH_BODY:
        return None
    length = headers.get("content-length", "0")
    has_body = length != "0" or "transfer-encoding" in headers
    kind = headers.get("content-type", "").partition(";")[0].strip().lower()
    if has_body and kind != "application/json" and not scope["path"].startswith(_UPLOADS):
        message = f"Content type {kind or 'missing'}: this service accepts application/json only."
        return RefusedError(message, HTTPStatus.UNSUPPORTED_MEDIA_TYPE)
    if length.isdigit() and int(length) > _MAX_BODY:
        message = "The request is larger than 64 MB."
        return RefusedError(message, HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
    return None
