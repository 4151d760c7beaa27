"""Decides how values are written so that Excel takes them as what they are, and takes them back.

Excel types what it is given: 0012 becomes 12, 3/4 a day, =1+1 a formula. A text that it might take
for something else gets an apostrophe in front; whatever was written is read back, and what came out
otherwise is written in the other way.
"""

import math
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from cjm_sheets.adapters.live_excel.grids import cells_of
from cjm_sheets.adapters.live_excel.refusals import is_busy
from cjm_sheets.adapters.live_excel.taking_back import Undo
from cjm_sheets.errors.excel import ChangedInExcelError, ExcelRefusedError
from cjm_sheets.tables import a1
from cjm_sheets.tables.table import CellError, Raw

Place = tuple[int, int]

_MAYBE_OTHERWISE = re.compile(
    r"[=+\-@'#]|(?=.{0,30}\Z).*[0-9]|(?:true|false)\Z", re.IGNORECASE | re.DOTALL
)
"""What Excel takes for something else than text, or may: no number or day is longer than this."""

_NEVER_BARE = tuple("=+-@")
"""How formulas begin: such a text is never written without its apostrophe."""
_LONG = 8_000
"""Characters from which on Excel refuses a text among others."""

_CLOSE = 1e-9


@dataclass(frozen=True, slots=True)
class Put:
    """What a cell shall hold: a value, or a formula with its = in front."""

    value: Raw
    formula: str = ""


@dataclass
class Writer:
    """Writes cells of one sheet, and knows how to take back what it wrote.

    `expected` is what cells must hold in the very moment before they are written.
    """

    sheet: Any
    file: str
    expected: Mapping[Place, Raw] = field(default_factory=dict)
    before: dict[Place, Put] = field(default_factory=dict)
    touched: set[Place] = field(default_factory=set)
    """Those that may hold something else by now."""
    formats: dict[Place, str] = field(default_factory=dict)
    """How cells showed numbers that may show them otherwise once they are written."""

    def write(self, cells: Mapping[Place, Put]) -> None:
        """Write cells.

        Raises:
            ChangedInExcelError: somebody typed into one of them since it was read.
            ExcelRefusedError: one does not hold what it should afterwards.
        """
        for block in _blocks(cells):
            self._remember(block, cells)
            try:
                self._write(block, cells, "'")
            except Exception as refused:
                if not is_busy(refused):  # else it was not even heard
                    self.touched.update(block)
                raise
            self.touched.update(block)
        wrong = list(self._wrong(cells))
        for way in ("", "'", "as number") if wrong else ():
            for place in wrong:
                self._again(place, cells[place], way)
            wrong = list(self._wrong({place: cells[place] for place in wrong}))
            if not wrong:
                break
        for place in wrong:
            name = a1.place(self.sheet.name, *place)
            raise ExcelRefusedError(self.file, name, a1.cell(*place))

    def take_back(self) -> None:
        """Let all cells hold again what they held; those that do are not written."""
        for place in sorted(self.touched):
            cell, put = self.sheet.range(place), self.before[place]
            ((now,),), formulas = cells_of(cell)
            shown_as = self.formats.get(place)
            as_before = Put(now, formulas.get(place, "")) == put
            if as_before and (shown_as is None or cell.number_format == shown_as):
                continue
            if shown_as is not None:
                cell.number_format = shown_as
            if put.formula:
                cell.formula = put.formula
                show = getattr(cell.impl, "show_result", None)
                if show is not None:  # a program that calculates nothing
                    show(put.value)
            else:
                cell.value = typed(put.value, "'")
            if shown_as is not None and cell.number_format != shown_as:
                cell.number_format = shown_as

    def _remember(self, block: list[Place], cells: Mapping[Place, Put]) -> None:
        first, last = block[0], block[-1]
        rows, formulas = cells_of(self.sheet.range(first, last))
        for place, value in zip(block, (v for row in rows for v in row), strict=True):
            self.before.setdefault(place, Put(value, formulas.get(place, "")))
            if place in self.expected and not says(value, self.expected[place]):
                raise ChangedInExcelError(self.file)
        for place in block:
            if isinstance(cells[place].value, date):  # Excel shows a cell with a day as one
                self._remember_format(place)

    def _remember_format(self, place: Place) -> None:
        if place not in self.formats:
            self.formats[place] = str(self.sheet.range(place).number_format)

    def _write(self, block: list[Place], cells: Mapping[Place, Put], mark: str) -> None:
        """Write a block that is one line high or one column wide."""
        where = self.sheet.range(block[0], block[-1])
        puts = [cells[place] for place in block]
        said = [put.formula or typed(put.value, mark) for put in puts]
        if puts[0].formula:
            if len(set(said)) == 1 and len(said) > 1 and not _moves(said[0]):
                where.formula = said[0]
            else:
                where.formula = said[0] if len(said) == 1 else _shaped(said, block)
        elif all(put.value is None for put in puts):
            where.value = None  # a part of merged cells cannot be cleared
        else:
            where.value = said[0] if len(said) == 1 else _shaped(said, block)

    def _again(self, place: Place, put: Put, way: str) -> None:
        """Write one cell in another way."""
        cell = self.sheet.range(place)
        if way == "as number":
            if not isinstance(put.value, str) and not put.formula:
                self._remember_format(place)
                cell.number_format = "General"  # a cell for texts takes numbers for texts
                cell.value = put.value
            return
        if put.formula:
            cell.formula = put.formula
        elif not isinstance(put.value, str):
            cell.value = typed(put.value, way)
        elif way or not put.value.startswith(_NEVER_BARE):
            cell.value = way + put.value

    def _wrong(self, cells: Mapping[Place, Put]) -> Iterator[Place]:
        """Yield the cells that do not hold what they should."""
        for block in _blocks(cells):
            rows, formulas = cells_of(self.sheet.range(block[0], block[-1]))
            for place, now in zip(block, (v for row in rows for v in row), strict=True):
                put = cells[place]
                if put.formula:
                    if place not in formulas:
                        yield place
                elif place in formulas or not says(now, put.value):
                    yield place


