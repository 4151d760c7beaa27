"""Decides what a cell holds after something was typed into it, or pasted as text."""

from datetime import UTC, date, datetime

from cjm_sheets.service.parsing import Entered, entered
from cjm_sheets.service.refusals import Json, too_long
from cjm_sheets.service.spreadsheet import MAX_TEXT, Spreadsheet

VALUE_PARTS = {"userEnteredValue", "textFormatRuns", "chipRuns"}
"""The parts of a cell that go when another value comes."""


def typed_cell(book: Spreadsheet, cell: Json, text: str) -> Json:
    """Return a cell after a text was typed into it; in a cell for plain text it stays as it is."""
    if len(text) > MAX_TEXT:
        raise too_long()
    number_format = cell.get("userEnteredFormat", {}).get("numberFormat", {})
    if number_format.get("type") == "TEXT":
        return valued_cell(cell, Entered({"stringValue": text}) if text else None)
    return valued_cell(cell, entered(text, book.properties["locale"], _today()))


def valued_cell(cell: Json, found: Entered | None) -> Json:
    """Return a cell with another value; None empties it. A format comes along if none is alike."""
    kept = {name: part for name, part in cell.items() if name not in VALUE_PARTS}
    if found is None:
        return kept
    if found.number_format is not None:
        old = cell.get("userEnteredFormat", {})
        if old.get("numberFormat", {}).get("type") != found.number_format["type"]:
            kept["userEnteredFormat"] = old | {"numberFormat": found.number_format}
    return kept | {"userEnteredValue": found.value}


def _today() -> date:
    return datetime.now(tz=UTC).date()
