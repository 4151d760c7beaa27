"""Decides which formula a new row of a table calculates in each of its columns."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from cjm_sheets.tables import formulas, naming, schema
from cjm_sheets.tables.table import Table

_BRACKETS = re.compile(r"\[(?:[^\[\]]|\[[^\[\]]*\])*\]")
_QUOTED = re.compile(r'"(?:[^"]|"")*"')
_CELL = re.compile(r"(?<![\w.])\$?[A-Za-z]{1,3}\$?[0-9]+(?![\w.(])")


@dataclass(frozen=True)
class FormulasOf:
    """Finds formulas for new rows; `tables` are all tables of the workbook by key."""

    tables: Mapping[str, Table]

    def of(self, table: Table, name: str) -> dict[int, str]:
        """Return the formula of each calculated column by its place, without "=".

        That of the row above if it names no single cell; else, for columns of ours, our own.
        `name` is what formulas call the table.
        """
        found: dict[int, str] = {}
        for column in table.columns:
            places = [place for place in table.formulas if place[1] == column.at]
            text = table.formulas[max(places)] if places else ""
            ours = column.key is not None and table.spec.by_key[column.key].computed
            own = column.key is None and (table.lines[-1], column.at) in table.formulas
            if (ours or own) and len(text) > 1 and not _names_a_cell(text):
                found[column.at] = text.removeprefix("=")
            elif ours and column.key is not None:
                found[column.at] = self._ours(table, column.key, name)
        return found

    def _ours(self, table: Table, key: str, name: str) -> str:
        text = formulas.FORMULAS[table.spec.key][key]
        return formulas.structured(text, name, self._label).removeprefix("=")

    def _label(self, table: str, key: str) -> str:
        """Return the header of a column as it stands on its sheet."""
        lies = self.tables.get(table)
        if lies is not None and key in lies.by_key:
            return lies.by_key[key].label
        of = schema.BY_KEY[table]
        return naming.column_label("en", of, of.by_key[key])


def _names_a_cell(formula: str) -> bool:
    r"""Tell whether a formula points to single cells, which differ from row to row.

    >>> _names_a_cell('=IF(Pains[[#This Row],[Had it 3]]>1,"A1",LOG10(2))')
    False
    >>> _names_a_cell("=$B5+1")
    True
    """
    return bool(_CELL.search(_QUOTED.sub("", _BRACKETS.sub("", formula))))
