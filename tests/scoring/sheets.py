"""Decides how a test writes tables with their live formulas into a workbook, and reads results."""

import shutil
import subprocess
import tempfile
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import xlsxwriter

from cjm_sheets.tables import calc, formulas, naming, schema, settings, spec
from cjm_sheets.tables.table import Grid, Raw

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


def write(path: Path, rows: Rows, language: str) -> None:
    """Write a workbook with table objects, live formulas and the hidden sheet Calc."""
    with xlsxwriter.Workbook(str(path)) as book:
        for grid in grids(rows, language):
            _write_table(book.add_worksheet(grid.sheet), grid, language)
        _write_calc(book, language)


def _write_table(sheet: Any, grid: Grid, language: str) -> None:
    of = schema.BY_KEY[grid.sheet]
    top = HEADER_LINES.get(of.key, 1) - 1
    size = (top, 0, len(grid.rows) - 1, len(of.columns) - 1)
    columns = [{"header": text} for text in grid.rows[top]]
    sheet.add_table(*size, {"name": of.key, "columns": columns})
    for line, row in enumerate(grid.rows[top + 1 :], start=top + 1):
        for at, (cell, column) in enumerate(zip(row, of.columns, strict=True)):
            if column.computed:
                text = formulas.FORMULAS[of.key][column.key]
                text = formulas.structured(text, of.key, lambda t, c: label(language, t, c))
                sheet.write_formula(line, at, text, None, SENTINEL)
            elif isinstance(cell, date):
                sheet.write_datetime(line, at, cell)
            elif isinstance(cell, str):
                sheet.write_string(line, at, cell)
            elif cell is not None:
                sheet.write(line, at, cell)


def _write_calc(book: Any, language: str) -> None:
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
                    text = formulas.structured(cell, "", lambda t, c: label(language, t, c))
                    sheet.write_formula(line, at, text, None, SENTINEL)
                else:
                    sheet.write(line, at, cell)
            line += 1


_NEVER_ASK = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load"><prop oor:name="OOXMLRecalcMode"
 oor:op="fuse"><value>0</value></prop></item></oor:items>
"""


def recalculated(paths: Sequence[Path]) -> list[Path]:
    """Return copies of workbooks in which LibreOffice computed everything anew."""
    office = shutil.which("soffice")
    assert office is not None
    out = paths[0].parent / "out"
    with tempfile.TemporaryDirectory() as profile:
        user = Path(profile) / "user"
        user.mkdir()
        (user / "registrymodifications.xcu").write_text(_NEVER_ASK, "utf-8")
        command = [office, f"-env:UserInstallation={Path(profile).as_uri()}", "--headless"]
        convert = ["--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir", str(out)]
        subprocess.run(
            [*command, *convert, *map(str, paths)], check=True, capture_output=True, timeout=240
        )
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
