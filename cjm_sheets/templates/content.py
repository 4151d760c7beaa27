"""Decides what a new workbook holds: its rows as people would have typed them, and blank ones.

`Content` has the filled rows of each table as canonical values (see tables.codec) by column key.
`typed_rows` puts them into cells of a language and adds the blank rows on which people type on.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from cjm_sheets.tables import codec, naming, schema, spec
from cjm_sheets.tables.codec import Value
from cjm_sheets.tables.settings import OFFERS
from cjm_sheets.tables.table import Placed, Raw, Table
from cjm_sheets.templates import layout, map_types
from cjm_sheets.words.catalogue import say

HEADER_LINE = 4
"""Above the header of a table lie the sheet's title, its lead and the titles of the bands."""

BLANK_ROWS = {
    "Maps": 3, "Personas": 3, "Stages": 4, "Touchpoints": 18, "Blueprint": 15, "DayMoments": 18,
    "Empathy": 20, "Pains": 18, "Highs": 12, "Opportunities": 15, "Actions": 15, "Evidence": 15,
    "Metrics": 12, "Changes": 8, "Steps": 3, "Mutes": 8, "Settings": 0,
}  # fmt: skip
"""Rows of an empty table, to type on; Excel adds more by itself."""

_LEAST_BLANK = 3
"""Below filled rows a third of the blank ones is enough, so that none of them takes a page."""

_PICK_LENGTH = 60
"""Letters of a name that stand behind an id; longer ones end in three dots."""

_NAMED_BY = {
    "Maps": "title", "Personas": "name", "Stages": "name", "Touchpoints": "name",
    "Opportunities": "opportunity",
}  # fmt: skip

Row = Mapping[str, Value]


@dataclass(frozen=True)
class Content:
    """The filled rows of a new workbook: table key to rows, each column key to canonical value.

    `settings` overrides first values of Settings. `illustrative` says that the rows are an example.
    `lying` has the tables of a workbook that is there already, as they lie in it; `rows` then has a
    row for each of their lines, blank ones too; `made` has the titles of the sheets that the
    program made in it. Both are empty for a workbook that is to be made. `canonical` formulas speak
    of columns by their keys, for whoever puts them elsewhere than into a workbook.
    """

    map_type: str
    language: str
    rows: Mapping[str, Sequence[Row]]
    settings: Mapping[str, float | str | None] = field(default_factory=dict)
    illustrative: bool = False
    lying: Mapping[str, Table] = field(default_factory=dict)
    made: Mapping[str, str] = field(default_factory=dict)
    canonical: bool = False

    def has_sheet(self, role: str) -> bool:
        """Tell whether the workbook has a sheet that the program makes (see titles.ROLES)."""
        return not self.lying or role in self.made

    @property
    def tables(self) -> tuple[str, ...]:
        """The keys of the tables that the workbook has."""
        usual = map_types.tables(self.map_type)
        if not self.lying:
            return usual
        return tuple(key for key in dict.fromkeys((*usual, *self.lying)) if key in self.lying)

    @property
    def shown(self) -> tuple[str, ...]:
        """The keys of the tables in sight, those to fill in first in front."""
        shown = map_types.shown(self.map_type)
        if not self.lying:
            return shown
        unseen = map_types.MAP_TYPES[self.map_type].hidden
        more = (key for key in self.lying if key not in {*shown, *unseen})
        return tuple(key for key in (*shown, *more) if key in self.lying)

    @cached_property
    def said(self) -> dict[tuple[str, str], str]:
        """The formulas that were written so far, since most stand on many lines (see structure)."""
        return {}


def header(content: Content, table: str, key: str) -> str | None:
    """Return what formulas call a column; None where they cannot reach it.

    In a workbook that is there already they reach the columns of table objects.
    """
    of = schema.BY_KEY[table]
    if content.canonical:
        return of.by_key[key].key
    if not content.lying:
        return naming.column_label(content.language, of, of.by_key[key])
    lies = content.lying.get(table)
    placed = lies.by_key.get(key) if lies and lies.is_object else None
    return placed.label if placed else None


def lies_at(content: Content, table: str, key: str) -> tuple[int, int] | None:
    """Return line and column of a column's header, None where there is no such column."""
    if content.lying:
        lies = content.lying.get(table)
        placed = lies.by_key.get(key) if lies else None
        return (lies.header_line, placed.at) if lies and placed else None
    keys = [p.column.key for p in layout.placed(table, content.map_type)]
    return (HEADER_LINE, keys.index(key) + 1) if key in keys else None


