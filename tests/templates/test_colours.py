"""What stands in a workbook can be read: by contrast, and by people who see red and green alike."""

from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import combinations

import pytest

from cjm_sheets.adapters.starter_files import StarterFiles
from cjm_sheets.templates import layout, looks
from cjm_sheets.templates.content import HEADER_LINE
from cjm_sheets.templates.map_types import MAP_TYPES
from cjm_sheets.templates.plan import Book, Condition, Sheet, Style
from cjm_sheets.usecases.new_map import Wish, content_of, planned

NOW = datetime(2026, 3, 31, 9, tzinfo=UTC)
_PAPER = "#FFFFFF"
_ENOUGH, _ENOUGH_LARGE = 4.5, 3.0
_APART = 0.1
"""Pale pink and white lie 0.5 apart; a fifth of that is still seen side by side."""

_LARGE, _LARGE_BOLD = 18, 14
"""Points from which WCAG calls a text large."""

_WISHES = (*(Wish(kind) for kind in MAP_TYPES),
           *(Wish(kind, starter=name) for name, kind, code in StarterFiles().known()
             if code == "en"))  # fmt: skip


def _name(wish: Wish) -> str:
    return f"{wish.starter or 'blank'}-{wish.map_type}"


def _channels(colour: str) -> tuple[float, float, float]:
    """Return red, green and blue in linear light."""
    red, green, blue = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    return _linear(red), _linear(green), _linear(blue)


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4


def _light(channels: tuple[float, float, float]) -> float:
    red, green, blue = channels
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colours as WCAG counts it."""
    dark, bright = sorted((_light(_channels(one)), _light(_channels(other))))
    return (bright + 0.05) / (dark + 0.05)


def seen_without_green(colour: str) -> tuple[float, float, float]:
    """Return what somebody with deuteranopia sees of a colour (Viénot, Brettel, Mollon 1999)."""
    red, green, blue = _channels(colour)
    mixed = 0.29275 * red + 0.70725 * green
    return mixed, mixed, -0.02234 * red + 0.02234 * green + blue


def apart(one: str, other: str) -> float:
    """Return how far apart two colours are for somebody with deuteranopia, from 0 to 3."""
    pairs = zip(seen_without_green(one), seen_without_green(other), strict=True)
    return sum(abs(a - b) for a, b in pairs)


def _pairs(book: Book) -> Iterator[tuple[str, str, Style, str]]:
    """Yield the colours of text and ground that can meet in a cell, with the cell's style."""
    for sheet in book.sheets:
        for cell in sheet.cells:
            ground = cell.style.fill or _PAPER
            if cell.value is not None or sheet.table:
                yield cell.style.color, ground, cell.style, sheet.title
            for rule in _over(sheet, cell.line, cell.column):
                if rule.kind == "bar":
                    yield cell.style.color, rule.color, cell.style, sheet.title
                else:
                    color = rule.color or cell.style.color
                    yield color, rule.fill or ground, cell.style, sheet.title


def _over(sheet: Sheet, line: int, column: int) -> Iterator[Condition]:
    for rule in sheet.conditions:
        last = max(rule.column, rule.last_column)
        if rule.first_line <= line <= rule.last_line and rule.column <= column <= last:
            yield rule


@pytest.mark.parametrize("wish", _WISHES, ids=_name)
def test_all_text_stands_out_from_its_ground(wish: Wish) -> None:
    book = planned(content_of(wish, StarterFiles(), NOW.date()), NOW)
    seen = set(_pairs(book))
    assert len(seen) > 50
    poor = {
        (title, color, ground, style.size)
        for color, ground, style, title in seen
        if contrast(color, ground) < (_ENOUGH_LARGE if _is_large(style) else _ENOUGH)
    }
    assert poor == set()


def _is_large(style: Style) -> bool:
    return style.size >= (_LARGE_BOLD if style.bold else _LARGE)


@pytest.mark.parametrize("wish", [Wish(), Wish(starter="vacuum")], ids=_name)
def test_names_on_the_chart_stand_out_from_paper(wish: Wish) -> None:
    book = planned(content_of(wish, StarterFiles(), NOW.date()), NOW)
    series = [series for chart in book.sheets[1].charts for series in chart.series]
    assert len(series) >= 4
    for one in series:
        assert contrast(one.color, _PAPER) >= (_ENOUGH if one.label else _ENOUGH_LARGE), one.name


@pytest.mark.parametrize(
    ("table", "key"), [("Pains", "severity"), ("Pains", "grade"), ("Touchpoints", "emotion")]
)
def test_who_sees_red_and_green_alike_can_tell_the_colours_of_a_scale_apart(
    table: str, key: str
) -> None:
    sheet = next(s for s in _vacuum().sheets if s.table is not None and s.table.name == table)
    column = _column(table, key)
    rules = [r for r in sheet.conditions if r.column == column and r.kind == "formula"]
    fills = [rule.fill for rule in rules]
    assert len(fills) == 4
    for one, other in combinations(fills, 2):
        assert apart(one, other) >= _APART, (one, other)
    said = {c.value for c in sheet.cells if c.column == column and c.line > HEADER_LINE}
    assert len(said - {None, ""}) >= 3, "no colour stands without a number or a letter"


def test_a_mood_says_its_sign() -> None:
    sheet = next(s for s in _vacuum().sheets if s.table and s.table.name == "Touchpoints")
    column = _column("Touchpoints", "emotion")
    formats = {c.style.number for c in sheet.cells if c.column == column and c.line > HEADER_LINE}
    assert formats == {"+0;-0;0"}


def test_good_and_bad_differ_in_more_than_red_and_green() -> None:
    for bad in (looks.RED, looks.ROSE, looks.PALE_ROSE):
        for good in (looks.GREEN, looks.MINT, looks.PALE_MINT):
            assert apart(bad, good) >= _APART, (bad, good)


def _vacuum() -> Book:
    return planned(content_of(Wish(starter="vacuum"), StarterFiles(), NOW.date()), NOW)


def _column(table: str, key: str) -> int:
    keys = [placed.column.key for placed in layout.placed(table, "current")]
    return keys.index(key) + 1
