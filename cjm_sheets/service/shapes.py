"""Decides which field names exist where: in answers, and in the masks of requests."""

from collections.abc import Iterable, Mapping
from typing import TypeAlias

from cjm_sheets.service.fields import Mask
from cjm_sheets.service.refusals import Json, refuse, unknown_name

Shape: TypeAlias = Mapping[str, "Shape | None"]
"""Names and what lies below them; None means that anything may."""


def _leaves(names: str) -> dict[str, Shape | None]:
    return dict.fromkeys(names.split())


GRID_PROPERTIES: Shape = _leaves(
    "rowCount columnCount frozenRowCount frozenColumnCount hideGridlines"
    " rowGroupControlAfter columnGroupControlAfter"
)
SHEET_PROPERTIES: Shape = _leaves(
    "sheetId title index sheetType hidden tabColor tabColorStyle rightToLeft"
) | {"gridProperties": GRID_PROPERTIES}
SPREADSHEET_PROPERTIES: Shape = _leaves(
    "title locale autoRecalc timeZone defaultFormat iterativeCalculationSettings spreadsheetTheme"
    " importFunctionsExternalUrlAccessAllowed"
)
DIMENSION_PROPERTIES: Shape = _leaves("pixelSize hiddenByUser hiddenByFilter developerMetadata")
CELL: Shape = _leaves(
    "userEnteredValue effectiveValue formattedValue userEnteredFormat effectiveFormat hyperlink"
    " note textFormatRuns chipRuns dataValidation pivotTable dataSourceTable dataSourceFormula"
)
_DATA: Shape = _leaves("startRow startColumn") | {
    "rowData": {"values": CELL},
    "rowMetadata": DIMENSION_PROPERTIES,
    "columnMetadata": DIMENSION_PROPERTIES,
}
_SHEET: Shape = _leaves(
    "merges conditionalFormats filterViews protectedRanges basicFilter charts bandedRanges"
    " developerMetadata rowGroups columnGroups slicers tables commentAnchors"
) | {"properties": SHEET_PROPERTIES, "data": _DATA}
SPREADSHEET: Shape = _leaves(
    "spreadsheetId namedRanges spreadsheetUrl developerMetadata dataSources dataSourceSchedules"
    " comments commentsViewMode"
) | {"properties": SPREADSHEET_PROPERTIES, "sheets": _SHEET}
BATCH_ANSWER: Shape = _leaves("spreadsheetId replies") | {"updatedSpreadsheet": SPREADSHEET}


def check_mask(mask: Mask, shape: Shape, path: str = "") -> None:
    """Refuse a mask that names a field which does not exist; such a slip must not pass unseen."""
    for name, child in mask.items():
        here = f"{path}.{name}" if path else name
        if name not in shape:
            refuse(f"Error expanding 'fields': cannot find matching fields for path '{here}'.")
        inner = shape[name]
        if inner is not None:
            check_mask(child, inner, here)


def check_names(given: Json, names: Iterable[str], place: str) -> None:
    """Refuse an object with a field that does not exist."""
    allowed = set(names)
    for name in given:
        if name not in allowed:
            raise unknown_name(name, place)
