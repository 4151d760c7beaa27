"""Decides what a formula shows: what the calculator gives, never a made-up number."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from cjm_sheets.service.a1 import cell_text
from cjm_sheets.service.handing import (
    ERROR_TYPES,
    Place,
    error_value,
    fill,
    set_formulas,
    set_names,
    tab_name,
    with_row_numbers,
    with_said_blanks,
)
from cjm_sheets.service.references import Corner, Reference, rewritten_with, single_reference
from cjm_sheets.service.refusals import Json

if TYPE_CHECKING:
    from cellrune import RangeValue, Workbook

COMMA_LANGUAGES = {
    "af",
    "cs",
    "da",
    "de",
    "es",
    "fi",
    "fr",
    "it",
    "lv",
    "nb",
    "nl",
    "pl",
    "pt",
    "ru",
}
"""Languages that write 1,5 for one and a half: there a comma cannot separate arguments."""

_NOTHING: Json = {"stringValue": ""}
_MISSING = "Formulas are not computed here: install the package cellrune."
_REASONS = {
    "calculation.unsupported_function": "NAME",
    "calculation.unsupported_name": "NAME",
    "calculation.circular_reference": "REF",
}
_PIECE = re.compile(r'"(?:[^"]|"")*"|\'(?:[^\']|\'\')*\'|\{[^}]*\}|(\d),(\d)|[;,]')


@dataclass(frozen=True, slots=True)
class Tab:
    """What the calculator must know of a tab: its rows of ``userEnteredValue`` by column."""

    title: str
    row_count: int
    column_count: int
    rows: Sequence[Mapping[int, Json]]


@dataclass(frozen=True, slots=True)
class Book:
    """What the calculator must know of a spreadsheet.

    ``names`` maps each named range to the reference it stands for, ``language`` is the first
    part of the spreadsheet's locale (``de``), ``today`` a serial day.
    """

    tabs: Sequence[Tab]
    names: Mapping[str, Reference]
    language: str
    today: float


def calculate(book: Book) -> dict[Place, Json]:
    """Return the ExtendedValue of every formula cell, by place; refusals become error values."""
    try:
        from cellrune import CellRuneError, Workbook  # noqa: PLC0415  optional, and slow to load
    except ImportError:
        return {place: error_value("NAME", _MISSING) for place, _ in _formulas(book)}
    workbook = Workbook.create()
    workbook.rename_sheet(workbook.summary()["sheets"][0]["name"], tab_name(0))
    for position in range(1, len(book.tabs)):
        workbook.add_sheet(tab_name(position))
    for position, tab in enumerate(book.tabs):
        fill(workbook, position, tab.rows)
    set_names(workbook, _name_formulas(book))
    texts, results = _readable(book)
    results |= set_formulas(workbook, with_row_numbers(workbook, texts))
    try:
        workbook.calculate(today_serial=book.today)
    except CellRuneError as error:
        return {place: error_value("ERROR", str(error)) for place, _ in _formulas(book)}
    read = {place: _read(workbook, place) for place in texts if place not in results}
    return results | read | dict.fromkeys(_blank_references(book), _NOTHING)


def _blank_references(book: Book) -> Iterator[Place]:
    """Yield the formulas that only name an empty cell: Sheets shows nothing, calculators a 0."""
    positions = {tab.title.casefold(): position for position, tab in enumerate(book.tabs)}
    for place, formula in _formulas(book):
        reference = single_reference(formula)
        if reference is None:
            continue
        title = reference.title
        home = place[0] if title is None else positions.get(title.casefold())
        row, column = reference.start.row, reference.start.column
        if home is None or row is None or column is None:
            continue
        rows = book.tabs[home].rows
        if row >= len(rows) or column not in rows[row]:
            yield place


def _readable(book: Book) -> tuple[dict[Place, str], dict[Place, Json]]:
    """Return (formulas as the calculator reads them, error values of those it cannot)."""
    texts: dict[Place, str] = {}
    refused: dict[Place, Json] = {}
    translators = [_translator(position, book) for position in range(len(book.tabs))]
    for place, formula in _formulas(book):
        try:
            texts[place] = translators[place[0]](formula)
        except SyntaxError as error:
            refused[place] = error_value("ERROR", f"Formula parse error: {error}")
    return texts, refused


def _formulas(book: Book) -> Iterator[tuple[Place, str]]:
    for position, tab in enumerate(book.tabs):
        for row, cells in enumerate(tab.rows):
            for column, value in cells.items():
                if "formulaValue" in value:
                    yield (position, row, column), value["formulaValue"]


def _name_formulas(book: Book) -> dict[str, str]:
    """Return what each named range means to the calculator; one on no tab is left out."""
    positions = {tab.title.casefold(): position for position, tab in enumerate(book.tabs)}
    found: dict[str, str] = {}
    for name, reference in book.names.items():
        position = positions.get((reference.title or "").casefold())
        if position is not None:
            bounded = _closed(replace(reference, title=tab_name(position)), book.tabs[position])
            found[name] = f"={bounded.text()}"
    return found


def _translator(home: int, book: Book) -> Callable[[str], str]:
    """Return what makes a tab's formulas read as the calculator wants them.

    Commas, closed ranges, its own names of tabs; references are remembered, for rows repeat them.
    """
    positions = {tab.title.casefold(): position for position, tab in enumerate(book.tabs)}
    known: dict[str, str] = {}

    def rewrite(reference: Reference) -> Reference | None:
        if reference.title is None:
            return _closed(reference, book.tabs[home])
        position = positions.get(reference.title.casefold())
        if position is None:
            return None
        return _closed(replace(reference, title=tab_name(position)), book.tabs[position])

    def translated(formula: str) -> str:
        said = with_said_blanks(separated(formula, book.language))
        return rewritten_with(said, rewrite, known)

    return translated


def separated(formula: str, language: str) -> str:
    """Return a formula with comma separators; raises ``SyntaxError`` where the locale has none."""
    decimal_comma = language in COMMA_LANGUAGES

    def piece(match: re.Match[str]) -> str:
        text = match[0]
        if text == ";":
            return ","
        if not decimal_comma or "," not in text or text[0] in "\"'{":
            return text
        if match[1] is None:
            reason = "this locale separates arguments with ;"
            raise SyntaxError(reason)
        return f"{match[1]}.{match[2]}"

    return _PIECE.sub(piece, formula)


def _closed(reference: Reference, tab: Tab) -> Reference:
    """Return a range with its open ends at the edges of the grid: ``A2:C`` becomes ``A2:C1000``."""
    if reference.end is None:
        return reference
    start, end = reference.start, reference.end
    last_row, last_column = tab.row_count - 1, tab.column_count - 1
    if start.row is None or end.row is None:
        first = start.row if start.row is not None else (end.row or 0)
        start, end = _at(start, row=first), _at(end, row=max(last_row, first))
    if start.column is None or end.column is None:
        first = start.column if start.column is not None else (end.column or 0)
        start, end = _at(start, column=first), _at(end, column=max(last_column, first))
    return replace(reference, start=start, end=end)


def _at(corner: Corner, row: int | None = None, column: int | None = None) -> Corner:
    return replace(
        corner,
        row=corner.row if row is None else row,
        column=corner.column if column is None else column,
    )


def _read(workbook: "Workbook", place: Place) -> Json:
    address = cell_text(place[1], place[2])
    return _extended(workbook.read_values(tab_name(place[0]), address, address)[0][0])


def _extended(value: "RangeValue") -> Json:
    """Return a calculator's value as an ExtendedValue."""
    match value["kind"]:
        case "number":
            return {"numberValue": value["value"]}
        case "text":
            return {"stringValue": value["value"]}
        case "logical":
            return {"boolValue": value["value"]}
        case "blank":
            return _NOTHING
        case _:
            return _refusal(value)


def _refusal(value: "RangeValue") -> Json:
    """Return the error value of an error, or of a formula the calculator could not work out."""
    if value["kind"] == "error":
        kind = ERROR_TYPES.get(value["value"], "ERROR")
        return error_value(kind, f"The formula gives {value['value']}")
    if value["kind"] == "unavailable":
        kind = _REASONS.get(value["code"], "ERROR")
        detail = f": {value['detail']}" if value["detail"] else ""
        return error_value(kind, f"{value['message']}{detail}")
    return error_value("ERROR", "The calculator has no value for this formula")
