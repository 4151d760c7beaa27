"""Decides what the methods answer that read, write and clear values chosen by data filters."""

from cjm_sheets.service.a1 import box_text, column_letters
from cjm_sheets.service.area import Box
from cjm_sheets.service.calls import Call
from cjm_sheets.service.data_filters import selected_cells
from cjm_sheets.service.protecting import editing
from cjm_sheets.service.refusals import Json, outside_requested, told_of
from cjm_sheets.service.sheet import Sheet
from cjm_sheets.service.sheets_api import rendering_of, totals_of, written
from cjm_sheets.service.spreadsheet import Spreadsheet
from cjm_sheets.service.values import Entry, clear_box, entry_of, read_box

_READING = ("majorDimension", "valueRenderOption", "dateTimeRenderOption")


def batch_get(call: Call) -> Json:
    """Return the values that data filters select, each range with the filters that found it."""
    call = call.taking("BatchGetValuesByDataFilterRequest").with_body_in_query(*_READING)
    book = call.store.book(call.path["spreadsheet_id"])
    how = rendering_of(call)
    found = [
        {"valueRange": read_box(book, sheet, box, how), "dataFilters": hits}
        for (sheet, box), hits in selected_cells(book, call.body.get("dataFilters", []))
    ]
    return {"spreadsheetId": book.id} | ({"valueRanges": found} if found else {})


def batch_update(call: Call) -> Json:
    """Write values into every range that a data filter selects, all or nothing."""
    call = call.taking("BatchUpdateValuesByDataFilterRequest")
    option = call.body.get("valueInputOption", "")
    answers: list[Json] = []
    with editing(call) as draft:
        for position, item in enumerate(call.body.get("data", [])):
            with told_of(f"Invalid data[{position}]"):
                answers += _answers(call, draft.book, item, option)
        totals = totals_of(draft.book, answers)
    identity = {"spreadsheetId": call.path["spreadsheet_id"]}
    return identity | totals | ({"responses": answers} if answers else {})


def _answers(call: Call, book: Spreadsheet, item: Json, option: str) -> list[Json]:
    """Write the values of a DataFilterValueRange wherever its filter selects cells."""
    chosen = item.get("dataFilter", {})
    answers: list[Json] = []
    for (sheet, box), _ in selected_cells(book, [chosen]):
        entry = entry_of(item, box_text(sheet.title, box), option)
        _check_room(sheet, box, entry)
        answers.append(_answer(call, book, entry) | {"dataFilter": chosen})
    return answers


def _answer(call: Call, book: Spreadsheet, entry: Entry) -> Json:
    answer = written(call, book, entry)
    return {name: part for name, part in answer.items() if name != "spreadsheetId"}


def _check_room(sheet: Sheet, box: Box, entry: Entry) -> None:
    """Refuse values that reach beyond a selected range, also one of a single cell."""
    lines, longest = len(entry.values), max((len(line) for line in entry.values), default=0)
    height, width = (longest, lines) if entry.by_columns else (lines, longest)
    if height > box.height:
        raise outside_requested(box_text(sheet.title, box), f"row [{box.bottom + 1}]")
    if width > box.width:
        letters = column_letters(box.right)
        raise outside_requested(box_text(sheet.title, box), f"column [{letters}]")


def batch_clear(call: Call) -> Json:
    """Empty every range that data filters select, all or nothing."""
    call = call.taking("BatchClearValuesByDataFilterRequest")
    with editing(call) as draft:
        chosen = selected_cells(draft.book, call.body.get("dataFilters", []))
        cleared = [clear_box(draft.book, sheet, box) for (sheet, box), _ in chosen]
    identity = {"spreadsheetId": call.path["spreadsheet_id"]}
    return identity | ({"clearedRanges": cleared} if cleared else {})
