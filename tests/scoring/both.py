"""Decides when Python and LibreOffice say the same of a workbook with live formulas."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

from cjm_sheets.scoring.computed import computed_values
from cjm_sheets.scoring.layout import as_it_lies
from cjm_sheets.scoring.pain_scores import score_pains
from cjm_sheets.tables import formulas
from cjm_sheets.tables.codec import EPOCH, decode
from cjm_sheets.tables.recognise import recognise
from cjm_sheets.tables.table import Raw
from cjm_sheets.tables.to_model import to_model
from tests.programs import TODAY
from tests.scoring import sheets


@dataclass(frozen=True, slots=True)
class Pair:
    """A computed cell: where it stands, what Python says, what LibreOffice shows."""

    table: str
    column: str
    line: int
    ours: Any
    shown: Any

    @property
    def alike(self) -> bool:
        """True if both are the same to a billionth."""
        if isinstance(self.ours, int | float) and isinstance(self.shown, int | float):
            return self.ours == pytest.approx(self.shown, rel=1e-9, abs=1e-9)
        return bool(self.ours == self.shown)


def results(rows: sheets.Rows, language: str, path: Path) -> Iterator[Pair]:
    """Yield each computed cell of a recalculated workbook with what Python says of its rows."""
    shown = sheets.results(path)
    for table, columns in in_python(rows, language).items():
        assert set(columns) == set(formulas.FORMULAS[table])
        for column, cells in columns.items():
            for line, value in cells.items():
                cell = shown[table][column][line - sheets.HEADER_LINES.get(table, 1) - 1]
                yield Pair(table, column, line, _as_shown(value), _as_shown(cell))


def in_python(rows: sheets.Rows, language: str) -> dict[str, dict[str, dict[int, Raw]]]:
    """Return table, column, line of the sheet: what Python computes."""
    tables = recognise(sheets.grids(rows, language))
    book = to_model(map(decode, tables), language)
    values = computed_values(book, score_pains(book), TODAY, as_it_lies(book, tables))
    model: dict[str, Sequence[Any]] = {
        "Maps": book.maps,
        "Stages": book.stages,
        "Pains": book.pains,
        "Opportunities": book.opportunities,
        "Actions": book.actions,
        "Evidence": book.evidence,
    }
    return {
        table: {
            column: {row.line: value for row, value in zip(model[table], cells, strict=True)}
            for column, cells in columns.items()
        }
        for table, columns in values.items()
    }


def _as_shown(value: Any) -> Any:
    """Return a cell of LibreOffice or a value of ours in one form."""
    if value is None or value == "":
        return ""
    if isinstance(value, datetime):
        value = value.date()
    return (value - EPOCH).days if isinstance(value, date) else value
