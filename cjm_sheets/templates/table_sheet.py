"""Decides what the sheet of one table looks like: title, lead, bands, headers, rows, helpers."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from cjm_sheets.tables import formulas, naming, schema, spec
from cjm_sheets.templates import body, content, layout, leads, looks, offers
from cjm_sheets.templates.conditions import conditions
from cjm_sheets.templates.content import HEADER_LINE, Content
from cjm_sheets.templates.facts import Results
from cjm_sheets.templates.heading import HEIGHTS, heading
from cjm_sheets.templates.plan import (
    Cell,
    ColumnLook,
    Page,
    Sheet,
    Shown,
    TableArea,
    TableColumn,
    Validation,
)
from cjm_sheets.templates.row_heights import row_heights
from cjm_sheets.templates.structure import structured
from cjm_sheets.words.catalogue import say

_BAND_LINE = HEADER_LINE - 1
_HEIGHTS = {**HEIGHTS, _BAND_LINE: 16.0, HEADER_LINE: 31.0}
_ROOM = 500
"""Lines below a table that rows may come to take."""

_BUTTON = 2.4
"""Width that the button of the filter takes in a header."""

_PER_LETTER = 1.0
"""Width that a bold letter of size 9 takes."""


@dataclass(frozen=True)
class _Table:
    """A table on its way to a sheet: what it is, where its columns stand, what is in its rows."""

    of: spec.Table
    content: Content
    placed: tuple[layout.Placed, ...]
    rows: tuple[Mapping[str, Shown], ...]
    results: Mapping[str, Sequence[Shown]]

    @property
    def lines(self) -> tuple[int, int]:
        """The first and the last line of rows."""
        return HEADER_LINE + 1, HEADER_LINE + len(self.rows)

    @property
    def reach(self) -> tuple[int, int]:
        """The lines for which drop-downs, hints and colours are ready: rows to come as well."""
        first, last = self.lines
        return first, last + _ROOM

    def label(self, column: spec.Column) -> str:
        """Return a column's header."""
        return naming.column_label(self.content.language, self.of, column)

    def formula(self, column: spec.Column) -> str:
        """Return the live formula of a column as it stands in the file; "" if people fill it in."""
        text = formulas.FORMULAS.get(self.of.key, {}).get(column.key, "")
        return structured(self.content, text, self.of.key) if text else ""


def table_sheet(of: Content, key: str, results: Results) -> Sheet:
    """Return the sheet of a table, with its live formulas and their known results."""
    table = _Table(
        schema.BY_KEY[key],
        of,
        layout.placed(key, of.map_type),
        tuple(_shown(row) for row in content.typed_rows(of, key)),
        results.get(key, {}),
    )
    at = {p.column.key: number for number, p in enumerate(table.placed, start=1)}
    title = naming.table_label(of.language, table.of)
    columns = tuple(_column(key, p, w) for p, w in zip(table.placed, _widths(table), strict=True))
    rows = tuple(_rows(table))
    return Sheet(
        title,
        cells=(*_top(table, title), *_headers(table), *rows),
        columns=columns,
        growing=row_heights(rows, columns),
        heights=_HEIGHTS,
        table=_area(table),
        validations=_validations(table),
        conditions=conditions(key, at, table.reach),
        frozen=(HEADER_LINE, 1),
        page=_page(table),
        tab=looks.tab(key),
    )


def _shown(row: Mapping[str, object]) -> dict[str, Shown]:
    return {key: value for key, value in row.items() if isinstance(value, Shown)}


def _top(table: _Table, title: str) -> Iterator[Cell]:
    """Yield what stands above the bands."""
    language, key = table.content.language, table.of.key
    lead = say(language, leads.LEADS[key])
    if table.content.illustrative and key == "Evidence":
        lead = f"{lead} {say(language, leads.ILLUSTRATIVE)}"
    yield from heading(language, title, lead)


def _headers(table: _Table) -> Iterator[Cell]:
    """Yield the titles of the bands and the headers below them."""
    before = ""
    for at, p in enumerate(table.placed, start=1):
        tone = looks.TONES[p.tone]
        if p.title:
            title = say(table.content.language, p.title) if p.title != before else None
            yield Cell(_BAND_LINE, at, title, looks.band(tone))
            before = p.title
        look = looks.header(tone, computed=p.column.computed)
        yield Cell(HEADER_LINE, at, table.label(p.column), look)


def _rows(table: _Table) -> Iterator[Cell]:
    for at, p in enumerate(table.placed, start=1):
        column = p.column
        formula = table.formula(column)
        results = table.results.get(column.key, ())
        for index, row in enumerate(table.rows):
            look = body.style(table.of.key, column, stripe=index % 2 == 1)
            line = HEADER_LINE + 1 + index
            if formula:
                known = results[index] if index < len(results) else None
                yield Cell(line, at, "" if known is None else known, look, formula)
            else:
                yield Cell(line, at, row.get(column.key), look)


def _page(table: _Table) -> Page:
    """Return how the sheet is printed: its bands and headers on every page."""
    one_page = table.of.key == "Settings"
    return Page(repeat=(_BAND_LINE, HEADER_LINE), one_page=one_page)


def _widths(table: _Table) -> list[float]:
    """Return the widths of the columns: no word of a header or a list broken, no title cut."""
    widths = []
    for p in table.placed:
        longest = max(len(word) for word in table.label(p.column).split())
        wide = max(layout.width(table.of.key, p.column), longest * _PER_LETTER + _BUTTON)
        widths.append(max(wide, _longest_value(table, p.column) * _PER_LETTER + _BUTTON))
    seen = [(at, p) for at, p in enumerate(table.placed) if p.title and not p.folded]
    for title, group in groupby(seen, key=lambda pair: pair[1].title):
        places = [at for at, _ in group]
        needed = len(say(table.content.language, title)) * _PER_LETTER + 2
        widths[places[-1]] += max(0, needed - sum(widths[at] for at in places))
    return widths


def _longest_value(table: _Table, column: spec.Column) -> int:
    """Return the letters of the longest word that was picked from a list."""
    if column.kind.name != "list":
        return 0
    picked = (f"{row.get(column.key) or ''}" for row in table.rows)
    return max((len(word) for text in picked for word in text.split()), default=0)


def _column(table: str, p: layout.Placed, width: float) -> ColumnLook:
    hidden = p.folded or p.column.helper
    look = replace(body.style(table, p.column, stripe=False), fill="", line="")
    return ColumnLook(width, hidden, int(p.folded), p.opens_fold, look)


def _area(table: _Table) -> TableArea:
    columns = (TableColumn(table.label(p.column), table.formula(p.column)) for p in table.placed)
    return TableArea(table.of.key, HEADER_LINE, table.lines[1], tuple(columns))


def _validations(table: _Table) -> tuple[Validation, ...]:
    found = (
        _offer(table, p.column, at)
        for at, p in enumerate(table.placed, start=1)
        if not p.column.helper
    )
    return tuple(offer for offer in found if offer is not None)


def _offer(table: _Table, column: spec.Column, at: int) -> Validation | None:
    """Return what a column offers; rows of a table that the workbook lacks cannot be picked."""
    offer = offers.validation(table.content.language, table.of, column, at, table.reach)
    if offer is None or column.kind.name != "ref" or column.kind.target in table.content.tables:
        return offer
    return replace(offer, kind="any", source="", objection="") if offer.message else None
