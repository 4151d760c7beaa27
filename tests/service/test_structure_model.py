"""Random rows of structural requests: the service agrees with plain lists of rows, cell by cell.

Every cell starts with a number of its own, and another tab holds a formula for each of them. The
lists say where each number has gone, and so what each formula must name, or that it is lost.
"""

import os
from collections.abc import Callable
from dataclasses import dataclass, field

from hypothesis import given, settings
from hypothesis import strategies as st

from cjm_sheets.service.a1 import cell_text
from cjm_sheets.service.creation import created
from cjm_sheets.service.requests.batch import run_batch
from cjm_sheets.service.spreadsheet import Spreadsheet
from cjm_sheets.service.values import Rendering, read
from tests.service.calls import Json, grid, lines

ROWS, COLUMNS = 6, 5
EXAMPLES = int(os.environ.get("CJM_SHEETS_LONG_EXAMPLES", "60"))
Place = tuple[int, int]


@dataclass
class Lists:
    """The model: rows of cells, and for each watched cell where it is, None when it is gone."""

    rows: list[list[int | None]]
    watched: dict[int, Place | None] = field(default_factory=dict)

    @property
    def height(self) -> int:
        return len(self.rows)

    @property
    def width(self) -> int:
        return len(self.rows[0])

    def move(self, to: Callable[[Place], Place | None]) -> None:
        """Let every cell, and what watches it, go where a function says."""
        old = {(r, c): value for r, row in enumerate(self.rows) for c, value in enumerate(row)}
        for row in self.rows:
            row[:] = [None] * len(row)
        for place, value in old.items():
            new = to(place)
            if new is not None and value is not None:
                self._reach(new)
                self.rows[new[0]][new[1]] = value
        self.watched = {key: place and to(place) for key, place in self.watched.items()}

    def _reach(self, place: Place) -> None:
        while place[0] >= self.height:
            self.rows.append([None] * self.width)
        while place[1] >= self.width:
            for row in self.rows:
                row.append(None)

    def resize(self, rows: int, columns: int) -> None:
        """Cut or stretch the grid."""
        self.rows = [row[:columns] + [None] * (columns - len(row)) for row in self.rows[:rows]]
        self.rows += [[None] * columns for _ in range(rows - len(self.rows))]


def shifted(place: Place, axis: int, index: int | None) -> Place | None:
    if index is None:
        return None
    return (index, place[1]) if axis == 0 else (place[0], index)


Step = tuple[str, tuple[int, int, int, int, int, int]]


def apply(model: Lists, step: Step) -> Json | None:
    """Carry a step out on the lists; return the request that must do the same, or None."""
    name, numbers = step
    return STEPS[name](model, numbers)


def _insert(model: Lists, numbers: tuple[int, ...], axis: int) -> Json:
    size = model.height if axis == 0 else model.width
    at, count = numbers[0] % size, 1 + numbers[1] % 2
    extra = (count, 0) if axis == 0 else (0, count)
    model.resize(model.height + extra[0], model.width + extra[1])
    model.move(lambda p: shifted(p, axis, p[axis] + count if p[axis] >= at else p[axis]))
    return {"insertDimension": {"range": lines(1, _axis(axis), at, at + count)}}


def _delete(model: Lists, numbers: tuple[int, ...], axis: int) -> Json | None:
    size = model.height if axis == 0 else model.width
    start = numbers[0] % size
    end = min(size, start + 1 + numbers[1] % 2)
    if end - start == size:
        return None
    gone = end - start

    def to(place: Place) -> Place | None:
        old = place[axis]
        kept = None if start <= old < end else old - gone if old >= end else old
        return shifted(place, axis, kept)

    model.move(to)
    lost = (gone, 0) if axis == 0 else (0, gone)
    model.resize(model.height - lost[0], model.width - lost[1])
    return {"deleteDimension": {"range": lines(1, _axis(axis), start, end)}}


