"""Applies changes to a workbook file and reads what came of it."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from cjm_sheets.adapters.xlsx_file.store import XlsxFile
from cjm_sheets.ports.store import AddRow, Changes, DropRow, SetCell, SetResult, Snapshot
from cjm_sheets.tables.table import Table
from tests.adapters.xlsx_file.sample import HEADER

FIRST = HEADER + 2
"""The line of the first row of every table in a sample."""


def table(found: Snapshot, key: str) -> Table:
    return next(table for table in found.tables if table.spec.key == key)


def apply(path: Path, *steps: object, memory: tuple[str, ...] | None = None) -> Snapshot:
    """Apply some changes, and return what is read afterwards."""
    store = XlsxFile(path)
    kinds = {SetCell: "cells", AddRow: "added", DropRow: "dropped", SetResult: "results"}
    named: dict[str, Any] = {
        name: tuple(step for step in steps if isinstance(step, kind))
        for kind, name in kinds.items()
    }
    outcome = store.apply(Changes(**named, memory=memory), store.read())
    found = store.read()
    assert outcome.stamp == found.stamp
    return found


def pains(*ids: str) -> Iterator[AddRow]:
    return (AddRow("Pains", None, {"id": name, "pain": f"pain {name}"}) for name in ids)
