"""Decides how the emotion curve is drawn: which points it joins, and what is marked on it."""

from collections.abc import Iterator
from dataclasses import dataclass

from cjm_sheets.drawing import formats, icons, palette, styles, tidy
from cjm_sheets.drawing.blocks import Block, moved, paragraph
from cjm_sheets.drawing.content import Column, View
from cjm_sheets.drawing.curve import Point, smooth
from cjm_sheets.drawing.grid import Grid
from cjm_sheets.drawing.shapes import Group, Path, Rect, Shape, line
from cjm_sheets.words.catalogue import say
from cjm_sheets.words.mark import N_

MOST_HEIGHT = 260.0
_LEAST_STEP = 21.0
"""Between two neighbouring moods."""
_APART = 2.0
_FACES = 38.0
"""Width of the scale of faces beside the names of the lines."""
_FACE = 10.0
_DASHES: tuple[tuple[float, ...], ...] = ((), (7, 5), (2, 4), (9, 4, 2, 4))
_BEST = 2


@dataclass(frozen=True, slots=True)
class Curve:
    """The way of one or more personas: indexes of the columns that they pass, by their names."""

    names: str
    columns: tuple[int, ...]


def has_moods(view: View) -> bool:
    """Tell whether any step has a mood."""
    return any(column.emotion is not None for column in view.columns)


def curves(view: View) -> tuple[Curve, ...]:
    """Return one curve for each different way that personas take through the touchpoints."""
    ways: dict[tuple[int, ...], list[str]] = {}
    known = {persona.id for persona in view.personas}
    for persona in view.personas:
        way = tuple(i for i, at in enumerate(view.columns) if _passes(at, persona.id, known))
        ways.setdefault(way, []).append(tidy.words(persona.name))
    everybody = tuple(i for i, at in enumerate(view.columns) if at.touchpoint)
    if len(ways) <= 1:
        return (Curve("", everybody),)
    return tuple(
        Curve(", ".join(name for name in names if name), way) for way, names in ways.items()
    )


def _passes(at: Column, persona: str, known: set[str]) -> bool:
    if at.touchpoint is None:
        return False
    own = known.intersection(tidy.ids(at.touchpoint.personas))
    return not own or persona in own


def runs(curve: Curve, view: View) -> Iterator[list[int]]:
    """Yield the columns that are joined; a missing mood, or a step in no stage, leaves a gap."""
    joined: list[int] = []
    for index in curve.columns:
        at = view.columns[index]
        if at.emotion is not None and not at.loose:
            joined.append(index)
            continue
        if joined:
            yield joined
        joined = []
        if at.emotion is not None:
            yield [index]
    if joined:
        yield joined


def marks(curve: Curve, view: View) -> dict[int, list[str]]:
    """Return the words on the most extreme moods, of either sign, and on the last one."""
    moods = {i: mood for i in curve.columns if (mood := view.columns[i].emotion) is not None}
    found: dict[int, list[str]] = {}
    extreme = max((abs(mood) for mood in moods.values()), default=0)
    for sign, name in ((1, N_("peak")), (-1, N_("low point"))):
        first = next((i for i, mood in moods.items() if extreme and mood == sign * extreme), None)
        if first is not None:
            found.setdefault(first, []).append(say(view.language, name))
    tied = [i for i in moods if not view.columns[i].loose]
    if tied:
        found.setdefault(tied[-1], []).append(say(view.language, "end"))
    return found


@dataclass(frozen=True, slots=True)
class Scale:
    """Where moods lie in a lane of a height, with air for labels above +2 and below -2."""

    height: float
    air: float

    def level(self, mood: float) -> float:
        """Return how far below the upper edge of the lane a mood -2..2 lies."""
        return self.air + (_BEST - mood) / (2 * _BEST) * (self.height - 2 * self.air)


def lane(view: View, places: Grid, height: float) -> Block:
    """Return the lane of the emotion curve, as wide as the page."""
    drawn, labels = curves(view), _labels(view, places.column)
    scale = Scale(height, _air(labels))
    shapes: list[Shape] = [*_ground(places, scale)]
    shapes.append(Group(0, 0, tuple(_faces(view, drawn, places, scale)), role="scale"))
    for number, curve in enumerate(drawn):
        shapes += _line(curve, number, view, (places, scale))
    for index, said in labels.items():
        mood = view.columns[index].emotion or 0
        x, y = places.columns[index], scale.level(mood)
        shapes.append(moved(icons.face(mood, _FACE), x + places.column / 2 - _FACE, y - _FACE))
        below = y + _FACE + _APART if mood < 0 else y - _FACE - _APART - said.height
        shapes.append(moved(said, x, below))
    return Block(places.page, height, tuple(shapes))