def _move(model: Lists, numbers: tuple[int, ...], axis: int) -> Json | None:
    size = model.height if axis == 0 else model.width
    start = numbers[0] % size
    end, to = min(size, start + 1 + numbers[1] % 3), numbers[2] % (size + 1)
    if start <= to <= end:
        return None
    order = [n for n in range(size) if not start <= n < end]
    landing = len([n for n in order if n < to])
    order[landing:landing] = range(start, end)
    known = dict(zip(order, range(size), strict=True))
    model.move(lambda p: shifted(p, axis, known.get(p[axis], p[axis])))
    source = lines(1, _axis(axis), start, end)
    return {"moveDimension": {"source": source, "destinationIndex": to}}


def _axis(axis: int) -> str:
    return "ROWS" if axis == 0 else "COLUMNS"


def _block(model: Lists, numbers: tuple[int, ...]) -> tuple[int, int, int, int]:
    top, left = numbers[0] % model.height, numbers[1] % model.width
    bottom = min(model.height, top + 1 + numbers[2] % 3)
    return top, bottom, left, min(model.width, left + 1 + numbers[3] % 3)


def _inside(place: Place, block: tuple[int, int, int, int]) -> bool:
    return block[0] <= place[0] < block[1] and block[2] <= place[1] < block[3]


def _shift_block(model: Lists, numbers: tuple[int, ...], *, insert: bool) -> Json:
    axis = numbers[4] % 2
    block = _block(model, numbers)
    start, end = block[axis * 2 : axis * 2 + 2]
    band = block[2:] if axis == 0 else block[:2]
    by = end - start

    def to(place: Place) -> Place | None:
        if not band[0] <= place[1 - axis] < band[1]:
            return place
        at = place[axis]
        if insert:
            return shifted(place, axis, at + by if at >= start else at)
        return shifted(place, axis, None if start <= at < end else at - by if at >= end else at)

    model.move(to)
    kind = "insertRange" if insert else "deleteRange"
    return {kind: {"range": grid(1, *block), "shiftDimension": _axis(axis)}}


def _target(
    model: Lists, numbers: tuple[int, ...], block: tuple[int, int, int, int]
) -> Place | None:
    top, left = numbers[4] % model.height, numbers[5] % model.width
    fits = top + block[1] - block[0] <= model.height and left + block[3] - block[2] <= model.width
    return (top, left) if fits else None


def _cut(model: Lists, numbers: tuple[int, ...]) -> Json | None:
    block = _block(model, numbers)
    target = _target(model, numbers, block)
    if target is None:
        return None
    down, across = target[0] - block[0], target[1] - block[2]
    over = (target[0], block[1] + down, target[1], block[3] + across)
    for row in range(over[0], over[1]):
        for column in range(over[2], over[3]):
            if not _inside((row, column), block):
                model.rows[row][column] = None
    model.move(lambda p: (p[0] + down, p[1] + across) if _inside(p, block) else p)
    to = {"sheetId": 1, "rowIndex": target[0], "columnIndex": target[1]}
    return {"cutPaste": {"source": grid(1, *block), "destination": to}}


def _copy(model: Lists, numbers: tuple[int, ...]) -> Json | None:
    block = _block(model, numbers)
    target = _target(model, numbers, block)
    if target is None:
        return None
    taken = [row[block[2] : block[3]] for row in model.rows[block[0] : block[1]]]
    for offset, row in enumerate(taken):
        model.rows[target[0] + offset][target[1] : target[1] + len(row)] = row
    to = grid(1, target[0], target[0] + len(taken), target[1], target[1] + len(taken[0]))
    return {"copyPaste": {"source": grid(1, *block), "destination": to}}