def name_column(table: str) -> str | None:
    """Return the column whose words stand beside a row's id when it is picked; None: none does."""
    return _NAMED_BY.get(table)


def picked(id_: str, name: str) -> str:
    """Return a reference as it is picked from a list: the id, and what it stands for."""
    short = name if len(name) <= _PICK_LENGTH else f"{name[: _PICK_LENGTH - 1]}…"
    return f"{id_} {short}".strip()


def pick_formula(table: str) -> str:
    """Return the canonical text of `picked`, on line 2 for the first row of a table, and so on.

    The same text for all lines: a file is much smaller for it.
    """
    name = _NAMED_BY[table]
    at = f"INDEX({table}[[#All],[{{}}]],ROW())"
    words = at.format(name)
    short = f'IF(LEN({words})>{_PICK_LENGTH},LEFT({words},{_PICK_LENGTH - 1})&"…",{words})'
    return f'=IFERROR(IF({words}="","",TRIM({at.format("id")}&" "&{short})),"")'


def typed_rows(content: Content, table: str) -> tuple[Mapping[str, Raw], ...]:
    """Return the cells of all rows of a table, blank rows included, by column key."""
    of = schema.BY_KEY[table]
    if content.lying:
        return _as_they_lie(content.lying.get(table))
    if table == "Settings":
        return tuple(_settings(content))
    filled = [_cells(content, of, row) for row in content.rows.get(table, ())]
    start, count = len(filled) + 1, BLANK_ROWS[table]
    if filled:
        count = min(count, max(_LEAST_BLANK, count // 3))
    blank = [_blank(of, number) for number in range(start, start + count)]
    return (*filled, *blank)


def as_tables(content: Content) -> tuple[Table, ...]:
    """Return the tables of the new workbook as a reader will find them in its file."""
    return tuple(as_table(content, key) for key in map_types.tables(content.map_type))


def as_table(content: Content, key: str) -> Table:
    """Return a table of a new workbook as a reader will find it."""
    of = schema.BY_KEY[key]
    rows = typed_rows(content, key)
    columns = tuple(
        Placed(
            p.column.key,
            naming.column_label(content.language, of, p.column),
            at,
            tuple(row.get(p.column.key) for row in rows),
        )
        for at, p in enumerate(layout.placed(key, content.map_type), start=1)
    )
    first, last = HEADER_LINE + 1, HEADER_LINE + len(rows)
    title = naming.table_label(content.language, of)
    lines = tuple(range(first, last + 1))
    return Table(of, title, HEADER_LINE, lines, columns, last, is_object=True)


def _as_they_lie(table: Table | None) -> tuple[Mapping[str, Raw], ...]:
    """Return the rows of a table of a workbook that is there already, () if it has no such one."""
    if table is None:
        return ()
    columns = {key: tuple(map(_whole, of.cells)) for key, of in table.by_key.items()}
    return tuple(
        {key: cells[at] for key, cells in columns.items()} for at in range(len(table.lines))
    )


def _whole(cell: Raw) -> Raw:
    """Return a whole number as such: joined to a text, 12 and 12.0 are the same."""
    return int(cell) if isinstance(cell, float) and cell.is_integer() else cell


def _cells(content: Content, of: spec.Table, row: Row) -> dict[str, Raw]:
    return {key: _cell(content, of.by_key[key], value) for key, value in row.items()}


def _cell(content: Content, column: spec.Column, value: Value) -> Raw:
    """Return the cell to write: a reference to one row with the words that it stands for."""
    if column.kind.name == "ref" and isinstance(value, str):
        return picked(value, _name_of(content, column.kind.target, value))
    return codec.encode(value, column, content.language)


def _name_of(content: Content, table: str, id_: str) -> str:
    name = name_column(table)
    rows = (row for row in content.rows.get(table, ()) if row.get("id") == id_)
    return next((str(row.get(name) or "") for row in rows), "") if name else ""


def _blank(of: spec.Table, number: int) -> dict[str, Raw]:
    """Return a row that waits for somebody: its id counted on, its order and defaults proposed."""
    cells: dict[str, Raw] = {c.key: c.default for c in of.columns if c.default is not None}
    if of.prefix:
        cells["id"] = f"{of.prefix}{number}"
    if "order" in of.by_key:
        cells["order"] = number
    return cells


def _settings(content: Content) -> list[dict[str, Raw]]:
    rows: list[dict[str, Raw]] = []
    for offer in OFFERS:
        value = content.settings.get(offer.key, offer.value)
        if offer.key == "language":
            value = content.language
        note = say(content.language, offer.note)
        rows.append({"key": offer.key, "value": value, "note": note})
    return rows
