"""Decides which address of the page leads where, and what somebody must be to get there."""

import json
import logging
from collections.abc import Awaitable, Callable
from http import HTTPStatus
from typing import TypeAlias

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import (
    FileResponse,
    HTMLResponse,
    JSONResponse,
    Response,
    StreamingResponse,
)
from starlette.routing import Route

from cjm_sheets.service.page import calls, links, package_files
from cjm_sheets.service.page.actor import actor
from cjm_sheets.service.page.calls import Asked
from cjm_sheets.service.page.desk import Desk
from cjm_sheets.service.page.document import list_page, map_page
from cjm_sheets.service.page.frame import Look
from cjm_sheets.service.page.headers import SAFE, nonce, page_headers
from cjm_sheets.service.page.tongue import language_of
from cjm_sheets.service.page.visitors import OWNER, Visitor, Visitors
from cjm_sheets.service.refusals import Json, RefusedError, internal_error, not_found, refuse
from cjm_sheets.service.store_sqlite import SPREADSHEET_TYPE

_LOG = logging.getLogger(__name__)
_MAX_BODY = 8 * 1024 * 1024

Answer: TypeAlias = Json | tuple[str, bytes]
Function: TypeAlias = Callable[[Asked], Answer]
Endpoint: TypeAlias = Callable[[Request], Awaitable[Response]]

_READERS = frozenset({links.READ, links.EDIT, OWNER})
_EDITORS = frozenset({links.EDIT, OWNER})
_OWNERS = frozenset({OWNER})


def routes() -> list[Route]:
    """Return all routes of the page."""
    one = "/page/{file_id}"
    return [
        Route("/", _list),
        Route("/spreadsheets/d/{file_id}", _map),
        Route("/spreadsheets/d/{file_id}/edit", _map),
        Route("/page/assets/grid.js", _grid),
        Route("/page/assets/{name}", _asset),
        Route(f"{one}/events", _events),
        _route("GET", f"{one}/content", calls.content, _READERS),
        _route("GET", f"{one}/map.svg", calls.wall_map, _READERS),
        _route("GET", f"{one}/health", calls.health, _READERS),
        _route("GET", f"{one}/history", calls.told, _READERS),
        _route("GET", f"{one}/download.xlsx", calls.download, _READERS),
        _route("POST", f"{one}/edits", calls.edit, _EDITORS),
        _route("POST", f"{one}/rows", calls.add, _EDITORS),
        _route("POST", f"{one}/rows/delete", calls.delete, _EDITORS),
        _route("GET", f"{one}/links", calls.list_links, _OWNERS),
        _route("POST", f"{one}/links", calls.make_link, _OWNERS),
        _route("POST", f"{one}/links/revoke", calls.revoke_link, _OWNERS),
    ]


def _route(method: str, path: str, function: Function, roles: frozenset[str]) -> Route:
    return Route(path, _endpoint(function, roles), methods=[method])


def _endpoint(function: Function, roles: frozenset[str]) -> Endpoint:
    async def endpoint(request: Request) -> Response:
        try:
            _check_role(request, roles)
            asked = await _asked(request)
            answer = await run_in_threadpool(function, asked)
        except RefusedError as error:
            return JSONResponse(error.body(), int(error.code), SAFE)
        except Exception:  # noqa: BLE001  a fault of ours is logged, and answered with a sentence
            _LOG.exception("%s %s failed", request.method, request.url.path)
            body = internal_error().body()
            return JSONResponse(body, HTTPStatus.INTERNAL_SERVER_ERROR, SAFE)
        if isinstance(answer, tuple):
            return Response(answer[1], media_type=answer[0], headers=_file_headers(request))
        status = HTTPStatus.OK if answer.pop("fits", True) else HTTPStatus.CONFLICT
        text = json.dumps(answer, ensure_ascii=True, separators=(",", ":"))
        return Response(text, status, SAFE, "application/json")

    return endpoint


def _file_headers(request: Request) -> dict[str, str]:
    """Return the headers of a file; one to keep is named by the link that leads to it."""
    keeps = request.url.path.endswith(".xlsx")
    return SAFE | ({"Content-Disposition": "attachment"} if keeps else {})


