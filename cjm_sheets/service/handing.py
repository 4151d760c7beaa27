"""Decides how cells, names and formulas are handed to the calculator: in pieces that it takes.

What the calculator refuses is narrowed down by halves to the cells it refuses. A constant that it
refuses stands there as an error, so that no formula takes the cell for an empty one.
"""

import re
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, TypeAlias

from cjm_sheets.service.a1 import cell_text
from cjm_sheets.service.refusals import Json

if TYPE_CHECKING:
    from cellrune import Workbook, WorkbookChange, WritableCellValue

Place: TypeAlias = tuple[int, int, int]
"""Position of the tab, row, column."""

MOST_EDITS = 50_000
"""Half of what the calculator takes in one batch (100,000 operations)."""

ERROR_TYPES = {
    "#NULL!": "NULL_VALUE",
    "#DIV/0!": "DIVIDE_BY_ZERO",
    "#VALUE!": "VALUE",
    "#REF!": "REF",
    "#NAME?": "NAME",
    "#NUM!": "NUM",
    "#N/A": "N_A",
}
ERROR_TEXTS = {kind: text for text, kind in ERROR_TYPES.items()} | {"ERROR": "#ERROR!"}

_REFUSED: "WritableCellValue" = {"kind": "error", "value": "#VALUE!"}


_ROW_NUMBERS = "Row_numbers"
"""The calculator's own tab in which each line says its number."""

_ROWS = re.compile(
    r'"(?:[^"]|"")*"|\bROW\((?:Tab_\d+!)?\$?[A-Z]+\$?(\d+):\$?[A-Z]+\$?(\d+)\)', re.IGNORECASE
)


def error_value(kind: str, message: str) -> Json:
    """Return the ExtendedValue of an error; ``kind`` is a name of Google's ErrorType."""
    return {"errorValue": {"type": kind, "message": message}}


def tab_name(position: int) -> str:
    """Return the title a tab has in the calculator, safe in any formula."""
    return f"Tab_{position}"


def fill(workbook: "Workbook", position: int, rows: Sequence[Mapping[int, Json]]) -> None:
    """Hand over the constants of a tab, given as ``userEnteredValue`` by column."""
    cells = [
        ((position, row, column), value)
        for row, line in enumerate(rows)
        for column, value in line.items()
        if "formulaValue" not in value
    ]
    changes = [_cell_change(place, _constant(value)) for place, value in cells]
    places = {id(change): place for change, (place, _) in zip(changes, cells, strict=True)}
    for change, _ in _refused(workbook, changes):
        _apply(workbook, [_cell_change(places[id(change)], _REFUSED)])


def set_formulas(workbook: "Workbook", texts: Mapping[Place, str]) -> dict[Place, Json]:
    """Hand over formulas; return the error values of those that are refused."""
    changes = [_formula_change(place, text) for place, text in texts.items()]
    places = {id(change): place for change, place in zip(changes, texts, strict=True)}
    return {
        places[id(change)]: error_value("ERROR", f"Formula parse error: {error}")
        for change, error in _refused(workbook, changes)
    }


def with_row_numbers(workbook: "Workbook", texts: Mapping[Place, str]) -> dict[Place, str]:
    """Return formulas that the calculator takes for what they are: it knows ROW of one cell only.

    Inside SUMPRODUCT the numbers of several rows are read from a tab that has them.
    """
    last = 0

    def numbers(match: re.Match[str]) -> str:
        nonlocal last
        if match[1] is None or match[1] == match[2]:
            return match[0]
        last = max(last, int(match[1]), int(match[2]))
        return f"{_ROW_NUMBERS}!$A${match[1]}:$A${match[2]}"

    made = {
        place: _ROWS.sub(numbers, text) if "SUMPRODUCT(" in text.upper() else text
        for place, text in texts.items()
    }
    if last:
        workbook.add_sheet(_ROW_NUMBERS)
        _refused(workbook, [_number(line) for line in range(1, last + 1)])
    return made


def with_said_blanks(formula: str) -> str:
    """Return a formula in which an outermost IF says that it shows nothing.

    A last argument that is left empty is an empty cell to Sheets, and a 0 to the calculator.

    >>> with_said_blanks('=IF(A1>0,A1,)'), with_said_blanks('=IF(A1,B1,1)+MAX(1,)')
    ('=IF(A1>0,A1,"")', '=IF(A1,B1,1)+MAX(1,)')
    """
    if not (formula[:4].upper() == "=IF(" and formula.endswith(",)")):
        return formula
    depth, texts = 0, formula[4:-1].split('"')
    for piece in texts[::2]:
        for letter in piece:
            depth += (letter == "(") - (letter == ")")
            if depth < 0:
                return formula
    return f'{formula[:-1]}"")'


def _number(line: int) -> "WorkbookChange":
    value: WritableCellValue = {"kind": "number", "value": float(line)}
    return {"kind": "set_value", "sheet": _ROW_NUMBERS, "address": f"A{line}", "value": value}


def set_names(workbook: "Workbook", formulas: Mapping[str, str]) -> None:
    """Define names; one that is refused stays unknown, so that its formulas show #NAME?."""
    changes: list[WorkbookChange] = [
        {"kind": "set_defined_name", "name": name, "formula": formula, "hidden": False}
        for name, formula in formulas.items()
    ]
    _refused(workbook, changes)


def _refused(
    workbook: "Workbook", changes: Sequence["WorkbookChange"]
) -> list[tuple["WorkbookChange", Exception]]:
    """Apply changes in pieces; return (change, error) of each that is refused by itself."""
    from cellrune import CellRuneError  # noqa: PLC0415  only reached when it is there

    refused: list[tuple[WorkbookChange, Exception]] = []
    waiting = [changes[at : at + MOST_EDITS] for at in range(0, len(changes), MOST_EDITS)]
    while waiting:
        piece = waiting.pop()
        try:
            _apply(workbook, piece)
        except CellRuneError as error:
            if len(piece) == 1:
                refused.append((piece[0], error))
                continue
            middle = len(piece) // 2
            waiting += [piece[middle:], piece[:middle]]
    return refused


def _apply(workbook: "Workbook", changes: Sequence["WorkbookChange"]) -> None:
    workbook.apply_changes(workbook.summary()["semantic_revision"], changes)


def _formula_change(place: Place, text: str) -> "WorkbookChange":
    address = cell_text(place[1], place[2])
    return {
        "kind": "set_formula",
        "sheet": tab_name(place[0]),
        "address": address,
        "formula": text,
    }


def _cell_change(place: Place, value: "WritableCellValue") -> "WorkbookChange":
    address = cell_text(place[1], place[2])
    return {
        "kind": "set_value",
        "sheet": tab_name(place[0]),
        "address": address,
        "value": value,
    }


def _constant(value: Json) -> "WritableCellValue":
    if "numberValue" in value:
        try:
            return {"kind": "number", "value": float(value["numberValue"])}
        except OverflowError:
            return {"kind": "error", "value": "#NUM!"}
    if "boolValue" in value:
        return {"kind": "logical", "value": value["boolValue"]}
    if "stringValue" in value:
        return {"kind": "text", "value": value["stringValue"]}
    if "errorValue" in value:
        text = ERROR_TEXTS.get(value["errorValue"]["type"], "#VALUE!")
        return {"kind": "error", "value": text if text in ERROR_TYPES else "#VALUE!"}
    return {"kind": "blank"}
