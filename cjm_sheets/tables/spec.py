"""Decides what there is to say of a table and of a column."""

from dataclasses import dataclass
from functools import cached_property

from cjm_sheets.tables.kinds import NUMBER, Kind


@dataclass(frozen=True, slots=True)
class Column:
    """One column: required ones make a row complete, computed ones are live formulas."""

    key: str
    label: str
    kind: Kind
    required: bool = False
    default: int | None = None
    computed: bool = False
    helper: bool = False
    """A computed column that only other formulas read; hidden in the workbook."""


@dataclass(frozen=True)
class Table:
    """One table: its key names it in Excel, its label is the title of its sheet."""

    key: str
    label: str
    prefix: str
    columns: tuple[Column, ...]
    identity: tuple[str, ...] = ("id",)
    """The columns that tell one row from another."""

    @cached_property
    def by_key(self) -> dict[str, Column]:
        """The columns by their keys."""
        return {column.key: column for column in self.columns}

    @property
    def typed(self) -> tuple[Column, ...]:
        """The columns that people fill in, in order."""
        return tuple(column for column in self.columns if not column.computed)


def need(key: str, label: str, kind: Kind) -> Column:
    """Return a column that a complete row has filled in."""
    return Column(key, label, kind, required=True)


def result(key: str, label: str, kind: Kind) -> Column:
    """Return a column that holds a live formula."""
    return Column(key, label, kind, computed=True)


def helper(key: str, label: str, kind: Kind = NUMBER) -> Column:
    """Return a hidden column that holds a part of other formulas."""
    return Column(key, label, kind, computed=True, helper=True)
