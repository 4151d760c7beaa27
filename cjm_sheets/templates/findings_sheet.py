"""Decides how the sheet looks that lists what a check found, with a link to each cell."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from cjm_sheets.templates import looks, titles
from cjm_sheets.templates.facts import Health
from cjm_sheets.templates.heading import HEIGHTS, heading
from cjm_sheets.templates.plan import Cell, ColumnLook, Page, Sheet, Style
from cjm_sheets.templates.row_heights import row_heights
from cjm_sheets.words import counts
from cjm_sheets.words.catalogue import say
from cjm_sheets.words.mark import N_

_LEAD = N_(
    "Checked on {day}. What you mend disappears from here, and from its cell, at the next check."
)
_NOTHING = N_("Nothing to mend.")
_HEALTH = N_("Health: {grade}")
_HEADS = (N_("How bad"), N_("Rule"), N_("Where"), N_("What is wrong"), N_("How to mend it"))
_WORDS = {"error": N_("error"), "warning": N_("warning"), "info": N_("info")}
_FILLS = {"error": looks.RED, "warning": looks.AMBER, "info": looks.PALE_MINT}

_B, _C, _D, _E, _F = 2, 3, 4, 5, 6
_HEAD_LINE = 4
_TEXT = Style(line=looks.RULE, wrap=True, align="left", valign="top", indent=1)
_LINK = Style(
    line=looks.RULE, underline=True, color="#22567C", align="left", valign="top", indent=1
)
_COLUMNS = (5.0, 12.0, 9.0, 26.0, 62.0, 62.0)


@dataclass(frozen=True, slots=True)
class Noted:
    """A finding as it is listed: `sheet` and `cell` tell where it is, "" for what is not known."""

    severity: str
    rule: str
    sheet: str
    cell: str
    says: str
    mend: str


def findings_sheet(
    language: str, noted: Sequence[Noted], health: Health | None, day: date
) -> Sheet:
    """Return the sheet."""
    columns = tuple(ColumnLook(width) for width in _COLUMNS)
    rows = tuple(_rows(language, noted))
    return Sheet(
        titles.findings(language),
        cells=(*_top(language, health, day), *_heads(language), *rows),
        columns=columns,
        heights={**HEIGHTS, _HEAD_LINE: 24.0} | row_heights(rows, columns),
        frozen=(_HEAD_LINE, 0),
        page=Page(repeat=(_HEAD_LINE, _HEAD_LINE)),
        tab=looks.TONES["ochre"].strong,
    )


def _top(language: str, health: Health | None, day: date) -> Iterator[Cell]:
    lead = say(language, _LEAD, day=day.isoformat())
    yield from heading(language, titles.findings(language), lead)
    if health:
        found = counts.findings(language, health.errors, health.warnings, health.notes)
        said = f"{found}. {say(language, _HEALTH, grade=health.grade)}"
        yield Cell(2, _F, said, Style(bold=True, color=looks.DEEP))


def _heads(language: str) -> Iterator[Cell]:
    tone = looks.TONES["slate"]
    for at, head in enumerate(_HEADS, start=_B):
        yield Cell(_HEAD_LINE, at, say(language, head), looks.header(tone, computed=False))


def _rows(language: str, noted: Sequence[Noted]) -> Iterator[Cell]:
    if not noted:
        yield Cell(_HEAD_LINE + 1, _B, say(language, _NOTHING), Style(size=11))
    for line, one in enumerate(noted, start=_HEAD_LINE + 1):
        fill = _FILLS[one.severity]
        bad = Style(fill=fill, line=looks.RULE, align="left", valign="top", indent=1, bold=True)
        yield Cell(line, _B, say(language, _WORDS[one.severity]), bad)
        yield Cell(line, _C, one.rule, _TEXT)
        where = f"{one.sheet}: {one.cell}" if one.sheet and one.cell else one.sheet or one.cell
        spot = one.cell or "A1"
        yield Cell(line, _D, where, _LINK if one.sheet else _TEXT, link=one.sheet, spot=spot)
        yield Cell(line, _E, one.says, _TEXT)
        yield Cell(line, _F, one.mend, _TEXT)