def show_result(cell: Any, value: Raw, undo: Undo) -> bool:
    """Let a formula show a result; return False where the program calculates it by itself."""
    show = getattr(cell.impl, "show_result", None)
    if show is None:
        return False
    before = cell.impl.raw_value  # quicker than by way of xlwings, and there are thousands
    if before != value or type(before) is not type(value):
        with undo.doing(cell.sheet.name, show, before):
            show(value)
    return True


def typed(value: Raw, mark: str) -> Any:
    """Return a value as it is given to Excel."""
    if isinstance(value, str):
        value = value.replace("\r\n", "\n")
        return mark + value if _MAYBE_OTHERWISE.match(value) else value
    if isinstance(value, CellError):
        return "=" + value.code if value.code == "#N/A" else value.code
    if isinstance(value, date) and not isinstance(value, datetime):
        return datetime(value.year, value.month, value.day)  # noqa: DTZ001 - sheets know no zones
    return value


def says(now: Raw, wanted: Raw) -> bool:
    """Tell whether a cell holds a value, to the second for a moment."""
    match wanted:
        case None | "":
            return now is None
        case bool() | CellError():
            return type(now) is type(wanted) and now == wanted
        case str():
            return now == wanted.replace("\r\n", "\n") or now == wanted
        case datetime() | date():
            return isinstance(now, date) and _moment(now) == _moment(wanted)
    if isinstance(now, bool) or not isinstance(now, int | float):
        return False
    return math.isclose(now, wanted, rel_tol=_CLOSE, abs_tol=0)


def _moment(value: date) -> datetime:
    whole = value if isinstance(value, datetime) else datetime(value.year, value.month, value.day)  # noqa: DTZ001 - sheets know no zones
    return whole.replace(microsecond=0, tzinfo=None)


def _moves(formula: str) -> bool:
    """Tell whether Excel would change a formula from cell to cell when it fills several."""
    return bool(
        re.search(r"(?<![\w.\[$])\$?[A-Za-z]{1,3}[0-9]+|\$?[A-Za-z]{1,3}\$?[0-9]+", formula)
    )


def _shaped(said: list[Any], block: list[Place]) -> list[list[Any]]:
    """Return values in the shape of their block."""
    return [said] if block[0][0] == block[-1][0] else [[each] for each in said]


def _blocks(cells: Mapping[Place, Put]) -> Iterator[list[Place]]:
    """Yield runs of cells that can be written at once: below each other, all of one kind."""
    run: list[Place] = []
    for place in _column_by_column(cells):
        if run and not _goes_on(run[-1], place, cells):
            yield run
            run = []
        run.append(place)
    if run:
        yield run


def _column_by_column(cells: Iterable[Place]) -> list[Place]:
    return sorted(cells, key=lambda place: (place[1], place[0]))


def _goes_on(last: Place, place: Place, cells: Mapping[Place, Put]) -> bool:
    one, other = cells[last], cells[place]
    below = (last[0] + 1, last[1]) == place
    alike = bool(one.formula) == bool(other.formula)
    long = any(isinstance(put.value, str) and len(put.value) > _LONG for put in (one, other))
    return below and alike and not long and (one.value is None) == (other.value is None)
