"""Decides how the rows of a case become the view on which a rule runs.

A case is a table of TOML: tables of rows under their names (`pains`, `day_moments`, ...), whole
sheets under `grids`, and `finds`: what the rule finds, each as `RULE ROW COLUMN` or, with what
comes behind it, `RULE ROW COLUMN severity`. Rows without an id are named by their sheet. Cells are
raw: `{error = "#REF!"}` is a formula that failed, "" a blank cell. `settings` is a table of keys
and values beside the usual ones, `added` values that users added to lists, `language` that of the
workbook, `as_of` the day; `hidden` names lines of sheets that nobody sees, `merged` areas such as
`["A3:B4"]` of cells merged into one, both by sheet; `pending` what a sync left to settle. `says`
and `mends` are the sentences, where a case is about them.
"""

import functools
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from cjm_sheets.checks.finding import Finding
from cjm_sheets.checks.view import View
from cjm_sheets.model.pending import Pending
from cjm_sheets.scoring.firmness_plain import tied_at_the_top
from cjm_sheets.scoring.pain_scores import score_pains
from cjm_sheets.tables import a1, naming, schema, spec
from cjm_sheets.tables.codec import decode
from cjm_sheets.tables.recognise import recognise
from cjm_sheets.tables.settings import OFFERS
from cjm_sheets.tables.table import CellError, Grid, Raw
from cjm_sheets.tables.to_model import to_model

AS_OF = date(2026, 6, 30)

NAMES = {
    "".join("_" + c.lower() if c.isupper() else c for c in key).lstrip("_"): table
    for key, table in schema.BY_KEY.items()
    if key != "Settings"  # which a case writes as a table of keys
}
"""Tables by the names that cases give them, such as day_moments."""

_LOOKS = {"hidden", "merged", "pending"}
_EXPECTED = {"finds", "says", "mends"}
OTHER_KEYS = {"grids", "settings", "added", "language", "as_of", *_LOOKS, *_EXPECTED}


def view(case: Mapping[str, Any]) -> View:
    """Return the view of a case, scored as of its day."""
    language = case.get("language", "en")
    sheets = [_grid(NAMES[name], rows, language) for name, rows in case.items() if name in NAMES]
    sheets = [sheet for sheet in sheets if sheet.sheet not in case.get("grids", {})]
    if "settings" in case:
        sheets.append(_settings(case["settings"]))
    sheets = [_looks(sheet, case) for sheet in sheets]
    sheets += [_sheet(title, rows) for title, rows in case.get("grids", {}).items()]
    tables = tuple(map(decode, recognise(sheets)))
    book = to_model(tables, language)
    added = {name: frozenset(map(naming.plain, v)) for name, v in case.get("added", {}).items()}
    by_key = {decoded.table.spec.key: decoded for decoded in tables}
    pending = tuple(Pending(**each) for each in case.get("pending", ()))
    scores = score_pains(book)
    as_of = case.get("as_of", AS_OF)
    ties = functools.partial(tied_at_the_top, scores, book.settings)
    return View(book, by_key, scores, as_of, added, "en", pending, ties)


def _grid(of: spec.Table, rows: Sequence[Mapping[str, Any]], language: str) -> Grid:
    """Return a sheet with all columns that people fill in."""
    header = tuple(naming.column_label(language, of, column) for column in of.typed)
    body = tuple(tuple(_raw(row.get(column.key)) for column in of.typed) for row in rows)
    unknown = {key for row in rows for key in row} - set(of.by_key)
    assert not unknown, f"no such columns in {of.key}: {unknown}"
    return Grid(of.label, (header, *body))


def _looks(sheet: Grid, case: Mapping[str, Any]) -> Grid:
    """Return a sheet with the hidden lines and the merged cells of a case."""
    name = next((name for name, of in NAMES.items() if of.label == sheet.sheet), "")
    corners = [text.split(":") for text in case.get("merged", {}).get(name, ())]
    areas = [(*a1.parse_cell(first), *a1.parse_cell(last)) for first, last in corners]
    return replace(
        sheet, hidden=frozenset(case.get("hidden", {}).get(name, ())), merged=tuple(areas)
    )


def _settings(changed: Mapping[str, Any]) -> Grid:
    """Return a sheet of settings: the usual ones, with some changed and others added."""
    values = {offer.key: offer.value for offer in OFFERS} | dict(changed)
    rows = ((key, _raw(value)) for key, value in values.items())
    return Grid("Settings", (("Setting", "Value"), *rows))


def _sheet(title: str, rows: Sequence[Sequence[Any]]) -> Grid:
    """Return a sheet as it is written down cell by cell."""
    return Grid(title, tuple(tuple(map(_raw, row)) for row in rows))


def _raw(cell: Any) -> Raw:
    """Return a cell as a reader gives it."""
    if isinstance(cell, dict):
        return CellError(cell["error"])
    assert cell is None or isinstance(cell, str | int | float | date)
    return None if cell == "" else cell


def as_found(finding: Finding, like: str) -> str:
    """Return a finding as a case writes it down, with its severity where the case names one."""
    parts = [finding.rule, finding.row or finding.table, finding.column]
    if like.split()[-1:] in (["error"], ["warning"], ["info"]):
        parts.append(finding.severity.value)
    return " ".join(part for part in parts if part)
