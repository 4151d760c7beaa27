"""Decides how a test writes tables with their live formulas into a workbook, and reads results."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import xlsxwriter

from cjm_sheets.tables import a1, calc, formulas, naming, schema, settings, spec
from cjm_sheets.tables.table import Grid, Raw
from tests.programs import convert

Rows = Mapping[str, Sequence[Mapping[str, Raw]]]
"""Table key: its rows, each with raw cells by column key."""

SENTINEL = -12345
"""Cached result of every formula: a value that is still there was not recalculated."""

HEADER_LINES = {"Touchpoints": 3, "Evidence": 2}
"""Tables that lie further down; all others have their header in the first line."""

SETTINGS = tuple((offer.key, offer.value) for offer in settings.OFFERS)
"""Keys and first values of all settings."""


def label(language: str, table: str, column: str) -> str:
    """Return a column's header."""
    of = schema.BY_KEY[table]
    return naming.column_label(language, of, of.by_key[column])


def grids(rows: Rows, language: str) -> tuple[Grid, ...]:
    """Return the sheets as a reader gives them."""
    return tuple(_grid(schema.BY_KEY[key], rows.get(key, ()), language) for key in _keys(rows))


def _keys(rows: Rows) -> list[str]:
    """Return the tables of a workbook: those that formulas need, and those with rows."""
    needed = {*formulas.FORMULAS, "Settings", *rows}
    return [table.key for table in schema.TABLES if table.key in needed]


def _grid(of: spec.Table, rows: Sequence[Mapping[str, Raw]], language: str) -> Grid:
    header = tuple(label(language, of.key, column.key) for column in of.columns)
    above = ((None,) * len(header),) * (HEADER_LINES.get(of.key, 1) - 1)
    body = [tuple(row.get(column.key) for column in of.columns) for row in rows or ({},)]
    return Grid(of.key, (*above, header, *body))


Say = Callable[[str, str, int], str]
"""How a canonical formula of a table is written, on a line counted from 0."""


def write(path: Path, rows: Rows, language: str, *, plain: bool = False) -> None:
    """Write a workbook with table objects, live formulas and the hidden sheet Calc.

    `plain` writes them as Google Sheets gets them, but for the commas that a file needs.
    """
    made = grids(rows, language)
    say = _plain(made) if plain else _structured(language)
    with xlsxwriter.Workbook(str(path)) as book:
        for grid in made:
            _write_table(book.add_worksheet(grid.sheet), grid, say)
        _write_calc(book, language, say)


def _structured(language: str) -> Say:
    def say(text: str, table: str, _: int) -> str:
        return formulas.structured(text, table, lambda t, c: label(language, t, c))

    return say


def _plain(made: Sequence[Grid]) -> Say:
    ends = {grid.sheet: len(grid.rows) for grid in made}

    def letter(table: str, key: str) -> str:
        keys = [column.key for column in schema.BY_KEY[table].columns]
        return a1.letters(keys.index(key) + 1)

    def column(table: str, key: str, part: str) -> str:
        head, at = HEADER_LINES.get(table, 1), letter(table, key)
        first = head + (part == "Data")
        last = head if part == "Headers" else ends[table]
        return f"{table}!${at}${first}:${at}${last}" if first < last else f"{table}!${at}${first}"

    def say(text: str, table: str, line: int) -> str:
        own = formulas.plain(text, lambda key: f"${letter(table, key)}{line + 1}", column)
        pieces = own.split('"')
        pieces[::2] = [piece.replace(";", ",") for piece in pieces[::2]]
        return '"'.join(pieces)

    return say


def _write_table(sheet: Any, grid: Grid, say: Say) -> None:
    of = schema.BY_KEY[grid.sheet]
    top = HEADER_LINES.get(of.key, 1) - 1
    size = (top, 0, len(grid.rows) - 1, len(of.columns) - 1)
    columns = [{"header": text} for text in grid.rows[top]]
    sheet.add_table(*size, {"name": of.key, "columns": columns})
    for line, row in enumerate(grid.rows[top + 1 :], start=top + 1):
        for at, (cell, column) in enumerate(zip(row, of.columns, strict=True)):
            if column.computed:
                text = say(formulas.FORMULAS[of.key][column.key], of.key, line)
                sheet.write_formula(line, at, text, None, SENTINEL)
            elif isinstance(cell, date):
                sheet.write_datetime(line, at, cell)
            elif isinstance(cell, str):
                sheet.write_string(line, at, cell)
            elif cell is not None:
                sheet.write(line, at, cell)


def _write_calc(book: Any, language: str, say: Say) -> None:
    sheet, line = book.add_worksheet(calc.SHEET), 0
    names = calc.names(
        lambda name, key: naming.word(language, name, key),
        naming.every_word,
    )
    for named in names:
        wide = max(map(len, named.rows))
        last = f"${'ABC'[wide - 1]}${line + len(named.rows)}"
        area = f"$A${line + 1}" if (wide, len(named.rows)) == (1, 1) else f"$A${line + 1}:{last}"
        book.define_name(named.name, f"={calc.SHEET}!{area}")
        for row in named.rows:
            for at, cell in enumerate(row):
                if isinstance(cell, str) and cell.startswith("="):
                    sheet.write_formula(line, at, say(cell, "", line), None, SENTINEL)
                else:
                    sheet.write(line, at, cell)
            line += 1


def recalculated(paths: Sequence[Path]) -> list[Path]:
    """Return copies of workbooks in which LibreOffice computed everything anew."""
    out = paths[0].parent / "out"
    convert(paths, "xlsx:Calc MS Excel 2007 XML", out)
    return [out / path.name for path in paths]


def results(path: Path) -> dict[str, dict[str, tuple[Any, ...]]]:
    """Return what the computed columns of a workbook show: table key, column key, cells."""
    book = openpyxl.load_workbook(path, data_only=True)
    shown = {}
    for key in formulas.FORMULAS:
        body = list(book[key].iter_rows(values_only=True))[HEADER_LINES.get(key, 1) :]
        cells = dict(
            zip([c.key for c in schema.BY_KEY[key].columns], zip(*body, strict=True), strict=False)
        )
        shown[key] = {column: cells[column] for column in formulas.FORMULAS[key]}
    book.close()
    return shown
