"""Decides how the mood curve of a tier looks: a line for each way, and three marks on it."""

from typing import Literal

from cjm_sheets.templates import looks
from cjm_sheets.templates import map_words as words
from cjm_sheets.templates.map_curve import Curve
from cjm_sheets.templates.plan import Block, Chart, Series
from cjm_sheets.words.catalogue import say

HEIGHT = 150.0
"""Points that a curve takes at least."""

_LINES = (looks.DEEP, "#B2603F", "#6A5190")
_MARKS: tuple[tuple[str, str, Literal["above", "below", "right"]], ...] = (
    (words.PEAK, "#2F7A4A", "above"),
    (words.LOW, "#B23A3A", "below"),
    (words.END, "#9A6400", "right"),
)
_AIR = 1
"""Moods above and below the scale, for the names of the marks."""


def chart(drawn: Curve, place: Block, language: str) -> Chart:
    """Return the chart of a curve; the marks come last, in series of their own.

    LibreOffice gives all points of a series one colour.
    """
    lines = [
        Series(
            name=f"={one.name}" if one.name else say(language, words.CURVE),
            x=one.x.range,
            y=one.y.range,
            color=_LINES[at],
            width=1.75 if at else 2.75,
            size=5 if at else 7,
        )
        for at, one in enumerate(drawn.lines)
    ]
    marks = [
        Series(say(language, name), x.range, y.range, color, marker="diamond", size=14, label=side)
        for (name, color, side), (x, y) in zip(_MARKS, drawn.marks, strict=True)
    ]
    return Chart(
        place,
        (*lines, *marks),
        x=(0, place.last_column - place.first_column + 1),
        y=(-2 - _AIR, 2 + _AIR),
        description=say(language, words.ALT),
        size=(0, HEIGHT),
        legend=tuple(one.name for one in lines) if len(lines) > 1 else (),
    )
