"""Decides how a scene is written as SVG."""

import re
from collections.abc import Iterable, Iterator
from datetime import date

from cjm_sheets.drawing.choose import view
from cjm_sheets.drawing.content import Asked
from cjm_sheets.drawing.scene import scene
from cjm_sheets.drawing.shapes import (
    ASCENT,
    LEADING,
    Circle,
    Group,
    Path,
    Rect,
    Scene,
    Shape,
    Text,
)
from cjm_sheets.model.scores import PainScore
from cjm_sheets.model.workbook import Workbook

FAMILY = "'Segoe UI','Helvetica Neue',Arial,'Liberation Sans','DejaVu Sans Condensed',sans-serif"
_ESCAPES = {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;"}
_SPECIAL = re.compile("[&<>\"']")


_WRITING = f'font-family="{FAMILY}" text-rendering="geometricPrecision"'


def draw_svg(
    workbook: Workbook,
    scores: tuple[PainScore, ...],
    language: str,
    *,
    map_id: str | None = None,
    as_of: date | None = None,
) -> str:
    """Return the wall map of a workbook as an SVG document.

    Without a map id the first map is drawn; NoSuchMapError if there is none of the id. Actions that
    were due before `as_of` are marked; without it none is.
    """
    drawn = scene(view(Asked(workbook, scores, language, map_id, as_of)))
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{svg(drawn, language)}\n'


def escape(text: str) -> str:
    """Return a text for an element or an attribute of HTML or XML."""
    return _SPECIAL.sub(lambda found: _ESCAPES[found[0]], text)


def svg(drawn: Scene, language: str, *, links: bool = False) -> str:
    """Return the svg element of a scene; links lead to ids of the page around it."""
    body = "\n".join(_write(drawn.shapes, links=links))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" {_size(drawn)} role="group" '
        f'aria-labelledby="map-title map-desc" lang="{escape(language)}" {_WRITING}>\n'
        f'<title id="map-title">{escape(drawn.title)}</title>\n'
        f'<desc id="map-desc">{escape(drawn.description)}</desc>\n{body}\n</svg>'
    )


def margin(drawn: Scene) -> str:
    """Return an svg element of a scene that repeats another one: hidden from those who listen."""
    body = "\n".join(_write(drawn.shapes, links=False))
    return f'<svg class="names" {_size(drawn)} aria-hidden="true" {_WRITING}>\n{body}\n</svg>'


def _size(drawn: Scene) -> str:
    wide, high = figure(drawn.width), figure(drawn.height)
    box = f'viewBox="0 0 {wide} {high}" preserveAspectRatio="xMidYMin meet"'
    return f'width="{wide}" height="{high}" {box}'


def figure(value: float) -> str:
    """Return a coordinate with at most two decimals.

    >>> figure(1.0), figure(-0.001), figure(2.505)
    ('1', '0', '2.5')
    """
    text = f"{value:.2f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def _write(shapes: Iterable[Shape], *, links: bool) -> Iterator[str]:
    for shape in shapes:
        match shape:
            case Rect():
                yield _rect(shape)
            case Circle():
                yield _circle(shape)
            case Path():
                yield _path(shape)
            case Text():
                yield from _text(shape)
            case Group():
                yield from _group(shape, links=links)


def _group(shape: Group, *, links: bool) -> Iterator[str]:
    parts = []
    if shape.x or shape.y:
        parts.append(f'transform="translate({figure(shape.x)} {figure(shape.y)})"')
    if shape.title:
        parts.append(f'role="group" aria-label="{escape(shape.title)}"')
    if shape.id and links:
        parts.append(f'id="{escape(shape.id)}"')
    opening = " ".join(["<g", *parts]) + ">"
    inside = _write(shape.shapes, links=links)
    if shape.link and links:
        yield f'{opening}<a href="#{escape(shape.link)}">'
        yield from inside
        yield "</a></g>"
        return
    if not parts:
        yield from inside
        return
    yield opening
    yield from inside
    yield "</g>"


def _paint(fill: str, stroke: str, thickness: float = 1) -> str:
    painted = f' fill="{fill or "none"}"'
    if stroke:
        painted += f' stroke="{stroke}"'
        painted += f' stroke-width="{figure(thickness)}"' if thickness != 1 else ""
    return painted


def _rect(shape: Rect) -> str:
    round_ = f' rx="{figure(shape.radius)}"' if shape.radius else ""
    return (
        f'<rect x="{figure(shape.x)}" y="{figure(shape.y)}" width="{figure(shape.width)}" '
        f'height="{figure(shape.height)}"{round_}{_paint(shape.fill, shape.stroke)}/>'
    )


def _circle(shape: Circle) -> str:
    return (
        f'<circle cx="{figure(shape.x)}" cy="{figure(shape.y)}" r="{figure(shape.radius)}"'
        f"{_paint(shape.fill, shape.stroke, shape.thickness)}/>"
    )


def _path(shape: Path) -> str:
    steps = "".join(letter + " ".join(map(figure, numbers)) for letter, numbers in shape.steps)
    dash = f' stroke-dasharray="{" ".join(map(figure, shape.dash))}"' if shape.dash else ""
    ends = ' stroke-linecap="round" stroke-linejoin="round"' if shape.stroke else ""
    return f'<path d="{steps}"{_paint(shape.fill, shape.stroke, shape.thickness)}{dash}{ends}/>'


_ANCHORS = {"start": 0.0, "middle": 0.5, "end": 1.0}


def _text(shape: Text) -> Iterator[str]:
    """Write a text; a blank at the end of each line keeps words apart where they are copied."""
    font = shape.font
    at = _ANCHORS[shape.anchor]
    x = figure(shape.x + shape.width * (1 - at if shape.rtl else at))
    weight = ' font-weight="bold"' if font.bold else ""
    slant = ' font-style="italic"' if font.italic else ""
    anchor = f' text-anchor="{shape.anchor}"' if shape.anchor != "start" else ""
    direction = ' direction="rtl"' if shape.rtl else ""
    opening = (
        f'<text font-size="{figure(font.size)}"{weight}{slant}{anchor}{direction} '
        f'fill="{shape.colour}"'
    )
    first = shape.y + font.size * ASCENT
    if len(shape.lines) == 1:
        yield f'{opening} x="{x}" y="{figure(first)}">{escape(shape.lines[0])}</text>'
        return
    blank = " " if shape.anchor == "start" else ""
    lines = "".join(
        f'<tspan x="{x}" y="{figure(first + number * font.size * LEADING)}">'
        f"{escape(line)}{blank if number < len(shape.lines) - 1 else ''}</tspan>"
        for number, line in enumerate(shape.lines)
    )
    yield f"{opening}>{lines}</text>"