def least_height(view: View, places: Grid) -> float:
    """Return the least height of the lane: readable steps, room for labels and names of lines."""
    room = styles.LABELS - _FACES
    title = paragraph(say(view.language, "Mood"), styles.LANE, room).height
    names = [paragraph(curve.names, styles.LABEL, room).height for curve in curves(view)]
    names_end = styles.LANE_PAD + title + 8 + sum(height + 14 for height in names if height)
    return max(2 * _air(_labels(view, places.column)) + 4 * _LEAST_STEP, names_end)


def _air(labels: dict[int, Block]) -> float:
    return _FACE + _APART + max((said.height for said in labels.values()), default=0) + 2


def _labels(view: View, column: float) -> dict[int, Block]:
    """Return the label of each mood by its column: the figure, and whether it is peak or end."""
    words: dict[int, list[str]] = {}
    for curve in curves(view):
        for index, said in marks(curve, view).items():
            words[index] = list(dict.fromkeys([*words.get(index, ()), *said]))
    style = styles.coloured(styles.LABEL, palette.INK)
    return {
        index: paragraph(
            " · ".join((formats.signed(at.emotion), *words.get(index, ()))), style, column, "middle"
        )
        for index, at in enumerate(view.columns)
        if at.emotion is not None
    }


def spoken(view: View) -> str:
    """Return the moods as a sentence for those who hear the map."""
    parts = [
        f"{tidy.words(at.touchpoint.name)} {formats.signed(at.emotion)}"
        for at in view.columns
        if at.touchpoint is not None and at.emotion is not None
    ]
    return say(view.language, "Mood from step to step: {moods}", moods=", ".join(parts))


def _ground(places: Grid, scale: Scale) -> Iterator[Shape]:
    left, wide = places.left, places.right - places.left
    middle, edge = scale.level(0), scale.air - _FACE - 4
    yield Rect(left, edge, wide, middle - edge, palette.MOOD_ABOVE)
    yield Rect(left, middle, wide, middle - edge, palette.MOOD_BELOW)
    for mood in range(-_BEST, _BEST + 1):
        y = scale.level(mood)
        colour = palette.FAINT if mood else palette.NEUTRAL
        yield Path(line(left, y, places.right, y), colour, thickness=0.8)


def _faces(view: View, drawn: tuple[Curve, ...], places: Grid, scale: Scale) -> Iterator[Shape]:
    """Yield the title of the lane, faces as a scale, and which line is whose."""
    room = styles.LABELS - _FACES
    title = paragraph(say(view.language, "Mood"), styles.LANE, room)
    yield moved(title, styles.MARGIN, styles.LANE_PAD)
    for mood in (2, 1, 0, -1, -2):
        yield moved(icons.face(mood, 7), places.left - 24, scale.level(mood) - 7)
    y = styles.LANE_PAD + title.height + 8
    for number, curve in enumerate(drawn):
        if not curve.names:
            continue
        colour, dash = _pen(number)
        stroke = line(styles.MARGIN, y, styles.MARGIN + 30, y)
        yield Path(stroke, colour, thickness=2.6, dash=dash)
        name = paragraph(curve.names, styles.coloured(styles.LABEL, colour), room)
        yield moved(name, styles.MARGIN, y + 4)
        y += name.height + 14


def _pen(number: int) -> tuple[str, tuple[float, ...]]:
    """Return colour and dashes of a line; dashes let a line below shine through."""
    return palette.PEOPLE[number % len(palette.PEOPLE)], _DASHES[number % len(_DASHES)]


def _line(curve: Curve, number: int, view: View, at: tuple[Grid, Scale]) -> Iterator[Shape]:
    places, scale = at
    colour, dash = _pen(number)
    for joined in runs(curve, view):
        points: list[Point] = [
            (places.columns[i] + places.column / 2, scale.level(view.columns[i].emotion or 0))
            for i in joined
        ]
        if len(points) > 1:
            yield Path(smooth(points), colour, thickness=2.6, dash=dash)
