"""Decides what each method of the Sheets interface answers."""

from cjm_sheets.service.appending import append
from cjm_sheets.service.calls import Call
from cjm_sheets.service.creation import created
from cjm_sheets.service.data_filters import selected_cells
from cjm_sheets.service.fields import below, select
from cjm_sheets.service.metadata_search import matches
from cjm_sheets.service.protecting import editing
from cjm_sheets.service.refusals import (
    Json,
    no_sheet,
    not_found,
    refuse,
    told_of,
)
from cjm_sheets.service.requests.batch import run_batch
from cjm_sheets.service.requests.duplication import add_copy, copy_title
from cjm_sheets.service.shapes import check_answer_mask
from cjm_sheets.service.spreadsheet import Spreadsheet
from cjm_sheets.service.store_sqlite import Draft
from cjm_sheets.service.values import Entry, Rendering, box_of, clear, entry_of, read, write
from cjm_sheets.service.wire import Cells, Wanted, cells_of, spreadsheet_json, spreadsheet_of


def create(call: Call) -> Json:
    """Make a spreadsheet with all that its body describes: tabs, cells, sizes."""
    call = call.taking("Spreadsheet", "spreadsheet")
    book = created(call.body)
    file = call.store.new_file(book.properties["title"])
    book.id = file["id"]
    call.store.add(Draft(book, file))
    return spreadsheet_json(book, call.page(book.id), call.mask(), [], grid=False)


def get(call: Call) -> Json:
    """Return a spreadsheet; a field mask alone decides on grid data."""
    book = call.store.book(call.path["spreadsheet_id"])
    cells = cells_of(book, call.all("ranges"))
    return spreadsheet_of(book, call.page(book.id), _wanted(call, cells))


def _wanted(call: Call, cells: Cells | None) -> Wanted:
    comments = call.choice("commentsViewMode", *_COMMENTS) not in _WITHOUT_COMMENTS
    bands = not call.flag("excludeTablesInBandedRanges")
    return Wanted(call.mask(), cells, call.flag("includeGridData"), bands, comments)


_WITHOUT_COMMENTS = ("", "COMMENTS_VIEW_MODE_UNSPECIFIED", "COMMENTS_VIEW_MODE_OMITTED")
_COMMENTS = (
    *_WITHOUT_COMMENTS,
    "COMMENTS_VIEW_MODE_DEFAULT_FOR_CURRENT_ACCESS",
    "COMMENTS_VIEW_MODE_INCLUDED",
)
_GETTING = ("includeGridData", "excludeTablesInBandedRanges", "commentsViewMode")


def get_by_data_filter(call: Call) -> Json:
    """Return a spreadsheet with the tabs and cells that data filters find."""
    call = call.taking("GetSpreadsheetByDataFilterRequest").with_body_in_query(*_GETTING)
    book = call.store.book(call.path["spreadsheet_id"])
    filters = call.body.get("dataFilters", [])
    found = [place for place, _ in selected_cells(book, filters)] if filters else None
    return spreadsheet_of(book, call.page(book.id), _wanted(call, found))


def batch_update(call: Call) -> Json:
    """Carry out requests, all or nothing; answer with replies and, if asked, the spreadsheet."""
    call = call.taking("BatchUpdateSpreadsheetRequest")
    mask = call.mask()
    check_answer_mask(call.whole_mask(), "BatchUpdateSpreadsheetResponse")
    inner = None if mask is None else below(mask, "updatedSpreadsheet")
    with editing(call) as draft:
        replies = run_batch(draft.book, call.body.get("requests", []))
        answer: Json = {"spreadsheetId": draft.book.id, "replies": replies}
        if call.body.get("includeSpreadsheetInResponse") and (mask is None or inner is not None):
            ranges = call.body.get("responseRanges", [])
            grid = bool(call.body.get("responseIncludeGridData"))
            page = call.page(draft.book.id)
            whole = spreadsheet_json(draft.book, page, inner, ranges, grid=grid)
            answer["updatedSpreadsheet"] = whole
    selected: Json = select(answer, call.whole_mask())
    return selected


def rendering_of(call: Call) -> Rendering:
    """Return how a caller wants to read values."""
    return Rendering(
        call.choice("valueRenderOption", *_VALUE_OPTIONS),
        call.choice("dateTimeRenderOption", *_DATE_OPTIONS),
        call.choice("majorDimension", "ROWS", "COLUMNS"),
    )


_INPUT_OPTIONS = ("RAW", "USER_ENTERED", "INPUT_VALUE_OPTION_UNSPECIFIED")
_VALUE_OPTIONS = ("FORMATTED_VALUE", "UNFORMATTED_VALUE", "FORMULA")
_DATE_OPTIONS = ("SERIAL_NUMBER", "FORMATTED_STRING")


def values_get(call: Call) -> Json:
    """Return the values of one range."""
    book = call.store.book(call.path["spreadsheet_id"])
    return read(book, call.path["range"], rendering_of(call))


def values_batch_get(call: Call) -> Json:
    """Return the values of several ranges."""
    book = call.store.book(call.path["spreadsheet_id"])
    how = rendering_of(call)
    found = [read(book, text, how) for text in call.all("ranges")]
    return {"spreadsheetId": book.id} | ({"valueRanges": found} if found else {})


def _entry(call: Call) -> Entry:
    body = call.taking("ValueRange", "data").body
    option = call.choice("valueInputOption", "", *_INPUT_OPTIONS)
    return entry_of(body, call.path["range"], option)


