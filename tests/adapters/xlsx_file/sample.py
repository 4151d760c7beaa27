"""Builds workbooks with some of our tables, as a person's file: tables, own columns, own sheets."""

import datetime as dt
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import xlsxwriter

from cjm_sheets.tables import formulas, naming, schema, spec

BAND, HEADER = 2, 3
"""The 0-based lines of the coloured band and of the header."""

OWN = "My own note"
NAMES = ("Stages", "Touchpoints", "Pains", "Actions", "Evidence")
ROWS: dict[str, tuple[dict[str, object], ...]] = {
    "Stages": ({"id": "S1", "order": 1, "name": "Aware"}, {"id": "S2", "order": 2, "name": "Buy"}),
    "Touchpoints": (
        {"id": "T1", "stage": "S1", "order": 1, "name": "Advert", "channel": "website"},
        {"id": "T2", "stage": "S2 Buy", "order": 2, "name": "Shop & go", "reach": 0.5},
        {"id": "T3", "stage": "S2", "order": 3, "name": "Box <new>", "emotion": -2},
    ),
    "Pains": ({"id": "N1", "touchpoint": "T1", "pain": "Too slow", "severity": 4, "hit": 3},),
    "Actions": ({"id": "A1", "action": "Speed up", "due": dt.date(2026, 5, 4)},),
    "Evidence": ({"id": "E1", "source": "survey", "date": dt.date(2026, 1, 2)},),
}


class Sample:
    """A workbook in the making; `blank` prefilled rows follow the rows of every table."""

    def __init__(self, path: Path, language: str = "en", blank: int = 2, **options: object) -> None:
        self.path, self.language, self.blank = path, language, blank
        self.book = xlsxwriter.Workbook(path, {"default_date_format": "yyyy-mm-dd", **options})
        self.styles = {
            "day": self.book.add_format({"num_format": "yyyy-mm-dd", "bg_color": "#FFFFCC"}),
            "share": self.book.add_format({"num_format": "0%", "italic": True}),
            "cell": self.book.add_format({"text_wrap": True, "border": 1}),
        }
        self.sheets: dict[str, Any] = {}

    def tables(self, names: Sequence[str] = NAMES, rows: Mapping[str, Any] = ROWS) -> "Sample":
        """Add our tables, each on its sheet."""
        for name in names:
            self._table(schema.BY_KEY[name], rows[name])
        return self

    def save(self) -> Path:
        """Write the file."""
        self.book.close()
        return self.path

    def style(self, column: spec.Column) -> Any:
        """Return the format of a column's cells."""
        return self.styles[{"date": "day", "pct": "share"}.get(column.kind.name, "cell")]

    def label(self, table: str, column: str) -> str:
        """Return the label of a column in the workbook's language."""
        of = schema.BY_KEY[table]
        return naming.column_label(self.language, of, of.by_key[column])

    def _table(self, of: spec.Table, rows: Sequence[Mapping[str, object]]) -> None:
        sheet = self.sheets[of.key] = self.book.add_worksheet(naming.table_label(self.language, of))
        sheet.write(0, 0, "A title")
        sheet.merge_range(BAND, 0, BAND, 3, "What happens", self.styles["cell"])
        last, columns = HEADER + len(rows) + self.blank, of.columns
        own = {"header": OWN}
        sheet.add_table(
            HEADER, 0, last, len(columns),
            {"name": of.key, "columns": [*(self._column(of, column) for column in columns), own]},
        )  # fmt: skip
        for at in range(len(rows) + self.blank):
            row = rows[at] if at < len(rows) else {"id": f"{of.prefix}{at + 1}"}
            for number, column in enumerate(columns):
                place = (HEADER + 1 + at, number)
                if column.computed:
                    sheet.write_formula(*place, self._formula(of, column), self.style(column), "")
                elif column.key in row:
                    sheet.write(*place, row[column.key], self.style(column))
                else:
                    sheet.write_blank(*place, None, self.style(column))
            sheet.write(HEADER + 1 + at, len(columns), f"own {at}" if at < len(rows) else None)

    def _column(self, of: spec.Table, column: spec.Column) -> dict[str, object]:
        settings: dict[str, object] = {"header": naming.column_label(self.language, of, column)}
        if column.computed:
            settings["formula"] = self._formula(of, column)
        return settings

    def _formula(self, of: spec.Table, column: spec.Column) -> str:
        return formulas.structured(formulas.FORMULAS[of.key][column.key], of.key, self.label)
