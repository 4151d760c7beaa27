"""Decides which sheets of a spreadsheet hold which tables of a map, and where their headers are."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from cjm_sheets.tables import naming, schema, spec
from cjm_sheets.tables.table import Grid, Placed, Raw, Table

HEADER_WITHIN = 30
"""A header lies within so many first rows of its sheet; people put titles and notes above it."""


@dataclass(frozen=True, slots=True)
class Found:
    """A header row: how many of its cells are columns of the table, and which."""

    hits: int
    line: int
    keys: tuple[str | None, ...]


def recognise(grids: Iterable[Grid]) -> tuple[Table, ...]:
    """Return the tables that the sheets hold, in schema order; of two sheets the first one counts.

    A sheet is taken by its title or its table object if at least one further column fits, and any
    sheet if the row id and three quarters of the filled headers fit.
    """
    best: dict[str, tuple[bool, Table]] = {}
    for grid in grids:
        heads = tuple(_plain(row) for row in grid.rows[:HEADER_WITHIN])
        for named, of in _candidates(grid):
            found = _header(grid, heads, of)
            if found is None or not _convinces(found, grid, of, named=named):
                continue
            if of.key not in best or (named and not best[of.key][0]):
                best[of.key] = (named, _table(grid, of, found))
            break
    return tuple(best[of.key][1] for of in schema.TABLES if of.key in best)


def language_of(tables: Sequence[Table]) -> str:
    """Return the language that the headers of most tables speak."""
    votes = [
        naming.speaks({column.label for column in table.columns}, table.spec.key)
        for table in tables
    ]
    return max(dict.fromkeys(votes), key=votes.count, default="en")


def _candidates(grid: Grid) -> list[tuple[bool, spec.Table]]:
    """Return the tables that the sheet may hold; those that it names come first."""
    marked = (mark.partition(".")[0] for mark in grid.marks.values())
    names = dict.fromkeys([*grid.areas, grid.sheet, *marked])
    named = [of for name in names if (of := naming.known_titles().get(naming.plain(name)))]
    if named:
        return [(True, of) for of in named]
    return [(False, of) for of in schema.TABLES if of.identity == ("id",)]


def _plain(row: Sequence[Raw]) -> tuple[str | None, ...]:
    """Return the texts of a row as they are compared."""
    return tuple(naming.plain(cell) if isinstance(cell, str) else None for cell in row)


def _header(grid: Grid, heads: Sequence[tuple[str | None, ...]], of: spec.Table) -> Found | None:
    """Return the row that looks most like the header of a table; heads are the first rows."""
    marks = {at: key for at, mark in grid.marks.items() if (key := _marked(mark, of))}
    known = naming.known_columns(of.key)
    best: Found | None = None
    most = 0
    for line, head in enumerate(heads, start=1):
        labels = tuple(None if text is None else known.get(text) for text in head)
        # Where every header was renamed, the first filled row over marked columns is the header.
        hits = sum(key is not None for key in labels) or (
            best is None and _names(grid.rows[line - 1], marks)
        )
        if hits > most:
            keys = _keys(labels, marks, of)
            best, most = Found(sum(key is not None for key in keys), line, keys), hits
    return best


def _marked(mark: str, of: spec.Table) -> str:
    """Return the column of a table that a mark names, "" if it names another table's."""
    table, _, key = mark.partition(".")
    return key if table == of.key else ""


def _names(row: Sequence[Raw], marks: Mapping[int, str]) -> bool:
    """Tell whether a row names at least two of the marked columns in some words."""
    return sum(isinstance(_cell(row, at), str) for at in marks) > 1


def _keys(
    labels: Sequence[str | None], marks: Mapping[int, str], of: spec.Table
) -> tuple[str | None, ...]:
    """Return the key of each column: what it is marked as, else what its header names.

    Of several columns for one key (somebody copied one) the one that is marked and named so wins,
    then the first marked one, then the first named one.
    """
    taken: dict[str, int] = {}
    for at, label in enumerate(labels, start=1):
        if label is not None and marks.get(at) == label:
            taken.setdefault(label, at)
    for at, key in marks.items():
        if key in of.by_key and at <= len(labels) and at not in taken.values():
            taken.setdefault(key, at)
    for at, label in enumerate(labels, start=1):
        if label is not None and at not in taken.values():
            taken.setdefault(label, at)
    columns = {at: key for key, at in taken.items()}
    return tuple(columns.get(at) for at in range(1, len(labels) + 1))


def _convinces(found: Found, grid: Grid, of: spec.Table, *, named: bool) -> bool:
    """Tell whether a header is good enough to take the sheet for the table."""
    if named:
        return found.hits >= min(2, len(of.columns))
    filled = sum(cell is not None and cell != "" for cell in grid.rows[found.line - 1])
    return "id" in found.keys and found.hits >= 4 and found.hits * 4 >= filled * 3  # noqa: PLR2004 - the rule as its docstring above says it


def _table(grid: Grid, of: spec.Table, found: Found) -> Table:
    """Return the table below a header."""
    area = next(
        (a for name, a in grid.areas.items() if naming.plain(name) == naming.plain(of.key)), None
    )
    ours = area if area and area[0] == found.line else None
    last = _last_line(grid, found, ours[2]) if ours else max(found.line, len(grid.rows))
    body = grid.rows[found.line : last]
    width = len(found.keys)
    header = grid.rows[found.line - 1]
    within = range(ours[1], ours[3] + 1) if ours else range(1, width + 1)
    down = _transposed(body, width)
    columns = tuple(
        Placed(key, str(header[at - 1] or ""), at, down[at - 1])
        for at, key in enumerate(found.keys, start=1)
        if at in within and (key is not None or header[at - 1] not in {None, ""})
    )
    lines = tuple(range(found.line + 1, found.line + 1 + len(body)))
    inside = {place: text for place, text in grid.formulas.items() if found.line < place[0] <= last}
    spanned = ours is not None and ours[2] == last
    return Table(
        of,
        grid.sheet,
        found.line,
        lines,
        columns,
        last,
        inside,
        is_object=spanned,
        hidden=frozenset(line for line in grid.hidden if found.line < line <= last),
        merged=tuple(area for area in grid.merged if found.line <= area[2] and area[0] <= last),
        notes={place: text for place, text in grid.notes.items() if found.line < place[0] <= last},
        locks=grid.locks,
        comments=grid.comments,
        rich=grid.rich,
    )


def _transposed(body: Sequence[Sequence[Raw]], width: int) -> Sequence[tuple[Raw, ...]]:
    """Return the cells of rows column by column; rows may be shorter or longer than width."""
    if not body:
        return ((),) * width
    if set(map(len, body)) == {width}:
        return list(zip(*body, strict=True))
    padded = [row if len(row) >= width else (*row, *(None,) * (width - len(row))) for row in body]
    return list(zip(*padded, strict=False))


def _last_line(grid: Grid, found: Found, ends: int) -> int:
    """Return where a table ends: rows typed right below it belong to it, extended or not."""
    ours = [at for at, key in enumerate(found.keys, start=1) if key is not None]
    while ends < len(grid.rows) and any(
        _cell(grid.rows[ends], at) not in {None, ""} for at in ours
    ):
        ends += 1
    return ends


def _cell(row: Sequence[Raw], at: int) -> Raw:
    """Return a cell of a row that may be shorter than its header."""
    return row[at - 1] if at <= len(row) else None
