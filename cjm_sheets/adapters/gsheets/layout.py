"""Decides where tables lie in a shared copy, and writes live formulas for that place."""

from collections.abc import Mapping
from dataclasses import dataclass

from cjm_sheets.tables import a1
from cjm_sheets.tables.formulas import FORMULAS, plain
from cjm_sheets.tables.table import Table


@dataclass(frozen=True, slots=True)
class Lies:
    """Where one table lies: its sheet, its header's line, its columns (1-based) by key."""

    sheet: str
    header_line: int
    columns: Mapping[str, int]


Layout = Mapping[str, Lies]
"""Where each table lies, by table key."""


def lies(table: Table) -> Lies:
    """Return where a table lies that was read."""
    columns = {key: placed.at for key, placed in table.by_key.items()}
    return Lies(table.sheet, table.header_line, columns)


def column_range(layout: Layout, table: str, key: str, part: str) -> str:
    """Return a column's range, open below so that rows added later belong to it.

    KeyError if the shared copy has no such table or column.
    """
    of = layout[table]
    letters = a1.letters(of.columns[key])
    first = of.header_line + (part == "Data")
    cell = f"{a1.title(of.sheet)}!${letters}${first}"
    return cell if part == "Headers" else f"{cell}:${letters}"


def row_formulas(layout: Layout, table: str, line: int) -> dict[str, str]:
    """Return the formulas of a table's computed columns for one line, by column key.

    A formula that needs a table or column which the shared copy lacks is left out.
    """
    made = {}
    for key, text in FORMULAS.get(table, {}).items():
        if key not in layout[table].columns:
            continue
        try:
            made[key] = formula(text, layout, table, line)
        except KeyError:
            continue
    return made


def formula(text: str, layout: Layout, table: str, line: int) -> str:
    """Return a canonical formula with A1 references for the line in which it stands."""
    return plain(
        text,
        own=lambda key: f"${a1.letters(layout[table].columns[key])}{line}",
        column=lambda other, key, part: column_range(layout, other, key, part),
    )
