"""Any changes one after the other make the workbook that one would have built with all of them.

What is built anew is the measure: values, formulas and what they show, looks, drop-downs, colours,
table and extent, cell by cell, as another program reads them.
"""

import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import openpyxl
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st

from cjm_sheets.adapters.xlsx_file.store import XlsxFile
from cjm_sheets.ports.store import AddRow, Changes, DropRow, SetCell, SetResult
from cjm_sheets.tables import formulas, naming, schema
from cjm_sheets.tables.table import Raw

EXAMPLES = int(os.environ.get("CJM_SHEETS_WRITE_RUNS", "15"))
"""Random worlds to try; a long run sets some thousands."""

PAINS, HEADER = schema.PAINS, 4
TYPED = [column.key for column in PAINS.typed if column.key not in {"id", "pain"}]
COMPUTED = [column.key for column in PAINS.columns if column.computed]
TEXT = st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cc", "Cn"]), max_size=8)
WORDS = TEXT.filter(lambda text: text.strip() and not text.startswith("="))
NUMBERS = st.one_of(
    st.integers(-(10**6), 10**6), st.floats(-1e6, 1e6, width=32).map(lambda x: float(f"{x:.15g}"))
)
VALUES: st.SearchStrategy[Raw] = st.one_of(st.none(), WORDS, NUMBERS, st.booleans())
CELLS = st.dictionaries(st.sampled_from(TYPED), VALUES, max_size=3)
PLACE = st.integers(0, 9)

Row = dict[str, Raw]
Step = tuple[Any, ...]
STEPS = st.one_of(
    st.tuples(st.just("set"), PLACE, st.sampled_from(TYPED), VALUES),
    st.tuples(st.just("set"), PLACE, st.just("pain"), WORDS),
    st.tuples(st.just("add"), WORDS, CELLS),
    st.tuples(st.just("drop"), PLACE),
    st.tuples(st.just("result"), PLACE, st.sampled_from(COMPUTED), WORDS | NUMBERS),
    st.tuples(st.just("memory"), st.lists(WORDS, max_size=3)),
)


@dataclass
class World:
    """What a workbook says: its rows from the first on, blank ones as {}, and the record.

    The record stays once it is there. A row has a place for each result that its formulas show;
    one that was added after the table was full shows nothing yet.
    """

    rows: list[Row] = field(default_factory=list)
    results: list[Row] = field(default_factory=list)
    own: list[str | None] = field(default_factory=list)
    memory: tuple[str, ...] = ()
    recorded: bool = False
    added: int = 0

    def filled(self) -> list[int]:
        return [at for at, row in enumerate(self.rows) if row]

    def changes(self, steps: list[Step]) -> Changes:
        """Take steps, and return them as changes of one time."""
        cells: dict[tuple[int, str], SetCell] = {}
        results: dict[tuple[int, str], SetResult] = {}
        added: list[AddRow] = []
        dropped: dict[int, DropRow] = {}
        memory = None
        there = self.filled()
        for step in steps:
            match step:
                case ("set", place, key, value) if there:
                    at = there[place % len(there)]
                    if at not in dropped:
                        cells[at, key] = SetCell("Pains", HEADER + 1 + at, key, value)
                case ("drop", place) if there:
                    at = there[place % len(there)]
                    if not any(where == at for where, _ in cells):
                        dropped[at] = DropRow("Pains", HEADER + 1 + at)
                case ("add", pain, more):
                    self.added += 1
                    row = {"id": f"N{100 + self.added}", "pain": pain, **more}
                    added.append(AddRow("Pains", None, row))
                case ("result", place, key, value):
                    at = place % len(self.rows)
                    results[at, key] = SetResult("Pains", HEADER + 1 + at, key, value)
                case ("memory", texts):
                    memory = tuple(texts)
        self._take(cells, added, set(dropped), results)
        self.memory = self.memory if memory is None else memory
        self.recorded = self.recorded or bool(self.memory)
        return Changes(
            tuple(cells.values()), tuple(added), tuple(dropped.values()),
            results=tuple(results.values()), memory=memory,
        )  # fmt: skip

    def _take(
        self, cells: dict[tuple[int, str], SetCell], added: list[AddRow], dropped: set[int],
        results: dict[tuple[int, str], SetResult],
    ) -> None:  # fmt: skip
        """Do what the changes say; new rows come below all that were filled before."""
        filled = [at for at, row in enumerate(self.rows) if row or self.own[at]]
        touched = {at for at, _ in cells} | dropped
        free = [
            at for at in range(max(filled, default=-1) + 1, len(self.rows)) if at not in touched
        ]
        for (at, key), result in results.items():
            self.results[at][key] = result.value
        for at in dropped:
            self.rows[at] = {}
        for (at, key), cell in cells.items():
            self.rows[at][key] = cell.value
        for row in added:
            if free:
                self.rows[free.pop(0)] = {**row.cells}
            else:
                self.rows.append({**row.cells})
                self.results.append({})
                self.own.append(None)

    def build(self, path: Path) -> Path:
        """Build the workbook that says this."""
        book = xlsxwriter.Workbook(path)
        sheet = book.add_worksheet("Pains")
        looks = [book.add_format({"border": 1, "indent": at % 3}) for at in range(3)]
        last = HEADER + len(self.rows)
        width = len(PAINS.columns)
        columns = [{"header": _label("Pains", c.key), **_formula(c.key)} for c in PAINS.columns]
        sheet.add_table(
            HEADER - 1, 0, last - 1, width,
            {"name": "Pains", "columns": [*columns, {"header": "Own"}]},
        )  # fmt: skip
        for at, (row, results) in enumerate(zip(self.rows, self.results, strict=True)):
            for number, column in enumerate(PAINS.columns):
                place, look = (HEADER + at, number), looks[number % 3]
                if column.computed:
                    text = _formula(column.key)["formula"]
                    sheet.write_formula(*place, text, look, results.get(column.key, ""))
                elif row.get(column.key) in {None, ""}:
                    sheet.write_blank(*place, None, look)
                else:
                    _write(sheet, place, row[column.key], look)
            if self.own[at]:
                sheet.write_string(HEADER + at, width, self.own[at] or "")
        sheet.data_validation(HEADER, 5, last - 1, 5, {"validate": "list", "source": ["1", "2"]})
        sheet.conditional_format(HEADER, 6, last - 1, 7, {"type": "3_color_scale"})
        sheet.conditional_format(0, 0, 1, 1, {"type": "2_color_scale"})
        if self.recorded:
            record = book.add_worksheet("_cjm")
            record.very_hidden()
            for at, text in enumerate(self.memory):
                record.write_string(at, 0, text)
        book.close()
        return path


