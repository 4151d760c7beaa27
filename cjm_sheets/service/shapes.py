"""Decides whether a mask names what is there: in an answer, and in the part that a request sets."""

from collections.abc import Mapping

from cjm_sheets.service.fields import Mask
from cjm_sheets.service.interface import LIST, OBJECT, shape
from cjm_sheets.service.refusals import RefusedError, refuse

_MESSAGE = "Request contains an invalid argument."


def check_answer_mask(mask: Mask, name: str) -> None:
    """Refuse a ``fields`` parameter that names a field which the answer ``name`` does not have."""
    path = _unknown(mask, name)
    if path is None:
        return
    sentence = f"Error expanding 'fields' parameter. Cannot find matching fields for path '{path}'."
    violation = {"field": path, "description": sentence}
    kind = "type.googleapis.com/google.rpc.BadRequest"
    details = [{"@type": kind, "fieldViolations": [violation]}]
    raise RefusedError(_MESSAGE, details=details)


def check_update_mask(mask: Mask, name: str) -> None:
    """Refuse the ``fields`` of a request that name what the object ``name`` does not have."""
    path = _unknown(mask, name)
    if path is not None:
        refuse(f"Invalid field: {path}")


def _unknown(mask: Mask, name: str) -> str | None:
    """Return the first path in a mask that leads nowhere; None where all of them lead somewhere."""
    fields: Mapping[str, str] = shape(name)
    for field, child in mask.items():
        if field not in fields:
            return field
        inner = fields[field].lstrip(LIST)
        if inner.startswith(OBJECT):
            path = _unknown(child, inner.removeprefix(OBJECT))
            if path is not None:
                return f"{field}.{path}"
        elif child and not inner.startswith("{"):
            return f"{field}.{next(iter(child))}"
    return None