def _check_role(request: Request, roles: frozenset[str]) -> None:
    """Refuse who may not do this; to somebody without a link a map is one that is not there."""
    role = _visitor(request).role(request.path_params["file_id"])
    if not role:
        raise not_found()
    if role not in roles:
        refuse("Your link does not allow this.", HTTPStatus.FORBIDDEN)


def _visitor(request: Request) -> Visitor:
    found = request.scope.get("visitor")
    return found if isinstance(found, Visitor) else Visitor()


def _desk(request: Request) -> Desk:
    desk: Desk = request.app.state.desk
    return desk


async def _asked(request: Request) -> Asked:
    file_id: str = request.path_params["file_id"]
    body = _json_object(await _body(request))
    typed = body.get("who", "")
    name = typed if isinstance(typed, str) and typed.strip() else _visitor(request).name(file_id)
    window = body.get("window", "")
    who = actor(name, window if isinstance(window, str) else "")
    language = language_of(request.scope)
    return Asked(_desk(request), file_id, who, language, body, dict(request.query_params))


async def _body(request: Request) -> bytes:
    parts, size = [], 0
    async for part in request.stream():
        size += len(part)
        if size > _MAX_BODY:
            refuse("The request is larger than 8 MB.", HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
        parts.append(part)
    return b"".join(parts)


def _json_object(body: bytes) -> Json:
    try:
        content = json.loads(body or b"{}")
    except ValueError as error:
        message = "The request is no JSON."
        raise RefusedError(message) from error
    if not isinstance(content, dict):
        refuse("The request must be a JSON object.")
    return content


async def _list(request: Request) -> Response:
    visitor = _visitor(request)
    files = await run_in_threadpool(_desk(request).store.files)
    mine = [
        file for file in files if file["mimeType"] == SPREADSHEET_TYPE and visitor.role(file["id"])
    ]
    look = Look(language_of(request.scope), nonce(), OWNER if visitor.is_owner else links.READ)
    return _html(list_page(mine, look), look)


async def _map(request: Request) -> Response:
    file_id, visitor = request.path_params["file_id"], _visitor(request)
    role = visitor.role(file_id)
    try:
        if not role:
            raise not_found()
        book = await run_in_threadpool(_desk(request).store.book, file_id)
        language = language_of(request.scope)
        has_grid = package_files.grid() is not None
        look = Look(language, nonce(), role, visitor.name(file_id), has_grid)
        return _html(await run_in_threadpool(map_page, book, look), look)
    except RefusedError as error:
        return JSONResponse(error.body(), int(error.code), SAFE)


def _html(text: str, look: Look) -> Response:
    return HTMLResponse(text.encode(errors="replace"), headers=page_headers(look.nonce))


async def _events(request: Request) -> Response:
    file_id, desk = request.path_params["file_id"], _desk(request)
    try:
        _check_role(request, _READERS)
        await run_in_threadpool(desk.store.file, file_id)
    except RefusedError as error:
        return JSONResponse(error.body(), int(error.code), SAFE)
    if desk.live.is_full:
        return JSONResponse({}, HTTPStatus.SERVICE_UNAVAILABLE, SAFE)
    # Compressed or held back by a proxy, an event would wait for the next one.
    headers = SAFE | {"X-Accel-Buffering": "no", "Content-Encoding": "identity"}
    stream = desk.live.stream(file_id, lambda: _is_still_known(request))
    return StreamingResponse(stream, 200, headers, "text/event-stream")


def _is_still_known(request: Request) -> bool:
    """Tell whether whoever came by a cookie would still be let in."""
    if "authorization" in request.headers:
        return True
    visitors: Visitors = request.app.state.visitors
    visitor = visitors.by_cookies(request.cookies)
    return visitor is not None and visitor.role(request.path_params["file_id"]) != ""


async def _asset(request: Request) -> Response:
    found = package_files.own(request.path_params["name"])
    if found is None:
        return JSONResponse(not_found().body(), HTTPStatus.NOT_FOUND, SAFE)
    kind, content = found
    return Response(content, media_type=kind, headers=SAFE | {"Cache-Control": "no-cache"})


async def _grid(_request: Request) -> Response:
    place = package_files.grid()
    if place is None:
        return JSONResponse(not_found().body(), HTTPStatus.NOT_FOUND, SAFE)
    headers = SAFE | {"Cache-Control": "private, max-age=86400"}
    return FileResponse(place, headers=headers, media_type="text/javascript")
