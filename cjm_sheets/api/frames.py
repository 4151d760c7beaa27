"""Decides how a table looks as a pandas DataFrame: its columns, their types, what is missing."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from cjm_sheets.tables import spec
from cjm_sheets.tables.codec import Decoded, Unread, Value, value_of
from cjm_sheets.tables.table import Raw

if TYPE_CHECKING:
    import pandas as pd

TYPES = {
    "int": "Float64",
    "num": "Float64",
    "pct": "Float64",
    "yes_no": "boolean",
    "refs": "object",
    "any": "object",
}
"""Types of columns by kind; all else is string, dates are datetime64. People type 2.5 where a whole
number belongs, so those are Float64, too."""


def frame(decoded: Decoded, results: Mapping[str, Sequence[Raw]]) -> "pd.DataFrame":
    """Return a table; results are what its computed columns show, line by line of the sheet."""
    import pandas as pd  # noqa: PLC0415 - slow to load

    of = decoded.table.spec
    columns: dict[str, pd.Series[Any]] = {}
    for column in of.columns:
        if column.helper:
            continue
        values = decoded.values(column.key)
        if column.computed and column.key in results:
            shown = dict(zip(decoded.table.lines, results[column.key], strict=True))
            values = tuple(value_of(shown[line], column) for line in decoded.lines)
        columns[column.key] = _series(column, values)
    made = pd.DataFrame(columns)
    made["line"] = pd.Series(decoded.lines, dtype="int64")
    return made.set_index(of.identity[0]) if len(of.identity) == 1 else made


def _series(column: spec.Column, values: Sequence[Value]) -> "pd.Series[Any]":
    """Return a column as pandas holds values of its kind."""
    import pandas as pd  # noqa: PLC0415 - slow to load

    fitting = [shown(value, column) for value in values]
    if column.kind.name == "date":
        return pd.Series(pd.to_datetime(pd.Series(fitting, dtype="object")))
    return pd.Series(fitting, dtype=TYPES.get(column.kind.name, "string"))


def shown(value: Value, column: spec.Column) -> object:
    """Return a value as a frame holds it; what the column cannot take is missing unless text can.

    So a value that somebody added to a list is there, and "high" as a severity is not.
    """
    if isinstance(value, Unread):
        return value.shown if TYPES.get(column.kind.name, "string") == "string" else None
    return None if value == "" else value