def values_update(call: Call) -> Json:
    """Write the values of one range."""
    entry = _entry(call)
    with editing(call) as draft:
        return written(call, draft.book, entry)


def written(call: Call, book: Spreadsheet, entry: Entry) -> Json:
    """Write values; return an UpdateValuesResponse, with what was written if that is asked for."""
    answer = write(book, entry)
    return {"spreadsheetId": book.id} | answer | _read_back(call, book, entry, answer)


_RESPONSE_FIELDS = (
    "includeValuesInResponse",
    "responseValueRenderOption",
    "responseDateTimeRenderOption",
)


def _read_back(call: Call, book: Spreadsheet, entry: Entry, answer: Json) -> Json:
    """Return the written values as ``updatedData``, if the query or the body asks for them."""
    asked = call.with_body_in_query(*_RESPONSE_FIELDS)
    if not asked.flag("includeValuesInResponse"):
        return {}
    how = Rendering(
        asked.choice("responseValueRenderOption", *_VALUE_OPTIONS),
        asked.choice("responseDateTimeRenderOption", *_DATE_OPTIONS),
        "COLUMNS" if entry.by_columns else "ROWS",
    )
    return {"updatedData": read(book, answer["updatedRange"], how)}


def values_append(call: Call) -> Json:
    """Write values after the table that a range touches."""
    entry = _entry(call)
    insert = call.choice("insertDataOption", "OVERWRITE", "INSERT_ROWS") == "INSERT_ROWS"
    with editing(call) as draft:
        answer = append(draft.book, entry, insert_rows=insert)
        own: Json = answer.pop("updates")
        updates = {"spreadsheetId": draft.book.id} | own
        updates |= _read_back(call, draft.book, entry, own)
    return {"spreadsheetId": updates["spreadsheetId"]} | answer | {"updates": updates}


def values_batch_update(call: Call) -> Json:
    """Write the values of several ranges, all or nothing."""
    call = call.taking("BatchUpdateValuesRequest")
    option = call.body.get("valueInputOption", "")
    answers: list[Json] = []
    with editing(call) as draft:
        for position, item in enumerate(call.body.get("data", [])):
            with told_of(f"Invalid data[{position}]"):
                entry = entry_of(item, item.get("range", ""), option)
                answers.append(written(call, draft.book, entry))
        totals = totals_of(draft.book, answers)
    identity = {"spreadsheetId": call.path["spreadsheet_id"]}
    return identity | totals | ({"responses": answers} if answers else {})


def totals_of(book: Spreadsheet, answers: list[Json]) -> Json:
    """Return how many rows, columns, cells and tabs several answers tell of, each once."""
    boxes = [box_of(book, str(answer["updatedRange"]))[1] for answer in answers]
    totals: Json = {
        "totalUpdatedRows": len({(b.sheet, row) for b in boxes for row in range(b.top, b.bottom)}),
        "totalUpdatedColumns": len({(b.sheet, c) for b in boxes for c in range(b.left, b.right)}),
        "totalUpdatedCells": sum(int(answer.get("updatedCells", 0)) for answer in answers),
        "totalUpdatedSheets": len({box.sheet for box in boxes}),
    }
    return {name: number for name, number in totals.items() if number}


def values_clear(call: Call) -> Json:
    """Empty one range."""
    with editing(call) as draft:
        cleared = clear(draft.book, call.path["range"])
    return {"spreadsheetId": draft.book.id, "clearedRange": cleared}


def values_batch_clear(call: Call) -> Json:
    """Empty several ranges, all or nothing."""
    call = call.taking("BatchClearValuesRequest")
    with editing(call) as draft:
        cleared = [clear(draft.book, text) for text in call.body.get("ranges", [])]
    return {"spreadsheetId": draft.book.id, "clearedRanges": cleared}


def copy_to(call: Call) -> Json:
    """Copy a tab into another spreadsheet, or the same; answer with the copy's properties."""
    call = call.taking("CopySheetToAnotherSpreadsheetRequest")
    origin = call.store.book(call.path["spreadsheet_id"])
    source = origin.find(_number(call.path["sheet_id"]))
    if source is None:
        raise no_sheet(_number(call.path["sheet_id"]))
    with call.store.editing(str(call.body.get("destinationSpreadsheetId", ""))) as draft:
        given = {"title": copy_title(draft.book, source)}
        return add_copy(draft.book, (origin, source), given, len(draft.book.sheets))


def _number(text: str) -> int:
    if not text.isdigit():
        refuse(f"Not a number: {text}")
    return int(text)


def metadata_get(call: Call) -> Json:
    """Return one piece of developer metadata."""
    book = call.store.book(call.path["spreadsheet_id"])
    identity = _number(call.path["metadata_id"])
    for item in book.metadata:
        if item["metadataId"] == identity:
            return item
    raise not_found()


def metadata_search(call: Call) -> Json:
    """Return the developer metadata that filters find, each with the filters that found it."""
    call = call.taking("SearchDeveloperMetadataRequest")
    book = call.store.book(call.path["spreadsheet_id"])
    filters = call.body.get("dataFilters", [])
    found: list[Json] = []
    for item in book.metadata:
        hits = [one for one in filters if matches(book, item, one)]
        if hits:
            found.append({"developerMetadata": item, "dataFilters": hits})
    return {"matchedDeveloperMetadata": found} if found else {}
