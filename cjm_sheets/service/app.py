"""Decides which address leads to which function; it holds the routes and nothing else."""

import json
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from http import HTTPStatus
from typing import NoReturn, TypeAlias

from anyio import CapacityLimiter, to_thread
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from cjm_sheets.ports.builder import Builder
from cjm_sheets.ports.workbooks import Workbooks
from cjm_sheets.service import controls, sheets_api, values_by_filter
from cjm_sheets.service.calls import Call, Reply
from cjm_sheets.service.drive.routes import PARAMETERS, drive_routes
from cjm_sheets.service.guard import Doors, Guard
from cjm_sheets.service.kinds import Use, use_of
from cjm_sheets.service.page.desk import open_desk
from cjm_sheets.service.page.routes import routes
from cjm_sheets.service.page.visitors import Visitors
from cjm_sheets.service.page.watched import WatchedStore
from cjm_sheets.service.refusals import (
    Json,
    RefusedError,
    internal_error,
    no_spreadsheet,
    refuse_unsupported,
    unknown_parameter,
)
from cjm_sheets.service.trials import NO_TRIALS, Trials, middleware
from cjm_sheets.service.upload_sessions import Uploads

_LOG = logging.getLogger(__name__)

# More threads than these would only take the processor from each other. Those that write wait for
# the disk and for each other; those that read must not wait for them.
_THREADS = {Use.READ: 4, Use.WRITE: 16}

Answer: TypeAlias = Json | Reply | None
Function: TypeAlias = Callable[[Call], Answer]
Endpoint: TypeAlias = Callable[[Request], Awaitable[Response]]


@dataclass(frozen=True, slots=True)
class Equipment:
    """What the service is given: see ``running.Setting``."""

    workbooks: Workbooks | None = None
    builder: Builder | None = None
    trials: Trials = NO_TRIALS


def make_app(
    store: WatchedStore, token: str, doors: Doors | None = None, given: Equipment | None = None
) -> Starlette:
    """Return the ASGI application over a store; every call must carry the token, or a link's.

    ``app.state.desk`` is to be closed when the application is of no use any more.
    """
    with_ = given or Equipment()
    desk = open_desk(store, with_.builder)
    visitors = Visitors(desk.shelf, token)
    app = Starlette(
        routes=[
            *_sheets_routes(),
            *_drive_routes(),
            *routes(),
            *_control_routes(with_.trials),
            *_rest_routes(),
        ],
        middleware=[
            Middleware(Guard, visitors=visitors, doors=doors or Doors()),
            *middleware(with_.trials, store),
            Middleware(GZipMiddleware, minimum_size=1024, compresslevel=5),
        ],
    )
    app.state.store = store
    app.state.workbooks = with_.workbooks
    app.state.uploads = Uploads()
    app.state.desk = desk
    app.state.visitors = visitors
    app.state.threads = {use: CapacityLimiter(most) for use, most in _THREADS.items()}
    return app


_DRIVE = ("/drive/", "/upload/", "/spreadsheets/")
"""Where addresses begin that are refused in the form of Drive."""
_STANDARD = frozenset({"fields", "alt", "key", "prettyPrint", "quotaUser", "$.xgafv", "uploadType"})
_READING = ("majorDimension", "valueRenderOption", "dateTimeRenderOption")
_WRITING = (
    "valueInputOption",
    "includeValuesInResponse",
    "responseValueRenderOption",
    "responseDateTimeRenderOption",
)
_GETTING = ("includeGridData", "excludeTablesInBandedRanges", "commentsViewMode")
_APPENDING = ("insertDataOption", *_WRITING)


def _route(method: str, path: str, function: Function, *query: str) -> Route:
    """Return a route; ``query`` names the parameters it takes beside the standard ones."""
    checked = _of_spreadsheet(function) if "{spreadsheet_id}" in path else function
    return Route(path, _endpoint(checked, _STANDARD | set(query)), methods=[method])


def _of_spreadsheet(function: Function) -> Function:
    """Return a function that refuses what is no spreadsheet before it looks at a call."""

    def checked(call: Call) -> Answer:
        if not call.store.book(call.path["spreadsheet_id"]).sheets:
            raise no_spreadsheet()
        return function(call)

    return checked


