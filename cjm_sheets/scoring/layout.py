"""Decides what the live formulas see of the sheets that the model does not keep.

That is the place of rows in their tables, and the text of cells that name several rows.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from cjm_sheets.model import ids
from cjm_sheets.model.journey import Evidence, Opportunity, Pain
from cjm_sheets.model.workbook import Workbook
from cjm_sheets.tables.codec import number_text
from cjm_sheets.tables.table import Raw, Table

_Row = Evidence | Pain | Opportunity

HEADER = 1
"""The place of a table's header; its first row is in place 2."""


@dataclass(frozen=True, slots=True)
class Layout:
    """How the rows of a workbook lie: places count from 1 for the header, blank rows included.

    `touchpoints` has the first place of each id, `evidence` the place of each row of the model,
    `pain_evidence` and `opportunity_pains` the texts of the cells with references, row by row.
    """

    touchpoints: Mapping[str, int]
    evidence: tuple[int, ...]
    pain_evidence: tuple[str, ...]
    opportunity_pains: tuple[str, ...]


def packed(workbook: Workbook) -> Layout:
    """Return the layout of tables that hold the model's rows right below their headers."""
    return as_it_lies(workbook, ())


def as_it_lies(workbook: Workbook, tables: Iterable[Table]) -> Layout:
    """Return the layout of tables from which the workbook was read.

    A table that is not given counts as one that holds the model's rows right below its header.
    """
    by_key = {table.spec.key: table for table in tables}
    steps = by_key.get("Touchpoints")
    touchpoint_ids = [row.id for row in workbook.touchpoints] if steps is None else _ids(steps)
    pain_evidence = [ids_text(row.evidence) for row in workbook.pains]
    opportunity_pains = [ids_text(row.pains) for row in workbook.opportunities]
    return Layout(
        _first_places(touchpoint_ids),
        _places(workbook.evidence, by_key.get("Evidence")),
        _texts(workbook.pains, by_key.get("Pains"), "evidence", pain_evidence),
        _texts(workbook.opportunities, by_key.get("Opportunities"), "pains", opportunity_pains),
    )


def ids_text(named: Iterable[str]) -> str:
    """Return a list of references as we write it into a cell."""
    return "; ".join(named)


def _ids(table: Table) -> list[str]:
    """Return the ids of all rows of a table, "" where none stands."""
    placed = table.by_key.get("id")
    return [ids.tidy(_text(cell)) for cell in placed.cells] if placed else []


def _first_places(row_ids: Iterable[str]) -> dict[str, int]:
    """Return the first place of each id."""
    places: dict[str, int] = {}
    for place, id_ in enumerate(row_ids, start=HEADER + 1):
        if id_:
            places.setdefault(id_, place)
    return places


def _places(rows: Sequence[_Row], table: Table | None) -> tuple[int, ...]:
    """Return the place of each row of the model in its table."""
    if table is None:
        return tuple(range(HEADER + 1, HEADER + 1 + len(rows)))
    return tuple(row.line - table.header_line + HEADER for row in rows)


def _texts(
    rows: Sequence[_Row], table: Table | None, column: str, written: Sequence[str]
) -> tuple[str, ...]:
    """Return the text of a column's cell in each row of the model."""
    placed = table.by_key.get(column) if table else None
    if table is None or placed is None:
        return tuple(written)
    return tuple(_text(placed.cells[row.line - table.header_line - 1]) for row in rows)


def _text(cell: Raw) -> str:
    """Return a cell as a formula sees it when it wants a text; "" for what an id never is."""
    match cell:
        case str():
            return cell
        case bool():
            return ""
        case int() | float():
            return number_text(cell)
    return ""
