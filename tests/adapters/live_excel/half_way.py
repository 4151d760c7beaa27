"""A simulated Excel that refuses one of the calls that change anything; how a book looks.

Each call of the engine that changes anything asks whether it may; so does each switch of it.
"""

import datetime as dt
import os
import tempfile
import traceback
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from openpyxl.cell import Cell
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.cell_range import CellRange

from cjm_sheets.adapters.xlwings_engine.apps import App
from cjm_sheets.adapters.xlwings_engine.books import Book
from cjm_sheets.adapters.xlwings_engine.refusing import (
    EDIT_MODE,
    FAILED,
    RefusedByProgramError,
    gone,
    protected,
)
from cjm_sheets.ports.sheets import SIGNED

SWITCHES = {"screen_updating", "display_alerts", "enable_events", "calculation", "_status"}

Way = Callable[["Halting"], Exception]


@dataclass
class Halting:
    """Counts the changes of one book, and refuses those from number `at` on, `times` of them.

    `way` says how; at 0 none is refused. `refused` are the calls that were.
    """

    book: Any
    at: int = 0
    way: Way | None = None
    times: int = 1
    count: int = 0
    refused: int = 0
    asked: list[str] = field(default_factory=list)

    def ask(self, what: str) -> None:
        """Let a change pass, or refuse it."""
        self.count += 1
        self.asked.append(what)
        if self.way is not None and self.at and self.at <= self.count < self.at + self.times:
            self.refused += 1
            raise self.way(self)


@dataclass
class Forking(Halting):
    """Refuses each of the calls `ats` in a process of its own, which goes on from there.

    So all that came before is done once for all of them. `failed` has what went wrong in one: its
    number, and what it said. `child` tells the process in which a call was refused.
    """

    ats: frozenset[int] = frozenset()
    child: bool = False
    tried: int = 0
    failed: list[tuple[int, str]] = field(default_factory=list)
    told: Any = None

    def ask(self, what: str) -> None:
        """Let a change pass; in another process, refuse it."""
        if self.child or self.count + 1 not in self.ats:
            super().ask(what)
            return
        self.told = tempfile.TemporaryFile("w+")  # noqa: SIM115 - it goes with the process
        process = os.fork()
        if process == 0:
            self.child, self.at = True, self.count + 1
            super().ask(what)
        _, status = os.waitpid(process, 0)
        super().ask(what)
        self.tried += 1
        with self.told:
            if status:
                self.told.seek(0)
                self.failed.append((self.count, self.told.read()))

    def run(self, act: Callable[[], Any], look: Callable[[Any], None]) -> Any:
        """Return what an act gives; where one of its calls was refused, look at that, and end."""
        try:
            given = act()
            if not self.child:
                return given
            look(given)
        except BaseException:
            if not self.child:
                raise
            traceback.print_exc(file=self.told)
            self.told.flush()
            os._exit(1)
        os._exit(0)


def edit_mode(halting: Halting) -> Exception:
    """Somebody types in a cell."""
    del halting
    return RefusedByProgramError(EDIT_MODE, "busy")


def sheet_protected(halting: Halting) -> Exception:
    """The sheet takes no changes."""
    del halting
    return protected()


def only_read(halting: Halting) -> Exception:
    """The file may only be read."""
    del halting
    return RefusedByProgramError(FAILED, "The workbook is read-only.")


def closed(halting: Halting) -> Exception:
    """Somebody closed the workbook."""
    halting.book.impl.close()
    return gone()


def halt(book: Any, halting: Halting, monkeypatch: Any) -> None:
    """Let a book ask before each change."""
    app = book.app.impl
    plain_refuse, plain_set = App.refuse, App.__setattr__

    def refuse(self: App) -> None:
        if self is app:
            halting.ask("change")
        plain_refuse(self)

    def setattr_(self: App, name: str, value: Any) -> None:
        if self is app and name in SWITCHES:
            halting.ask(name)
        plain_set(self, name, value)

    monkeypatch.setattr(App, "refuse", refuse)
    monkeypatch.setattr(App, "__setattr__", setattr_)


