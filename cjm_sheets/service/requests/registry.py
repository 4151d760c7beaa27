"""Decides which handler answers a request of ``batchUpdate``, and which fields it may carry."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

from cjm_sheets.service.interface import shape
from cjm_sheets.service.refusals import Json, refuse, refuse_unsupported, told_of
from cjm_sheets.service.spreadsheet import Spreadsheet

Handler: TypeAlias = Callable[[Spreadsheet, Json], Json]
"""Changes the draft of a spreadsheet as a request asks; returns the reply, ``{}`` where none."""

KNOWN = frozenset(shape("Request"))
"""Every request that Google's interface has."""

ANSWERED = frozenset(shape("Response"))
"""The requests that have a reply of their own; the others are answered with ``{}``."""


@dataclass(frozen=True, slots=True)
class _Entry:
    handler: Handler
    fields: frozenset[str]


_ENTRIES: dict[str, _Entry] = {}


def handles(name: str, *fields: str) -> Callable[[Handler], Handler]:
    """Register a handler for the request ``name``, which may carry the given fields."""

    def register(handler: Handler) -> Handler:
        _ENTRIES[name] = _Entry(handler, frozenset(fields))
        return handler

    return register


def supported() -> frozenset[str]:
    """Return the names of the requests that have a handler."""
    return frozenset(_ENTRIES)


def run(book: Spreadsheet, request: Json, position: int) -> Json:
    """Carry one request out on the draft; return its reply.

    Raises ``RefusedError``, its sentence led by the place: ``Invalid requests[0].addSheet: …``.
    """
    place = f"requests[{position}]"
    if not request:
        refuse(f"Invalid {place}: No request set.")
    name, arguments = next(iter(request.items()))
    entry = _ENTRIES.get(name)
    if entry is None:
        refuse_unsupported(f"the request {name} ({place})")
    for field in arguments.keys() - entry.fields:
        refuse_unsupported(f"the field {field} of the request {name} ({place})")
    with told_of(f"Invalid {place}.{name}"):
        reply = entry.handler(book, arguments)
    book.touch()
    return {name: reply} if name in ANSWERED else {}
