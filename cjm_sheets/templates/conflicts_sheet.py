"""Decides how the sheet looks that lists what both copies of a map changed since they agreed."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from cjm_sheets.templates import looks, titles
from cjm_sheets.templates.heading import HEIGHTS, heading
from cjm_sheets.templates.plan import Cell, ColumnLook, Page, Sheet, Style
from cjm_sheets.templates.row_heights import row_heights
from cjm_sheets.words.catalogue import say
from cjm_sheets.words.mark import N_

_LEAD = N_(
    "Both sides changed these cells since the last sync. Type what shall hold on either side, then"
    " sync."
)
_NOTHING = N_("Both sides agree.")
_HEADS = (
    N_("Where"),
    N_("Row"),
    N_("Column"),
    N_("Last agreed"),
    N_("In the workbook"),
    N_("In the shared copy"),
)

_B = 2
_HEAD_LINE = 4
_TEXT = Style(line=looks.RULE, wrap=True, align="left", valign="top", indent=1)
_LINK = Style(
    line=looks.RULE, underline=True, color="#22567C", align="left", valign="top", indent=1
)
_COLUMNS = (5.0, 24.0, 36.0, 22.0, 40.0, 40.0, 40.0)


@dataclass(frozen=True, slots=True)
class Clashing:
    """A conflict as it is listed: `sheet` and `cell` tell where it is, `row` whose it is."""

    sheet: str
    cell: str
    row: str
    column: str
    agreed: str
    ours: str
    theirs: str


def conflicts_sheet(language: str, clashing: Sequence[Clashing]) -> Sheet:
    """Return the sheet."""
    columns = tuple(ColumnLook(width) for width in _COLUMNS)
    rows = tuple(_rows(language, clashing))
    heading_cells = heading(language, titles.conflicts(language), say(language, _LEAD))
    return Sheet(
        titles.conflicts(language),
        cells=(*heading_cells, *_heads(language), *rows),
        columns=columns,
        heights={**HEIGHTS, _HEAD_LINE: 24.0} | row_heights(rows, columns),
        frozen=(_HEAD_LINE, 0),
        page=Page(repeat=(_HEAD_LINE, _HEAD_LINE)),
        tab=looks.TONES["ochre"].strong,
    )


def _heads(language: str) -> Iterator[Cell]:
    tone = looks.TONES["slate"]
    for at, head in enumerate(_HEADS, start=_B):
        yield Cell(_HEAD_LINE, at, say(language, head), looks.header(tone, computed=False))


def _rows(language: str, clashing: Sequence[Clashing]) -> Iterator[Cell]:
    if not clashing:
        yield Cell(_HEAD_LINE + 1, _B, say(language, _NOTHING), Style(size=11))
    for line, one in enumerate(clashing, start=_HEAD_LINE + 1):
        where = f"{one.sheet}: {one.cell}"
        yield Cell(line, _B, where, _LINK, link=one.sheet, spot=one.cell)
        said = (one.row, one.column, one.agreed, one.ours, one.theirs)
        for at, text in enumerate(said, start=_B + 1):
            yield Cell(line, at, text, _TEXT)