def _sheets_routes() -> list[Route]:
    one = "/v4/spreadsheets/{spreadsheet_id}"
    return [
        _route("POST", "/v4/spreadsheets", sheets_api.create),
        _route("POST", f"{one}:batchUpdate", sheets_api.batch_update),
        _route("GET", f"{one}/values:batchGet", sheets_api.values_batch_get, "ranges", *_READING),
        _route("POST", f"{one}/values:batchUpdate", sheets_api.values_batch_update),
        _route("POST", f"{one}/values:batchClear", sheets_api.values_batch_clear),
        _route(
            "POST", f"{one}/values/{{range:path}}:append", sheets_api.values_append, *_APPENDING
        ),
        _route("POST", f"{one}/values/{{range:path}}:clear", sheets_api.values_clear),
        _route("GET", f"{one}/values/{{range:path}}", sheets_api.values_get, *_READING),
        _route("PUT", f"{one}/values/{{range:path}}", sheets_api.values_update, *_WRITING),
        _route("POST", f"{one}/developerMetadata:search", sheets_api.metadata_search),
        _route("GET", f"{one}/developerMetadata/{{metadata_id}}", sheets_api.metadata_get),
        _route("POST", f"{one}/sheets/{{sheet_id}}:copyTo", sheets_api.copy_to),
        _route("POST", f"{one}:getByDataFilter", sheets_api.get_by_data_filter),
        *_by_data_filter(f"{one}/values"),
        _route("GET", one, sheets_api.get, "ranges", *_GETTING),
    ]


def _by_data_filter(values: str) -> list[Route]:
    return [
        _route("POST", f"{values}:batchGetByDataFilter", values_by_filter.batch_get),
        _route("POST", f"{values}:batchUpdateByDataFilter", values_by_filter.batch_update),
        _route("POST", f"{values}:batchClearByDataFilter", values_by_filter.batch_clear),
    ]


def _drive_routes() -> list[Route]:
    return [
        Route(
            route.path,
            _endpoint(route.function, _STANDARD | PARAMETERS, is_upload=route.is_upload),
            methods=[route.verb],
        )
        for route in drive_routes()
    ]


def _control_routes(trials: Trials) -> list[Route]:
    if not trials.is_controlled or trials.faults is None or trials.quota is None:
        return []
    return controls.routes(trials.faults, trials.quota)


def _rest_routes() -> list[Route]:
    methods = ["GET", "POST", "PUT", "PATCH", "DELETE"]
    return [Route("/{path:path}", _endpoint(_unknown, None), methods=methods)]


def _unknown(call: Call) -> Answer:
    refuse_unsupported(f"the address /{call.path['path']} with this method")


def _endpoint(
    function: Function, query: frozenset[str] | None, *, is_upload: bool = False
) -> Endpoint:
    async def endpoint(request: Request) -> Response:
        try:
            _check_query(request, query)
            call = _call(request, await request.body(), is_upload=is_upload)
            threads = request.app.state.threads[use_of(request.method, request.url.path)]
            answer = await to_thread.run_sync(function, call, limiter=threads)
        except RefusedError as error:
            is_drive = request.url.path.startswith(_DRIVE)
            body = error.drive_body() if is_drive else error.body()
            return JSONResponse(body, int(error.code))
        except Exception:  # noqa: BLE001  a fault of ours is logged, and answered as Google does
            _LOG.exception("%s %s failed", request.method, request.url.path)
            return JSONResponse(internal_error().body(), HTTPStatus.INTERNAL_SERVER_ERROR)
        if answer is None:
            return Response(status_code=HTTPStatus.NO_CONTENT)
        if isinstance(answer, Reply):
            return _response(answer)
        return _Answer(answer)

    return endpoint


def _response(reply: Reply) -> Response:
    headers = dict(reply.headers)
    return Response(reply.content, int(reply.status), headers, reply.kind or None)


class _Answer(JSONResponse):
    """An answer in which half of a surrogate pair, which UTF-8 has no form for, is escaped."""

    def render(self, content: object) -> bytes:
        try:
            return super().render(content)
        except UnicodeEncodeError:
            return json.dumps(content, allow_nan=False, separators=(",", ":")).encode("ascii")


def _check_query(request: Request, allowed: frozenset[str] | None) -> None:
    if allowed is None:
        return
    for name in request.query_params:
        if name not in allowed:
            raise unknown_parameter(name)


def _call(request: Request, body: bytes, *, is_upload: bool) -> Call:
    state = request.app.state
    return Call(
        state.store,
        str(request.base_url).rstrip("/"),
        dict(request.path_params),
        request.query_params.multi_items(),
        {} if is_upload else _json_object(body),
        body if is_upload else b"",
        request.headers,
        state.workbooks,
        state.uploads,
    )


def _json_object(body: bytes) -> Json:
    if not body.strip():
        return {}
    try:
        content = json.loads(body, parse_constant=_not_json)
    except ValueError as error:
        message = f"Invalid JSON payload received. {error}"
        raise RefusedError(message) from error
    if not isinstance(content, dict):
        message = "Invalid JSON payload received. An object is needed."
        raise RefusedError(message)
    return content


def _not_json(name: str) -> NoReturn:
    """Refuse NaN and the infinities, which Python would read and JSON does not know."""
    raise ValueError(name)
