"""Decides how a call is refused: the code, the status name and the JSON body Google would send."""

from collections.abc import Iterator
from contextlib import contextmanager
from http import HTTPStatus
from typing import Any, NoReturn, TypeAlias

Json: TypeAlias = dict[str, Any]
"""A JSON object."""
JsonValue: TypeAlias = Any
"""JSON of any kind and depth."""

_STATUS = {
    HTTPStatus.BAD_REQUEST: "INVALID_ARGUMENT",
    HTTPStatus.UNAUTHORIZED: "UNAUTHENTICATED",
    HTTPStatus.FORBIDDEN: "PERMISSION_DENIED",
    HTTPStatus.NOT_FOUND: "NOT_FOUND",
    HTTPStatus.METHOD_NOT_ALLOWED: "UNIMPLEMENTED",
    HTTPStatus.NOT_IMPLEMENTED: "UNIMPLEMENTED",
    HTTPStatus.TOO_MANY_REQUESTS: "RESOURCE_EXHAUSTED",
    HTTPStatus.INTERNAL_SERVER_ERROR: "INTERNAL",
    HTTPStatus.SERVICE_UNAVAILABLE: "UNAVAILABLE",
}

_REASONS = {
    HTTPStatus.UNAUTHORIZED: "authError",
    HTTPStatus.FORBIDDEN: "forbidden",
    HTTPStatus.NOT_FOUND: "notFound",
    HTTPStatus.TOO_MANY_REQUESTS: "rateLimitExceeded",
    HTTPStatus.INTERNAL_SERVER_ERROR: "internalError",
    HTTPStatus.NOT_IMPLEMENTED: "notImplemented",
    HTTPStatus.SERVICE_UNAVAILABLE: "backendError",
}


class RefusedError(Exception):
    """A call that is answered with an error; ``code`` is the HTTP status."""

    def __init__(
        self,
        message: str,
        code: HTTPStatus = HTTPStatus.BAD_REQUEST,
        details: list[Json] | None = None,
    ) -> None:
        super().__init__(message)
        self.message = message
        self.code = code
        self.details = details or []

    def within(self, place: str) -> "RefusedError":
        """Return the same refusal, its sentence led by the place in the call that it concerns."""
        return RefusedError(f"{place}: {self.message}", self.code, self.details)

    def body(self) -> Json:
        """Return the body in Google's form: ``{"error": {code, message, status}}``."""
        status = _STATUS.get(self.code, "INVALID_ARGUMENT")
        error: Json = {"code": int(self.code), "message": self.message, "status": status}
        if self.details:
            error["details"] = self.details
        return {"error": error}

    def drive_body(self) -> Json:
        """Return the body in the form of the Drive interface, with a list of reasons."""
        reason = _REASONS.get(self.code, "badRequest")
        entry = {"message": self.message, "domain": "global", "reason": reason}
        return {"error": {"code": int(self.code), "message": self.message, "errors": [entry]}}


@contextmanager
def told_of(place: str) -> Iterator[None]:
    """Lead the sentence of any refusal inside by the place in the call that it concerns."""
    try:
        yield
    except RefusedError as error:
        raise error.within(place) from error


def internal_error() -> RefusedError:
    """Return the answer to a call that failed by a fault of the service itself."""
    return RefusedError("Internal error encountered.", HTTPStatus.INTERNAL_SERVER_ERROR)


def unknown_parameter(name: str) -> RefusedError:
    """Return the refusal of a query parameter that a method does not have."""
    return RefusedError(
        f'Invalid JSON payload received. Unknown name "{name}": Cannot bind query parameter.'
    )


def not_found(what: str = "Requested entity was not found.") -> RefusedError:
    """Return the refusal of an unknown file, sheet or metadata."""
    return RefusedError(what, HTTPStatus.NOT_FOUND)


def no_spreadsheet() -> RefusedError:
    """Return the refusal of a folder where a spreadsheet is needed."""
    return RefusedError("This operation is not supported for this document")


def unknown_name(name: str, place: str) -> RefusedError:
    """Return the refusal of a JSON field that the interface does not have."""
    where = f" at '{place}'" if place else ""
    return RefusedError(
        f'Invalid JSON payload received. Unknown name "{name}"{where}: Cannot find field.'
    )


def no_grid(sheet_id: int) -> RefusedError:
    """Return the refusal of an unknown sheet id."""
    return RefusedError(f"No grid with id: {sheet_id}")


def no_sheet(sheet_id: int) -> RefusedError:
    """Return the refusal of a request about a tab that is not there."""
    return RefusedError(f"No sheet with id: {sheet_id}")


def bad_range(text: str) -> RefusedError:
    """Return the refusal of a range that names nothing."""
    return RefusedError(f"Unable to parse range: {text}")


def exceeds_grid(name: str, rows: int, columns: int) -> RefusedError:
    """Return the refusal of a range outside the grid, in Google's words."""
    return RefusedError(
        f"Range ({name}) exceeds grid limits. Max rows: {rows}, max columns: {columns}"
    )


def outside_requested(name: str, where: str) -> RefusedError:
    """Return the refusal of more values than the range has room for."""
    return RefusedError(f"Requested writing within range [{name}], but tried writing to {where}")


def too_long() -> RefusedError:
    """Return the refusal of a text above the limit of a cell."""
    return RefusedError(
        "Your input contains more than the maximum of 50000 characters in a single cell."
    )


def refuse(message: str, code: HTTPStatus = HTTPStatus.BAD_REQUEST) -> NoReturn:
    """Refuse a call, with the sentence that says why."""
    raise RefusedError(message, code)


def refuse_unsupported(what: str) -> NoReturn:
    """Refuse a thing that Google knows and this service does not, yet: status 501."""
    message = f"The embedded service does not support {what}."
    raise RefusedError(message, HTTPStatus.NOT_IMPLEMENTED)


def refuse_value(field: str, kind: str, value: str) -> NoReturn:
    """Refuse a JSON value of the wrong type, with the field violation Google adds."""
    message = f"Invalid value at '{field}' ({kind}), {value}"
    violation = {"field": field, "description": message}
    detail = {
        "@type": "type.googleapis.com/google.rpc.BadRequest",
        "fieldViolations": [violation],
    }
    raise RefusedError(message, details=[detail])


def too_many_cells(most: int) -> RefusedError:
    """Return the refusal of grids above the limit of a spreadsheet."""
    return RefusedError(
        "This action would increase the number of cells in the workbook above the limit of "
        f"{most} cells."
    )


def too_many_columns(most: int) -> RefusedError:
    """Return the refusal of a grid wider than the limit."""
    return RefusedError(f"A sheet cannot have more than {most} columns.")
