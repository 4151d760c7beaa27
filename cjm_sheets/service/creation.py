"""Decides what a new spreadsheet holds: all that the body of a creation describes, or a refusal."""

from collections.abc import Callable

from cjm_sheets.service.colors import normal
from cjm_sheets.service.ranges_within import each_range
from cjm_sheets.service.refusals import Json, RefusedError, refuse_unsupported
from cjm_sheets.service.requests.batch import run_batch
from cjm_sheets.service.requests.cell_data import checked_cell
from cjm_sheets.service.requests.sheets import made_sheet
from cjm_sheets.service.sheet import Sheet
from cjm_sheets.service.spreadsheet import Spreadsheet, new_properties

_PARTS = {"properties", "sheets", "namedRanges", "developerMetadata"}
_READ_ONLY = {"spreadsheetId", "spreadsheetUrl"}
_Request = Callable[[Json], Json]
_AS_REQUESTS: dict[str, _Request] = {
    "merges": lambda item: {"mergeCells": {"range": item, "mergeType": "MERGE_ALL"}},
    "conditionalFormats": lambda item: {"addConditionalFormatRule": {"rule": item}},
    "protectedRanges": lambda item: {"addProtectedRange": {"protectedRange": item}},
    "bandedRanges": lambda item: {"addBanding": {"bandedRange": item}},
    "charts": lambda item: {"addChart": {"chart": item}},
    "filterViews": lambda item: {"addFilterView": {"filter": item}},
    "slicers": lambda item: {"addSlicer": {"slicer": item}},
    "tables": lambda item: {"addTable": {"table": item}},
    "rowGroups": lambda item: {"addDimensionGroup": {"range": item["range"]}},
    "columnGroups": lambda item: {"addDimensionGroup": {"range": item["range"]}},
}
"""How the objects of a sheet in a creation are added: as the requests that do the same."""


def empty_spreadsheet(title: str) -> Spreadsheet:
    """Return a spreadsheet with one empty tab, id 0, as Google makes it; it has no id yet."""
    book = Spreadsheet("", new_properties(title))
    book.sheets.append(made_sheet(book, {"sheetId": 0, "title": "Sheet1"}))
    return book


def created(body: Json) -> Spreadsheet:
    """Return the spreadsheet that a Spreadsheet of the API describes; it has no id yet.

    Raises ``RefusedError`` for anything in it that would not be there afterwards.
    """
    for name in body.keys() - _PARTS - _READ_ONLY:
        refuse_unsupported(f"{name} in a creation")
    given = body.get("properties", {})
    title = given.get("title") or "Untitled spreadsheet"
    book = empty_spreadsheet(title)
    book.properties = book.properties | normal(given) | {"title": title}
    sources = body.get("sheets", [])
    if sources:
        book.sheets = []
        for source in sorted(sources, key=lambda s: s.get("properties", {}).get("index", 0)):
            book.sheets.append(_filled(book, source))
    book.check_size()
    requests = _requests(book, sources, body)
    if requests:
        _run(book, requests)
    return book


def _run(book: Spreadsheet, requests: list[Json]) -> None:
    try:
        run_batch(book, requests)
    except RefusedError as error:
        sentence = "Invalid spreadsheet"
        raise error.within(sentence) from error


def _filled(book: Spreadsheet, source: Json) -> Sheet:
    """Return a tab with its properties, its cells and the sizes of its rows and columns."""
    sheet = made_sheet(book, source.get("properties", {}))
    for data in source.get("data", []):
        top, left = data.get("startRow", 0), data.get("startColumn", 0)
        for offset, row in enumerate(data.get("rowData", [])):
            cells = dict(sheet.row(top + offset))
            for at, cell in enumerate(row.get("values", [])):
                cells[left + at] = checked_cell(cell)
            sheet.put_row(top + offset, cells)
        _set_axis(sheet, "ROWS", top, data.get("rowMetadata", []))
        _set_axis(sheet, "COLUMNS", left, data.get("columnMetadata", []))
    columns = max((max(row) + 1 for row in sheet.rows if row), default=1)
    sheet.resize("ROWS", max(sheet.row_count, len(sheet.rows)))
    sheet.resize("COLUMNS", max(sheet.column_count, columns))
    return sheet


def _set_axis(sheet: Sheet, dimension: str, start: int, lines: list[Json]) -> None:
    for offset, line in enumerate(lines):
        kept = {name: part for name, part in line.items() if part and name != "developerMetadata"}
        if kept:
            sheet.axes[dimension][start + offset] = kept


def _requests(book: Spreadsheet, sources: list[Json], body: Json) -> list[Json]:
    """Return the requests that add everything a creation holds beside cells."""
    requests: list[Json] = [
        {"addNamedRange": {"namedRange": named}} for named in body.get("namedRanges", [])
    ]
    requests += _metadata(body.get("developerMetadata", []), {"spreadsheet": True})
    ordered = sorted(sources, key=lambda s: s.get("properties", {}).get("index", 0))
    for sheet, source in zip(book.sheets, ordered, strict=False):
        requests += _of_sheet(sheet, source)
    return requests


def _of_sheet(sheet: Sheet, source: Json) -> list[Json]:
    requests: list[Json] = []
    for name, part in source.items():
        if name in _AS_REQUESTS:
            items = reversed(part) if name == "conditionalFormats" else part
            requests += [_AS_REQUESTS[name](_homed(item, sheet.id)) for item in items]
        elif name == "basicFilter":
            requests.append({"setBasicFilter": {"filter": _homed(part, sheet.id)}})
        elif name == "developerMetadata":
            requests += _metadata(part, {"sheetId": sheet.id})
        elif name == "data":
            requests += _axis_metadata(sheet, part)
        elif name != "properties" and part:
            refuse_unsupported(f"{name} of a sheet in a creation")
    return requests


def _homed(item: Json, sheet_id: int) -> Json:
    """Return an object whose ranges, where they name no tab, lie on its own."""
    wrapped = {"range": item} if item.keys() & {"startRowIndex", "endRowIndex"} else item
    homed: Json = each_range(wrapped, lambda range_: {"sheetId": sheet_id} | range_)
    return homed["range"] if wrapped is not item else homed


def _metadata(items: list[Json], location: Json) -> list[Json]:
    return [
        {"createDeveloperMetadata": {"developerMetadata": item | {"location": location}}}
        for item in items
    ]


def _axis_metadata(sheet: Sheet, data: list[Json]) -> list[Json]:
    requests: list[Json] = []
    for part in data:
        starts = {"ROWS": part.get("startRow", 0), "COLUMNS": part.get("startColumn", 0)}
        for name, dimension in (("rowMetadata", "ROWS"), ("columnMetadata", "COLUMNS")):
            for at, line in enumerate(part.get(name, []), start=starts[dimension]):
                span = {"startIndex": at, "endIndex": at + 1}
                place = {"sheetId": sheet.id, "dimension": dimension} | span
                requests += _metadata(line.get("developerMetadata", []), {"dimensionRange": place})
    return requests
