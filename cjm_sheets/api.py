"""Decides how Python programs see a workbook: a typed model, findings, scores, data frames."""

from dataclasses import dataclass
from datetime import date
from os import PathLike, fspath
from typing import TYPE_CHECKING, Any

from cjm_sheets import wiring
from cjm_sheets.errors import CjmError as Error
from cjm_sheets.errors import UnknownTableError
from cjm_sheets.model.workbook import Workbook
from cjm_sheets.tables import naming, spec
from cjm_sheets.tables.codec import Unread, value_of
from cjm_sheets.usecases.check_map import Checked, Wanted, check
from cjm_sheets.usecases.reading import Reading, read_map
from cjm_sheets.usecases.recalculate import shown_results
from cjm_sheets.usecases.score_map import Scored

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["Book", "Error", "open"]

_TYPES = {"int": "Float64", "num": "Float64", "pct": "Float64", "yes_no": "boolean"}
_OBJECTS = frozenset({"refs", "any"})


def open(path: str | PathLike[str]) -> "Book":  # noqa: A001 - as in gzip and in gspread
    """Read a workbook file.

    Raises:
        Error: the file cannot be read; its kind says why.
    """
    return Book(read_map(wiring.workbook_file(fspath(path))))


@dataclass(frozen=True)
class Book:
    """A workbook as it was read at one moment."""

    reading: Reading

    @property
    def model(self) -> Workbook:
        """All rows of all tables as frozen values."""
        return self.reading.workbook

    def check(self, today: date | None = None, language: str = "en") -> Checked:
        """Return what an expert would send back; `today` is the machine's day if not given."""
        return check(self.reading, Wanted(today or wiring.clock().today(), language))

    def score(self) -> Scored:
        """Return the ranking of the pains and how firm it is."""
        return Scored(self.reading)

    def table(self, name: str, today: date | None = None) -> "pd.DataFrame":
        """Return a table with stable English keys as columns, the row ids as index.

        Numbers are Float64, shares between 0 and 1, yes/no boolean, dates datetime64, references to
        several rows tuples of ids, all else string. A blank cell, and one that its column cannot
        take, is missing. Computed columns hold what Python computes on the day `today`; `line` is
        the 1-based row of the sheet.

        Raises:
            UnknownTableError: there is no such table, or the workbook does not have it.
        """
        import pandas as pd  # noqa: PLC0415 - slow to load

        of = naming.known_titles().get(naming.plain(name))
        decoded = self.reading.decoded.get(of.key) if of else None
        if decoded is None:
            raise UnknownTableError(name, ", ".join(self.reading.decoded))
        results = shown_results(self.reading, today or wiring.clock().today())[
            decoded.table.spec.key
        ]
        columns: dict[str, pd.Series[Any]] = {}
        for column in decoded.table.spec.columns:
            if column.helper:
                continue
            values: list[object] = list(decoded.values(column.key))
            if column.computed and column.key in results:
                shown = dict(zip(decoded.table.lines, results[column.key], strict=True))
                values = [value_of(shown[line], column) for line in decoded.lines]
            columns[column.key] = _series(column, values)
        frame = pd.DataFrame(columns)
        frame["line"] = pd.Series(decoded.lines, dtype="int64")
        return frame.set_index("id") if "id" in columns else frame


def _series(column: spec.Column, values: list[object]) -> "pd.Series[Any]":
    """Return a column as pandas holds values of its kind."""
    import pandas as pd  # noqa: PLC0415 - slow to load

    kind = column.kind.name
    fitting = [None if isinstance(v, Unread) or v == "" else v for v in values]
    if kind in _OBJECTS:
        return pd.Series(fitting, dtype=object)
    if kind == "date":
        return pd.Series(pd.to_datetime(pd.Series(fitting, dtype=object)))
    return pd.Series(fitting, dtype=_TYPES.get(kind, "string"))
