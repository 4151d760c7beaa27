"""Decides what a client gets to see of a planned fault: status, headers and body as of Google."""

from http import HTTPStatus

from starlette.responses import HTMLResponse, JSONResponse, Response

from cjm_sheets.service.faults import Broken, Busy, Expired, Fault, Forbidden, FrontEnd, Missing
from cjm_sheets.service.kinds import Api, Use, api_of, use_of
from cjm_sheets.service.quota import exhausted
from cjm_sheets.service.refusals import RefusedError, internal_error, not_found

_PAGE = """<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>Error 502 (Server Error)</title></head>
<body><p><b>502.</b> That is an error.</p><p>The server did not answer in time. Please try again
in 30 seconds.</p></body></html>
"""


_SIGN_IN = {"WWW-Authenticate": 'Bearer realm="local", error="invalid_token"'}


def answer_of(fault: Fault, method: str, path: str) -> Response | None:
    """Return the answer that a fault puts in the place of the real one; None where it does not."""
    if isinstance(fault, Busy):
        return _busy(fault, method, path)
    if isinstance(fault, FrontEnd):
        return HTMLResponse(_PAGE, HTTPStatus.BAD_GATEWAY)
    error = _error_of(fault)
    if error is None:
        return None
    return _refused(error, path, _SIGN_IN if isinstance(fault, Expired) else None)


def _error_of(fault: Fault) -> RefusedError | None:
    match fault:
        case Expired():
            return RefusedError("The access token has expired.", HTTPStatus.UNAUTHORIZED)
        case Forbidden():
            return RefusedError("The caller does not have permission", HTTPStatus.FORBIDDEN)
        case Missing():
            return not_found()
        case Broken(code=HTTPStatus.SERVICE_UNAVAILABLE):
            sentence = "The service is currently unavailable."
            return RefusedError(sentence, HTTPStatus.SERVICE_UNAVAILABLE)
        case Broken():
            return internal_error()
    return None


def failed_edit(message: str) -> Response:
    """Return the answer to a call before which a planned edit could not be carried out."""
    error = RefusedError(f"A planned edit failed: {message}", HTTPStatus.INTERNAL_SERVER_ERROR)
    return _refused(error, "")


def _refused(error: RefusedError, path: str, headers: dict[str, str] | None = None) -> Response:
    body = error.drive_body() if api_of(path) is Api.DRIVE else error.body()
    return JSONResponse(body, int(error.code), headers)


def _busy(fault: Busy, method: str, path: str) -> Response:
    after = {} if fault.retry_after is None else {"Retry-After": str(fault.retry_after)}
    if api_of(path) is Api.DRIVE:
        error = RefusedError("Rate limit exceeded.", HTTPStatus.TOO_MANY_REQUESTS)
        return _refused(error, path, after)
    kind = "reads" if use_of(method, path) is Use.READ else "writes"
    return JSONResponse(exhausted(kind, 60, of_user=True), 429, after)
