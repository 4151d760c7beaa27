"""Decides what of a spreadsheet goes to the browser: tabs in sight, their columns and rows."""

from dataclasses import dataclass
from hashlib import sha256
from json import dumps
from typing import Any

from cjm_sheets.service.page.layout import Column, Tab, tabs
from cjm_sheets.service.page.offers import offered
from cjm_sheets.service.page.typed import shown_text, typed_text
from cjm_sheets.service.refusals import Json
from cjm_sheets.service.spreadsheet import Spreadsheet
from cjm_sheets.tables.hints import HINTS
from cjm_sheets.templates.layout import width
from cjm_sheets.usecases.reading import Reading
from cjm_sheets.words.labels import hint

_SPARE = 3
"""Blank rows below the last one, to type on."""
_PIXELS = 8
_PLAIN_WIDTH, _LEAST_WIDTH, _MOST_WIDTH = 110, 70, 380


@dataclass(frozen=True, slots=True)
class Moment:
    """A spreadsheet at one version, with the map that it holds."""

    version: int
    book: Spreadsheet
    reading: Reading


def content(moment: Moment) -> list[Json]:
    """Return the tabs for the browser, each with a mark that changes with anything in it."""
    tables = moment.reading.snapshot.tables
    found = [_tab(moment, tab) for tab in tabs(moment.book, tables)]
    return [tab | {"mark": _mark(tab)} for tab in found]


def _mark(tab: Json) -> str:
    text = dumps(tab, ensure_ascii=True, separators=(",", ":"))
    return sha256(text.encode()).hexdigest()[:16]


def _tab(moment: Moment, tab: Tab) -> Json:
    end = min(tab.used + _SPARE, tab.sheet.row_count)
    return {
        "id": tab.sheet.id,
        "title": tab.sheet.title,
        "table": tab.table.spec.key if tab.table else "",
        "columns": [_column(moment, tab, column) for column in tab.columns],
        "rows": [_row(moment.book, tab, row) for row in range(tab.first, end)],
    }


def _column(moment: Moment, tab: Tab, column: Column) -> Json:
    offers = offered(moment.book, moment.reading, tab, column)
    axis = tab.sheet.axes["COLUMNS"].get(column.at, {})
    return {
        "at": column.at,
        "heading": column.heading,
        "kind": column.spec.kind.name if column.spec else "any",
        "fixed": column.is_fixed,
        "needed": bool(column.spec and column.spec.required),
        "hidden": bool(axis.get("hiddenByUser")),
        "width": _width(tab, column, axis),
        "hint": _hint(moment, tab, column),
        "offers": offers,
    }


def _width(tab: Tab, column: Column, axis: Json) -> int:
    if "pixelSize" in axis:
        pixels = int(axis["pixelSize"])
    elif tab.table is not None and column.spec is not None:
        pixels = round(width(tab.table.spec.key, column.spec) * _PIXELS)
    else:
        pixels = _PLAIN_WIDTH
    return max(_LEAST_WIDTH, min(pixels, _MOST_WIDTH))


def _hint(moment: Moment, tab: Tab, column: Column) -> str:
    if tab.table is None or column.spec is None:
        return ""
    place = f"{tab.table.spec.key}.{column.spec.key}"
    language = moment.reading.snapshot.language or "en"
    return hint(language, place, HINTS[place]) if place in HINTS else ""


def _row(book: Spreadsheet, tab: Tab, row: int) -> Json:
    cells = [_cell(book, tab, row, column) for column in tab.columns]
    while cells and cells[-1] == "":
        cells.pop()
    return {"at": row, "id": tab.row_id(row), "cells": cells}


def _cell(book: Spreadsheet, tab: Tab, row: int, column: Column) -> Any:  # noqa: ANN401 - JSON
    """Return a cell: one text where it shows what is typed, else both, with a note if it has one.

    Columns in which nobody types show their results only.
    """
    cell = tab.sheet.cell(row, column.at)
    if not cell:
        return ""
    shown = shown_text(book, tab.sheet, row, column.at)
    typed = shown if column.is_fixed else typed_text(book, cell)
    note = str(cell.get("note", ""))
    if note:
        return [shown, typed, note]
    return shown if shown == typed else [shown, typed]