def portrait(book: Any) -> dict[str, Any]:
    """Return all that there is to see of a book and of the program, in a form that compares."""
    app, impl = book.app.impl, book.impl
    assert isinstance(impl, Book)
    model = impl.model
    said: dict[str, Any] = {
        "sheets": [(sheet.title, sheet.state) for sheet in model.sheets],
        "front": impl.active_sheet.title,
        "selection": app.selection.address if app.open_books else "",
        "names": {name.name: name.refers_to for name in book.names},
        "switches": (
            app.screen_updating, app.display_alerts, app.enable_events, app.calculation,
            app.status_bar, app.interactive,
        ),
    }  # fmt: skip
    for sheet in model.sheets:
        said |= {f"{sheet.title}: {name}": part for name, part in _sheet(sheet).items()}
    return said


def _sheet(sheet: Any) -> dict[str, Any]:
    formats = sheet.looks_like
    looks, notes, links = {}, {}, {}
    plain = _look(Cell(formats, row=1, column=1))
    for row in formats.iter_rows():
        for cell in row:
            if (look := _look(cell)) != plain:
                looks[cell.coordinate] = look
            if cell.comment is not None:
                notes[cell.coordinate] = cell.comment.text.removesuffix(SIGNED)
            if cell.hyperlink is not None:
                links[cell.coordinate] = (cell.hyperlink.target, cell.hyperlink.location)
    kept = [
        (str(area.sqref), rule.formula[0] if rule.formula else "", rule.type)
        for area in formats.conditional_formatting
        for rule in area.rules
        if not (rule.formula and rule.formula[0] in sheet.looks_gone)
    ]
    made = [(cell, look.formula, "expression") for look in sheet.looks for cell in look.cells]
    conditions = {
        (cell, formula, kind)
        for cells, formula, kind in (*kept, *made)
        for cell in ([cells] if "cjm-sheets" not in formula else _cells(cells))
    }
    widths = {key: (d.width, d.hidden) for key, d in formats.column_dimensions.items()}
    heights = {
        key: (d.height, bool(d.hidden))
        for key, d in formats.row_dimensions.items()
        if d.hidden or (d.height or 15) != 15
    }
    return {
        "cells": {place: _day(value) for place, value in sheet.cells.items()},
        "formulas": dict(sheet.formulas),
        "looks": looks,
        "notes": notes,
        "links": links,
        "conditions": conditions,
        "widths": widths,
        "heights": heights,
        "merged": sorted(map(str, formats.merged_cells.ranges)),
        "tables": {table.displayName: table.ref for table in formats.tables.values()},
        "drawn": sheet.drawn,
        "validations": sorted(str(v.sqref) for v in formats.data_validations.dataValidation),
        "frozen": (formats.freeze_panes, formats.sheet_view.showGridLines),
    }


def _day(value: Any) -> Any:
    """Return a value; a day is the same with and without its midnight."""
    is_day = isinstance(value, dt.date) and not isinstance(value, dt.datetime)
    return dt.datetime(value.year, value.month, value.day) if is_day else value  # noqa: DTZ001 - sheets know no zones


def _cells(cells: str) -> list[str]:
    found = []
    for block in cells.split():
        area = CellRange(block)
        found += [
            f"{get_column_letter(column)}{line}"
            for line in range(area.min_row, area.max_row + 1)
            for column in range(area.min_col, area.max_col + 1)
        ]
    return found


def _look(cell: Any) -> tuple[Any, ...]:
    font, fill, border, alignment = cell.font, cell.fill, cell.border, cell.alignment
    lines = tuple(
        (side.style, side.color.rgb if side.color else None)
        for side in (border.left, border.right, border.top, border.bottom)
    )
    return (
        font.name, font.sz, bool(font.b), bool(font.i), font.color and font.color.rgb,
        fill.fill_type, fill.fgColor.rgb, lines, cell.number_format,
        alignment.horizontal, alignment.vertical, bool(alignment.wrap_text), alignment.indent,
    )  # fmt: skip


def differences(one: dict[str, Any], other: dict[str, Any]) -> dict[str, Any]:
    """Return what differs, as short as it can be told."""
    found: dict[str, Any] = {}
    for key in one.keys() | other.keys():
        a, b = one.get(key), other.get(key)
        if a == b:
            continue
        if isinstance(a, dict) and isinstance(b, dict):
            places = [p for p in a.keys() | b.keys() if a.get(p) != b.get(p)]
            found[key] = [(p, a.get(p), b.get(p)) for p in places[:5]]
        else:
            found[key] = (a, b)
    return found