def _sort(model: Lists, numbers: tuple[int, ...]) -> Json:
    block = _block(model, numbers)
    top, bottom, left, right = block
    descending = numbers[4] % 2 == 1

    def weight(row: list[int | None]) -> tuple[bool, int]:
        value = row[left]
        return value is None, 0 if value is None else -value if descending else value

    ordered = sorted(model.rows[top:bottom], key=weight)
    taken = [row[left:right] for row in ordered]
    for offset, cells in enumerate(taken):
        model.rows[top + offset][left:right] = cells
    order = "DESCENDING" if descending else "ASCENDING"
    spec = {"dimensionIndex": left, "sortOrder": order}
    return {"sortRange": {"range": grid(1, *block), "sortSpecs": [spec]}}


STEPS: dict[str, Callable[[Lists, tuple[int, ...]], Json | None]] = {
    "insert rows": lambda model, n: _insert(model, n, 0),
    "insert columns": lambda model, n: _insert(model, n, 1),
    "delete rows": lambda model, n: _delete(model, n, 0),
    "delete columns": lambda model, n: _delete(model, n, 1),
    "move rows": lambda model, n: _move(model, n, 0),
    "move columns": lambda model, n: _move(model, n, 1),
    "insert block": lambda model, n: _shift_block(model, n, insert=True),
    "delete block": lambda model, n: _shift_block(model, n, insert=False),
    "cut": _cut,
    "copy": _copy,
    "sort": _sort,
}
STEP = st.tuples(st.sampled_from(sorted(STEPS)), st.tuples(*[st.integers(0, 30)] * 6))


def start() -> tuple[Lists, Spreadsheet]:
    rows: list[list[int | None]] = [
        [row * COLUMNS + column for column in range(COLUMNS)] for row in range(ROWS)
    ]
    watched: dict[int, Place | None] = {
        row * COLUMNS + column: (row, column) for row in range(ROWS) for column in range(COLUMNS)
    }
    cells = [
        {"values": [{"userEnteredValue": {"numberValue": number}} for number in row]}
        for row in rows
    ]
    formulas = [
        {"values": [{"userEnteredValue": {"formulaValue": f"=Data!{cell_text(*place)}"}}]}
        for place in watched.values()
        if place is not None
    ]
    size = {"rowCount": ROWS, "columnCount": COLUMNS}
    data = {"sheetId": 1, "title": "Data", "gridProperties": size}
    tabs = [
        {"properties": data, "data": [{"rowData": cells}]},
        {"properties": {"sheetId": 2, "title": "Watch"}, "data": [{"rowData": formulas}]},
    ]
    return Lists(rows, watched), created({"sheets": tabs})


def values(book: Spreadsheet, text: str, option: str) -> list[list[object]]:
    found: list[list[object]] = read(book, text, Rendering(option)).get("values", [])
    return found


def compare(model: Lists, book: Spreadsheet) -> None:
    found = values(book, "Data", "UNFORMATTED_VALUE")
    for row, cells in enumerate(model.rows):
        own = [*(found[row] if row < len(found) else []), *[""] * model.width][: model.width]
        assert own == ["" if value is None else value for value in cells], f"row {row}"
    formulas = [row[0] for row in values(book, "Watch!A:A", "FORMULA")]
    assert formulas == [
        "=#REF!" if place is None else f"=Data!{cell_text(*place)}"
        for place in model.watched.values()
    ]


def run(steps: list[Step], *, at_once: bool) -> None:
    model, book = start()
    requests: list[Json] = []
    for step in steps:
        request = apply(model, step)
        if request is None:
            continue
        requests.append(request)
        if not at_once:
            run_batch(book, [request])
            sheet = book.grid(1)
            model.resize(max(model.height, sheet.row_count), max(model.width, sheet.column_count))
            compare(model, book)
    if at_once and requests:
        run_batch(book, requests)
        compare(model, book)


@settings(deadline=None, max_examples=EXAMPLES)
@given(st.lists(STEP, max_size=12))
def test_requests_one_by_one_do_what_lists_do(steps: list[Step]) -> None:
    run(steps, at_once=False)


@settings(deadline=None, max_examples=EXAMPLES)
@given(st.lists(STEP, max_size=12))
def test_requests_in_one_batch_do_what_lists_do(steps: list[Step]) -> None:
    run(steps, at_once=True)
