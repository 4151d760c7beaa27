"""Decides how rows that a write took for others are put right, as far as anybody can tell.

What was overwritten unseen is put back where it still can be found: in the one row that is what the
copy was but for what the write put there. What a person has changed since stays as it is, and so
does a row of which there are two. Formulas come back as the values that they showed.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from cjm_sheets.adapters.gsheets.reading import Sheet
from cjm_sheets.adapters.gsheets.record import (
    ADD,
    DROP,
    SET,
    Astray,
    Face,
    Faces,
    Touch,
    at,
    faces_of,
)
from cjm_sheets.adapters.gsheets.writing import Step, cell_of, formula_data, update
from cjm_sheets.tables.locks import holds_line
from cjm_sheets.tables.table import Grid


@dataclass(frozen=True, slots=True)
class Lies:
    """A sheet as it is now; `formulas` gives our live ones of a 1-based line by 0-based column."""

    sheet: Sheet
    grid: Grid
    formulas: Callable[[int], Mapping[int, str]] = lambda _: {}


@dataclass(frozen=True, slots=True)
class Lost:
    """A value that a write replaced unseen: where it stood then, and what stands there instead."""

    sheet: int
    image: tuple[Face, ...]
    column: int
    before: Face
    after: Face


def lost(misses: Sequence[Astray]) -> tuple[Lost, ...]:
    """Return what was replaced or taken away unseen, whether or not it can be put back."""
    found = []
    for miss in misses:
        touch, image = miss.touch, miss.image
        if touch.kind == DROP:
            told = enumerate(image)
            found += [
                Lost(touch.sheet, image, c, said, None) for c, said in told if said is not None
            ]
        for column, new in touch.new.items() if touch.kind == SET else ():
            before, seen = at(image, column), touch.was.get(column)
            if before not in (None, new) and (miss.other or before != seen):
                found.append(Lost(touch.sheet, image, column, before, new))
        # What is known to be overwritten, though not by what: a formula came there.
        for column in touch.was.keys() - touch.new.keys() if touch.kind == SET else ():
            before = at(image, column)
            if before not in {None, touch.was[column]}:
                found.append(Lost(touch.sheet, image, column, before, None))
    return tuple(found)


def mend(misses: Sequence[Astray], sheets: Mapping[int, Lies]) -> list[Step]:
    """Return the steps that put right what can be put right: cells first, then rows from below."""
    cells: list[Step] = []
    rows: list[tuple[int, Step]] = []
    taken: set[tuple[int, int]] = set()
    for miss in misses:
        lies = sheets.get(miss.touch.sheet)
        if lies is None:
            continue
        if miss.touch.kind == DROP:
            rows.append(_returned(miss, lies))
            continue
        index = _found(miss, lies, taken)
        if index is None or holds_line(lies.grid.locks, index + 1):
            continue
        taken.add((miss.touch.sheet, index))
        if miss.touch.kind == ADD:
            rows.append((index, _removed(miss.touch, lies, index)))
        else:
            cells.append(_put_back(miss, lies, index))
    ordered = sorted(rows, key=lambda row: (row[1].touches[0].sheet, -row[0]))
    return [*cells, *(step for _, step in ordered)]


def _typed(lies: Lies, index: int) -> dict[int, Face]:
    """Return what people or programs typed into a row, by 0-based column."""
    return {
        column: said
        for column, said in enumerate(faces_of(lies.grid, index))
        if (index + 1, column + 1) not in lies.grid.formulas
    }


def _found(miss: Astray, lies: Lies, taken: set[tuple[int, int]]) -> int | None:
    """Return where the row is now that is its copy but for what was written into it."""
    touch = miss.touch
    wanted = dict(enumerate(miss.image)) | dict(touch.new)
    fits = [
        index
        for index in range(len(lies.grid.rows))
        if (touch.sheet, index) not in taken and _is(_typed(lies, index), lies, index, wanted)
    ]
    if len(fits) > 1:
        return touch.index if touch.index in fits else None
    return fits[0] if fits else None


def _is(typed: Faces, lies: Lies, index: int, wanted: Faces) -> bool:
    """Tell whether a row says just this, formulas left out of account."""
    columns = {*typed, *wanted}
    return all(
        typed.get(column) == wanted.get(column)
        for column in columns
        if (index + 1, column + 1) not in lies.grid.formulas
    ) and any(typed.values())


def _put_back(miss: Astray, lies: Lies, index: int) -> Step:
    """Return the step that gives a row its own values again."""
    columns = sorted(miss.touch.new)
    requests = tuple(
        update(lies.sheet, index + 1, column + 1, [cell_of(at(miss.image, column))])
        for column in columns
    )
    typed = _typed(lies, index)
    knows = {c: f for c, f in typed.items() if c not in miss.touch.new and f is not None}
    was = {column: typed.get(column) for column in columns}
    new = {column: at(miss.image, column) for column in columns}
    return Step(requests, (Touch(SET, lies.sheet.id, index, knows, was, new),))


def _removed(touch: Touch, lies: Lies, index: int) -> Step:
    """Return the step that takes away a row which came with its values in wrong columns."""
    area = {
        "sheetId": lies.sheet.id, "dimension": "ROWS", "startIndex": index, "endIndex": index + 1,
    }  # fmt: skip
    was: dict[int, Face] = {c: said for c, said in _typed(lies, index).items() if said is not None}
    was[len(faces_of(lies.grid, index))] = None  # where the row ends, as Touch wants to know
    step = Touch(DROP, touch.sheet, index, {}, was, {})
    return Step(({"deleteDimension": {"range": area}},), (step,))


def _returned(miss: Astray, lies: Lies) -> tuple[int, Step]:
    """Return the step that brings a row back which was taken away for another, and where to."""
    index = min(miss.touch.index, lies.sheet.rows - 1)
    area = {
        "sheetId": lies.sheet.id, "dimension": "ROWS", "startIndex": index, "endIndex": index + 1,
    }  # fmt: skip
    live = lies.formulas(index + 1)
    new = {c: said for c, said in enumerate(miss.image) if said is not None and c not in live}
    cells = {c: cell_of(said) for c, said in new.items()}
    cells |= {c: formula_data(text) for c, text in live.items()}
    fill = (update(lies.sheet, index + 1, c + 1, [cell]) for c, cell in sorted(cells.items()))
    insert = {"insertDimension": {"range": area, "inheritFromBefore": index > 1}}
    return index, Step((insert, *fill), (Touch(ADD, lies.sheet.id, index, {}, {}, new),))
