"""Decides what is read of a workbook that need hold no map: every sheet and its formulas."""

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import PurePath

from cjm_sheets.adapters.xlsx_file.defined_names import names
from cjm_sheets.adapters.xlsx_file.grids import read_grids
from cjm_sheets.adapters.xlsx_file.open_file import stamp
from cjm_sheets.adapters.xlsx_file.outline import outline
from cjm_sheets.adapters.xlsx_file.own_formulas import Place, shifted, without_tables
from cjm_sheets.adapters.xlsx_file.package import Package, open_package
from cjm_sheets.adapters.xlsx_file.sheet_scan import shared_formulas_in
from cjm_sheets.ports.store import Snapshot
from cjm_sheets.tables import a1
from cjm_sheets.tables.table import Area, Grid

_AREA = re.compile(r"\$([A-Z]{1,3})\$([1-9]\d{0,6})(?::\$([A-Z]{1,3})\$([1-9]\d{0,6}))?")


def read_every_sheet(data: bytes, file: str) -> Snapshot:
    """Return all sheets of a workbook as ``others``; raises an InputError if it cannot be read.

    The ``areas`` of a sheet are what names of the workbook stand for, not its table objects, whose
    names its formulas do not have any more. ``made`` has the titles of hidden sheets.
    """
    package = open_package(data, file)
    grids = read_grids(package)
    tables = {name.casefold(): (grid, area) for grid in grids for name, area in grid.areas.items()}
    plan = outline(package)
    named = _named(package.part(plan.part))
    own = tuple(
        replace(
            grid,
            formulas=dict(_formulas(package.part(sheet.part), tables)) if grid.formulas else {},
            areas=named.get(grid.sheet.casefold(), {}),
        )
        for sheet, grid in zip(plan.sheets, grids, strict=True)
    )
    hidden = {title: title for title in _hidden(package, plan.part)}
    return Snapshot(PurePath(file).name, (), own, "", stamp(data), made=hidden)


def _hidden(package: Package, part: str) -> Iterator[str]:
    for tag in package.tags(part):
        if tag.name == "sheet" and tag.attributes.get("state", "visible") != "visible":
            yield tag.attributes.get("name", "")


def _named(xml: bytes) -> dict[str, dict[str, Area]]:
    """Return the areas that names of the whole workbook stand for, by casefolded title."""
    found: dict[str, dict[str, Area]] = {}
    for of in names(xml):
        sheet, place = a1.split_place(of.text.removeprefix("="))
        corners = _AREA.fullmatch(place)
        if of.sheet is None and sheet and corners:
            top, left = a1.parse_cell(f"{corners[1]}{corners[2]}")
            bottom, right = (top, left)
            if corners[3]:
                bottom, right = a1.parse_cell(f"{corners[3]}{corners[4]}")
            found.setdefault(a1.untitled(sheet).casefold(), {})[of.name] = (
                top,
                left,
                bottom,
                right,
            )
    return found


def _formulas(xml: bytes, tables: dict[str, tuple[Grid, Area]]) -> Iterator[tuple[Place, str]]:
    """Yield the formulas of a sheet, each as it reads in its own cell."""
    for place, text, home in shared_formulas_in(xml, 0, len(xml)):
        if text != "=":
            moved = shifted(text, place[0] - home[0], place[1] - home[1])
            yield place, without_tables(moved, place, tables)
