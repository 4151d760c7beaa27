"""Decides what a drop-down offers: a list of the schema, rows of a table, a rule's values."""

from collections.abc import Iterator

from cjm_sheets.service.page.layout import Column, Tab
from cjm_sheets.service.page.typed import shown_text
from cjm_sheets.service.refusals import Json, RefusedError
from cjm_sheets.service.spreadsheet import Spreadsheet
from cjm_sheets.service.values import box_of
from cjm_sheets.tables import lists, naming
from cjm_sheets.tables.codec import Decoded
from cjm_sheets.templates.content import name_column, picked
from cjm_sheets.usecases.reading import Reading

_MOST = 500


def offered(book: Spreadsheet, read: Reading, tab: Tab, column: Column) -> list[str]:
    """Return what a column offers; an empty list where everything is typed freely."""
    kind = column.spec.kind if column.spec else None
    if kind is not None and kind.name in {"list", "yes_no"}:
        words = [
            naming.word(read.snapshot.language or "en", kind.target, key)
            for key in lists.LISTS[kind.target]
        ]
        return list(dict.fromkeys([*words, *_by_rule(book, tab, column)]))
    if kind is not None and kind.name == "ref":
        decoded = read.decoded.get(kind.target)
        return list(_rows(decoded))[:_MOST] if decoded else []
    return [] if column.is_fixed else _by_rule(book, tab, column)


def _rows(decoded: Decoded) -> Iterator[str]:
    """Yield each row of a table as it is picked: the id, and what it stands for."""
    named = name_column(decoded.table.spec.key)
    known = named is not None and named in decoded.table.by_key
    names = decoded.texts(named) if named and known else ("",) * len(decoded.lines)
    for row_id, name in zip(decoded.texts("id"), names, strict=True):
        if row_id:
            yield picked(row_id, name)


def _by_rule(book: Spreadsheet, tab: Tab, column: Column) -> list[str]:
    """Return the values of the first rule that stands in a column."""
    for row in range(tab.first, len(tab.sheet.rows)):
        rule = tab.sheet.cell(row, column.at).get("dataValidation")
        if rule is not None:
            return _of_condition(book, rule.get("condition", {}))
    return []


def _of_condition(book: Spreadsheet, condition: Json) -> list[str]:
    values = [str(value.get("userEnteredValue", "")) for value in condition.get("values", [])]
    match condition.get("type"):
        case "ONE_OF_LIST":
            return values[:_MOST]
        case "ONE_OF_RANGE" if values:
            return _of_range(book, values[0].removeprefix("="))
        case "BOOLEAN":
            return values or ["TRUE", "FALSE"]
    return []


def _of_range(book: Spreadsheet, text: str) -> list[str]:
    try:
        sheet, box = box_of(book, text.replace("$", ""))
    except RefusedError:
        return []
    cells = (
        shown_text(book, sheet, row, column)
        for row in range(box.top, min(box.bottom, len(sheet.rows)))
        for column in range(box.left, box.right)
    )
    return list(dict.fromkeys(text for text in cells if text))[:_MOST]
