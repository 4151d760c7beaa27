"""Decides which calls are let in: a known visitor, a host and an origin of our own, JSON only."""

from dataclasses import dataclass, field
from http import HTTPStatus
from urllib.parse import parse_qs, urlsplit

from starlette.datastructures import Headers
from starlette.requests import cookie_parser
from starlette.responses import JSONResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from cjm_sheets.service.page.entry import again, closed, exchanged
from cjm_sheets.service.page.visitors import Visitor, Visitors, file_in
from cjm_sheets.service.refusals import RefusedError, not_found

LOOPBACK = frozenset({"127.0.0.1", "localhost", "[::1]"})
_WITH_BODY = frozenset({"POST", "PUT", "PATCH"})
_UPLOADS = "/upload/drive/"  # files of any type come there; the token is needed as everywhere
_READING = frozenset({"GET", "HEAD"})
_MAX_BODY = 64 * 1024 * 1024
_PROGRAMS = ("/v4", "/drive", "/upload", "/control")
_PAGES = ("/page/", "/spreadsheets/")


@dataclass(frozen=True, slots=True)
class Doors:
    """Under which host names people come in, and whether that is over HTTPS.

    Where ``is_public``, the names of the loopback are for programs on this machine only.
    """

    hosts: frozenset[str] = field(default_factory=frozenset)
    is_secure: bool = False
    is_public: bool = False

    def allow(self, host: str, path: str) -> bool:
        """Tell whether a call may name this host."""
        name = host_name(host)
        here = name in LOOPBACK and (not self.is_public or path.startswith(_PROGRAMS))
        return here or name in self.hosts

    def is_own(self, origin: str, host: str) -> bool:
        """Tell whether an origin is that of our own pages."""
        parts = urlsplit(origin)
        scheme = "https" if self.is_secure and host_name(host) not in LOOPBACK else parts.scheme
        return parts.netloc == host and parts.scheme == scheme


@dataclass(frozen=True, slots=True)
class Guard:
    """Middleware in front of every route."""

    app: ASGIApp
    visitors: Visitors
    doors: Doors = field(default_factory=Doors)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let a call through to the routes, or answer it."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        try:
            answer = self._answer(scope)
        except RefusedError as error:
            known = error.code != HTTPStatus.UNAUTHORIZED
            headers = None if known else {"WWW-Authenticate": "Bearer"}
            answer = JSONResponse(error.body(), int(error.code), headers)
        if answer is not None:
            await answer(scope, receive, send)
            return
        path: str = scope["path"]
        plain = _plain(path)
        if plain != path:
            scope = {**scope, "path": plain, "raw_path": plain.encode()}
        await self.app(scope, _limited(receive), send)

    def _answer(self, scope: Scope) -> Response | None:
        """Return what to answer in the place of the routes; None lets the call through."""
        headers = Headers(scope=scope)
        _check_place(scope, headers, self.doors)
        if not self._is_program(headers):
            answer = self._of_browser(scope, headers)
            if answer is not None:
                return answer
        else:
            scope["visitor"] = Visitor(is_owner=True)
        _check_body(scope, headers)
        return None

    def _is_program(self, headers: Headers) -> bool:
        kind, _, given = headers.get("authorization", "").partition(" ")
        return kind.lower() == "bearer" and self.visitors.knows(given)

    def _of_browser(self, scope: Scope, headers: Headers) -> Response | None:
        """Let a browser in by its cookies, or answer it; a token in its address is exchanged."""
        path: str = scope["path"]
        if path != "/" and not path.startswith(_PAGES):
            raise _unknown()
        is_page = scope["method"] in _READING and not path.startswith("/page/")
        token = parse_qs(scope["query_string"].decode("latin-1")).get("token", [""])[0]
        if token and is_page:
            cookie = self.visitors.cookie_for(token, path)
            if cookie is None:
                return _no_way_in(scope)
            return exchanged(scope, cookie, secure=self.doors.is_secure)
        visitor = self.visitors.by_cookies(_cookies(headers))
        if visitor is None:
            if not is_page:
                raise _unknown()
            return again(scope) or _no_way_in(scope)
        if not _may_see(visitor, path):
            raise not_found()
        if not is_page:
            _check_own_page(scope, headers)
        scope["visitor"] = visitor
        return None


