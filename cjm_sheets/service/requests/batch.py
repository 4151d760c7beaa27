"""Decides how a batch runs: in order, on a draft, and all of it or nothing."""

from cjm_sheets.service.following import Following
from cjm_sheets.service.refusals import Json, refuse
from cjm_sheets.service.requests import (
    blocks,
    borders,
    cells,
    charts,
    comments,
    copying,
    cutting,
    decoration,
    dimensions,
    duplication,
    filling,
    filter_views,
    filters,
    groups,
    merges,
    metadata,
    names,
    positions,
    protection,
    searching,
    sheets,
    slicers,
    sorting,
    splitting,
    tables,
    trimming,
)
from cjm_sheets.service.requests.registry import run
from cjm_sheets.service.spreadsheet import Spreadsheet
from cjm_sheets.service.structure import settle
from cjm_sheets.service.tables import settle_headers

FAMILIES = (
    blocks,
    borders,
    cells,
    charts,
    comments,
    copying,
    cutting,
    decoration,
    dimensions,
    duplication,
    filling,
    filter_views,
    filters,
    groups,
    merges,
    metadata,
    names,
    positions,
    protection,
    searching,
    sheets,
    slicers,
    sorting,
    splitting,
    tables,
    trimming,
)
"""The modules whose handlers are registered; importing them is what registers them."""


_PATIENT = {"insertDimension", "deleteDimension", "appendDimension"}
"""Requests that neither read nor copy a formula of a cell: formulas may follow later."""


def run_batch(book: Spreadsheet, requests: list[Json]) -> list[Json]:
    """Carry requests out on a draft; return their replies.

    Raises ``RefusedError`` at the first that is refused; the draft is then to be thrown away.
    """
    if not requests:
        refuse("Must specify at least one request.")
    book.following = Following()
    replies: list[Json] = []
    for position, request in enumerate(requests):
        if not _is_patient(request):
            settle(book)
        replies.append(run(book, request, position))
        settle_headers(book)
    settle(book)
    book.following = None
    return replies


def _is_patient(request: Json) -> bool:
    """Say whether a request does the same before formulas have followed and after."""
    if "updateCells" in request:
        return request["updateCells"].get("fields") in ("userEnteredValue", "*")
    return request.keys() <= _PATIENT
