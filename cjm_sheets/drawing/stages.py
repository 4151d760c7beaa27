"""Decides how the stages lie across the map: coloured arrows, and what the customer wants there."""

from cjm_sheets.drawing import formats, palette, styles, tidy
from cjm_sheets.drawing.blocks import NOTHING, Block, moved, paragraph, stack
from cjm_sheets.drawing.content import Band, View
from cjm_sheets.drawing.grid import Grid
from cjm_sheets.drawing.palette import Shade
from cjm_sheets.drawing.shapes import Path, Shape, Step, polygon
from cjm_sheets.model import journey
from cjm_sheets.tables.naming import word
from cjm_sheets.words.catalogue import say

_TIP = 7.0
"""How far an arrow reaches into the gap on its right."""
_DOWN = 9.0


def shades(view: View) -> tuple[Shade, ...]:
    """Return the colours of each band."""
    return tuple(
        palette.LOOSE if band.stage is None else palette.stage(index)
        for index, band in enumerate(view.bands)
    )


def arrows(view: View, places: Grid) -> Block:
    """Return the row of stages, as wide as the page."""
    words = [
        _words(band, view, wide - 2 * styles.INSET)
        for band, (_, wide) in zip(view.bands, places.bands, strict=True)
    ]
    height = max((block.height for block in words), default=0) + 2 * _DOWN
    shapes: list[Shape] = []
    for index, (block, (left, wide), shade) in enumerate(
        zip(words, places.bands, shades(view), strict=True)
    ):
        steps = _arrow((left, wide, height), notched=index > 0)
        shapes.append(Path(steps, fill=shade.deep))
        shapes.append(moved(block, left + styles.INSET, (height - block.height) / 2))
    return Block(places.page, height, tuple(shapes))


def _arrow(box: tuple[float, float, float], *, notched: bool) -> tuple[Step, ...]:
    left, wide, height = box
    right, middle = left + wide, height / 2
    corners = [(left, 0), (right, 0), (right + _TIP, middle), (right, height), (left, height)]
    return polygon(*corners, *([(left + _TIP, middle)] if notched else []))


def _words(band: Band, view: View, room: float) -> Block:
    language, stage = view.language, band.stage
    if stage is None:
        name = say(language, "Not tied to a stage")
        return paragraph(name, styles.BAND, room)
    name = tidy.words(stage.name) or say(language, "Stage without a name")
    phase = word(language, "phase", tidy.words(stage.phase))
    below = paragraph(phase[:1].upper() + phase[1:], styles.BAND_SMALL, room)
    return stack((paragraph(name, styles.BAND, room), below), 0)


def goals(view: View, places: Grid) -> tuple[Block, ...]:
    """Return what the customer wants in each stage and how close we are, one block a band."""
    return tuple(
        NOTHING if band.stage is None else _goal(band.stage, view.language, wide - 2 * styles.INSET)
        for band, (_, wide) in zip(view.bands, places.bands, strict=True)
    )


def _goal(stage: journey.Stage, language: str, room: float) -> Block:
    goal = paragraph(tidy.text(stage.customer_goal), styles.BODY, room)
    return stack((goal, paragraph(measure(stage, language), styles.SMALL, room)), 3)


def measure(stage: journey.Stage, language: str) -> str:
    """Return the measure of a stage with where it stands and where it should be."""
    name = tidy.words(stage.success_metric)
    actual, target = tidy.number(stage.actual), tidy.number(stage.target)
    parts = []
    if actual is not None:
        parts.append(say(language, "now {value}", value=formats.short(language, actual)))
    if target is not None:
        parts.append(say(language, "target {value}", value=formats.short(language, target)))
    figures = ", ".join(parts)
    return f"{name}: {figures}" if name and figures else name or figures
