"""Decides which handler answers a request of ``batchUpdate``, and which fields it may carry."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

from cjm_sheets.service.refusals import (
    Json,
    JsonValue,
    RefusedError,
    refuse,
    refuse_unsupported,
    refuse_value,
    unknown_name,
)
from cjm_sheets.service.spreadsheet import Spreadsheet

Handler: TypeAlias = Callable[[Spreadsheet, Json], Json]
"""Changes the draft of a spreadsheet as a request asks; returns the reply, ``{}`` where none."""

KNOWN = frozenset(
    [
        "addBanding",
        "addChart",
        "addCommentReply",
        "addConditionalFormatRule",
        "addDataSource",
        "addDimensionGroup",
        "addFilterView",
        "addNamedRange",
        "addProtectedRange",
        "addSheet",
        "addSlicer",
        "addTable",
        "appendCells",
        "appendDimension",
        "autoFill",
        "autoResizeDimensions",
        "cancelDataSourceRefresh",
        "clearBasicFilter",
        "copyPaste",
        "createDeveloperMetadata",
        "cutPaste",
        "deleteBanding",
        "deleteComment",
        "deleteCommentReply",
        "deleteConditionalFormatRule",
        "deleteDataSource",
        "deleteDeveloperMetadata",
        "deleteDimension",
        "deleteDimensionGroup",
        "deleteDuplicates",
        "deleteEmbeddedObject",
        "deleteFilterView",
        "deleteNamedRange",
        "deleteProtectedRange",
        "deleteRange",
        "deleteSheet",
        "deleteTable",
        "duplicateFilterView",
        "duplicateSheet",
        "findReplace",
        "insertComment",
        "insertDimension",
        "insertRange",
        "mergeCells",
        "moveDimension",
        "pasteData",
        "randomizeRange",
        "refreshDataSource",
        "repeatCell",
        "setBasicFilter",
        "setDataValidation",
        "sortRange",
        "textToColumns",
        "trimWhitespace",
        "unmergeCells",
        "updateBanding",
        "updateBorders",
        "updateCells",
        "updateChartSpec",
        "updateCommentPost",
        "updateConditionalFormatRule",
        "updateDataSource",
        "updateDeveloperMetadata",
        "updateDimensionGroup",
        "updateDimensionProperties",
        "updateEmbeddedObjectBorder",
        "updateEmbeddedObjectPosition",
        "updateFilterView",
        "updateNamedRange",
        "updateProtectedRange",
        "updateSheetProperties",
        "updateSlicerSpec",
        "updateSpreadsheetProperties",
        "updateTable",
    ]
)
"""Every request that Google's interface has (its discovery document, October 2026)."""

ANSWERED = frozenset(
    {
        "addBanding",
        "addChart",
        "addCommentReply",
        "addDataSource",
        "addDimensionGroup",
        "addFilterView",
        "addNamedRange",
        "addProtectedRange",
        "addSheet",
        "addSlicer",
        "addTable",
        "cancelDataSourceRefresh",
        "createDeveloperMetadata",
        "deleteConditionalFormatRule",
        "deleteDeveloperMetadata",
        "deleteDimensionGroup",
        "deleteDuplicates",
        "duplicateFilterView",
        "duplicateSheet",
        "findReplace",
        "insertComment",
        "refreshDataSource",
        "trimWhitespace",
        "updateConditionalFormatRule",
        "updateDataSource",
        "updateDeveloperMetadata",
        "updateEmbeddedObjectPosition",
    }
)
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


def run(book: Spreadsheet, request: JsonValue, position: int) -> Json:
    """Carry one request out on the draft; return its reply.

    Raises ``RefusedError``, its sentence led by the place: ``Invalid requests[0].addSheet: …``.
    """
    place = f"requests[{position}]"
    if not isinstance(request, dict) or len(request) != 1:
        refuse(f"Invalid {place}: exactly one kind of request must be set.")
    name, arguments = next(iter(request.items()))
    if name not in KNOWN:
        raise unknown_name(name, place)
    entry = _ENTRIES.get(name)
    if entry is None:
        refuse_unsupported(f"the request {name} ({place})")
    arguments = arguments or {}
    if not isinstance(arguments, dict):
        refuse_value(f"{place}.{name}", "Map", str(arguments))
    for field in arguments:
        if field not in entry.fields:
            where = f"{place}.{name}"
            raise unknown_name(field, where)
    given = {field: part for field, part in arguments.items() if part is not None}
    try:
        reply = entry.handler(book, given)
    except RefusedError as error:
        sentence = f"Invalid {place}.{name}"
        raise error.within(sentence) from error
    book.touch()
    return {name: reply} if name in ANSWERED else {}