def _write(sheet: Any, place: tuple[int, int], value: Raw, look: Any) -> None:
    if isinstance(value, bool):
        sheet.write_boolean(*place, value, look)
    elif isinstance(value, str):
        sheet.write_string(*place, value, look)
    else:
        sheet.write_number(*place, value, look)


def _label(table: str, key: str) -> str:
    of = schema.BY_KEY[table]
    return naming.column_label("en", of, of.by_key[key])


def _formula(key: str) -> dict[str, str]:
    if not PAINS.by_key[key].computed:
        return {}
    return {"formula": formulas.structured(formulas.FORMULAS["Pains"][key], "Pains", _label)}


def said(path: Path) -> Iterator[object]:
    """Yield all that another program reads of a workbook, to be compared."""
    book, shown = openpyxl.load_workbook(path), openpyxl.load_workbook(path, data_only=True)
    for sheet in book:
        yield sheet.title, sheet.sheet_state
        for row in sheet.iter_rows():
            for cell in row:
                result = shown[sheet.title][cell.coordinate].value
                values = [None if value == "" else value for value in (cell.value, result)]
                if values != [None, None] or cell.has_style:
                    yield (
                        sheet.title,
                        cell.coordinate,
                        *values,
                        isinstance(result, bool),
                        *_look(cell),
                    )
        if sheet.title == "Pains":
            yield sheet.dimensions
        yield from ((of.name, of.ref, of.autoFilter.ref) for of in sheet.tables.values())
        yield from sorted(str(rule.sqref) for rule in sheet.data_validations.dataValidation)
        yield from sorted(str(rule.sqref) for rule in sheet.conditional_formatting)


def _look(cell: Any) -> tuple[object, ...]:
    return cell.number_format, cell.border.left.style, cell.alignment.indent


@settings(max_examples=EXAMPLES, deadline=None)
@given(
    rows=st.lists(CELLS, min_size=1, max_size=3),
    blank=st.integers(0, 2),
    times=st.lists(st.lists(STEPS, min_size=1, max_size=5), min_size=1, max_size=3),
)
def test_changes_make_what_would_have_been_built(
    rows: list[Row], blank: int, times: list[list[Step]]
) -> None:
    count = len(rows) + blank
    world = World(
        [{"id": f"N{at}", "pain": f"pain {at}", **row} for at, row in enumerate(rows)]
        + [{} for _ in range(blank)],
        [dict.fromkeys(COMPUTED, "-") for _ in range(count)],
        ["mine" if at == 0 else None for at in range(count)],
    )
    with TemporaryDirectory() as folder:
        path = world.build(Path(folder) / "map.xlsx")
        store = XlsxFile(path)
        for steps in times:
            store.apply(world.changes(steps), store.read())
        fresh = world.build(Path(folder) / "fresh.xlsx")
        assert [*said(path)] == [*said(fresh)]
        assert store.read().memory == world.memory
