"""Decides how a batch runs: in order, on a draft, and all of it or nothing."""

from cjm_sheets.service.refusals import Json, JsonValue, refuse
from cjm_sheets.service.requests import (
    blocks,
    cells,
    charts,
    copying,
    decoration,
    dimensions,
    duplication,
    filters,
    groups,
    merges,
    metadata,
    names,
    protection,
    searching,
    sheets,
    sorting,
)
from cjm_sheets.service.requests.registry import run
from cjm_sheets.service.spreadsheet import Spreadsheet

FAMILIES = (
    blocks,
    cells,
    charts,
    copying,
    decoration,
    dimensions,
    duplication,
    filters,
    groups,
    merges,
    metadata,
    names,
    protection,
    searching,
    sheets,
    sorting,
)
"""The modules whose handlers are registered; importing them is what registers them."""


def run_batch(book: Spreadsheet, requests: JsonValue) -> list[Json]:
    """Carry requests out on a draft; return their replies.

    Raises ``RefusedError`` at the first that is refused; the draft is then to be thrown away.
    """
    if not isinstance(requests, list) or not requests:
        refuse("Must specify at least one request.")
    return [run(book, request, position) for position, request in enumerate(requests)]