def _may_see(visitor: Visitor, path: str) -> bool:
    """Tell whether an address is open to a visitor; to others a map is one that is not there."""
    if path.startswith("/page/assets/"):
        return True
    file_id = file_in(path)
    return not file_id or visitor.role(file_id) != ""


def _no_way_in(scope: Scope) -> Response:
    if "text/html" in Headers(scope=scope).get("accept", ""):
        return closed(scope)
    raise _unknown()


def _unknown() -> RefusedError:
    message = "The request has no valid token: send Authorization: Bearer TOKEN."
    return RefusedError(message, HTTPStatus.UNAUTHORIZED)


def _cookies(headers: Headers) -> dict[str, str]:
    return cookie_parser("; ".join(headers.getlist("cookie")))


def _plain(path: str) -> str:
    """Return a path as the routes have it: clients write ``/d/`` and ``/d/:batchUpdate``, too."""
    head, colon, verb = path.rpartition("/:")
    joined = f"{head}:{verb}" if colon and verb.isalpha() else path
    return joined.rstrip("/") or "/"


def host_name(host: str) -> str:
    """Return a Host header without its port, in lower case.

    >>> host_name("Sheets.example:8765"), host_name("[::1]")
    ('sheets.example', '[::1]')
    """
    name, mark, port = host.rpartition(":")
    return (name if mark and port.isdigit() else host).lower()


def _check_place(scope: Scope, headers: Headers, doors: Doors) -> None:
    """Refuse a call that names another host or comes from a page of another one."""
    hosts = headers.getlist("host")
    if len(hosts) != 1 or not doors.allow(hosts[0], scope["path"]):
        message = "This service answers only to its own host name."
        raise RefusedError(message, HTTPStatus.FORBIDDEN)
    origin = headers.get("origin")
    if origin is not None and not doors.is_own(origin, hosts[0]):
        message = "This service answers no calls from other web pages."
        raise RefusedError(message, HTTPStatus.FORBIDDEN)


def _check_own_page(scope: Scope, headers: Headers) -> None:
    """Refuse what a page of ours would not send: cookies come along with calls of others, too."""
    site = headers.get("sec-fetch-site", "same-origin")
    is_writing = scope["method"] not in _READING
    if site not in {"same-origin", "none"} or (is_writing and "origin" not in headers):
        message = "This service answers no calls from other web pages."
        raise RefusedError(message, HTTPStatus.FORBIDDEN)


def _check_body(scope: Scope, headers: Headers) -> None:
    if scope["method"] not in _WITH_BODY:
        return
    length = headers.get("content-length", "0")
    has_body = length != "0" or "transfer-encoding" in headers
    kind = headers.get("content-type", "").partition(";")[0].strip().lower()
    if has_body and kind != "application/json" and not scope["path"].startswith(_UPLOADS):
        message = f"Content type {kind or 'missing'}: this service accepts application/json only."
        raise RefusedError(message, HTTPStatus.UNSUPPORTED_MEDIA_TYPE)
    if length.isdigit() and int(length) > _MAX_BODY:
        raise _too_large()


def _too_large() -> RefusedError:
    message = "The request is larger than 64 MB."
    return RefusedError(message, HTTPStatus.REQUEST_ENTITY_TOO_LARGE)


def _limited(receive: Receive) -> Receive:
    """Return a way to receive that refuses a body which grows too large without saying so."""
    size = 0

    async def limited() -> Message:
        nonlocal size
        message = await receive()
        size += len(message.get("body", b""))
        if size > _MAX_BODY:
            raise _too_large()
        return message

    return limited
