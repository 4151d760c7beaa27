"""Decides which shapes a drawing is made of; how they are written down is the renderers' matter.

Lengths are in CSS pixels (96 an inch), y grows downwards, colours are "#RRGGBB" or "" for none.
Shapes inside a group lie relative to the group's own x and y.
"""

from dataclasses import dataclass
from typing import TypeAlias

LEADING = 1.28
"""Distance of two base lines, in font sizes."""

ASCENT = 0.97
"""Distance of the first base line from the upper edge of a text, in font sizes."""


@dataclass(frozen=True, slots=True)
class Font:
    """Size and weight of a text; the family is the same everywhere."""

    size: float
    bold: bool = False
    italic: bool = False


@dataclass(frozen=True, slots=True)
class Rect:
    """A rectangle, with rounded corners where the radius is above 0."""

    x: float
    y: float
    width: float
    height: float
    fill: str = ""
    stroke: str = ""
    radius: float = 0


@dataclass(frozen=True, slots=True)
class Circle:
    """A circle around (x, y)."""

    x: float
    y: float
    radius: float
    fill: str = ""
    stroke: str = ""
    thickness: float = 1


Step: TypeAlias = tuple[str, tuple[float, ...]]
"""M x y, L x y, C x1 y1 x2 y2 x y, or Z without numbers; all absolute."""


@dataclass(frozen=True, slots=True)
class Path:
    """A line of straight and curved steps."""

    steps: tuple[Step, ...]
    stroke: str = ""
    fill: str = ""
    thickness: float = 1
    dash: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class Text:
    """Lines of text in a box; x and y are its upper left corner, every line fits its width.

    `anchor` is start, middle or end: where in the box the lines begin. Lines of a script that runs
    from right to left (`rtl`) start at the right edge of the box.
    """

    x: float
    y: float
    width: float
    lines: tuple[str, ...]
    font: Font
    colour: str
    anchor: str = "start"
    rtl: bool = False

    @property
    def height(self) -> float:
        """The height of the box."""
        return len(self.lines) * self.font.size * LEADING


@dataclass(frozen=True, slots=True)
class Group:
    """Shapes that belong together, moved by x and y; a title is read aloud, not shown.

    `role` names what the group is (lane, card, ...), `width` and `height` its box. `id` is where a
    link can lead, `link` the id to which this group leads.
    """

    x: float
    y: float
    shapes: tuple["Shape", ...]
    title: str = ""
    role: str = ""
    width: float = 0
    height: float = 0
    id: str = ""
    link: str = ""


Shape: TypeAlias = Rect | Circle | Path | Text | Group


@dataclass(frozen=True, slots=True)
class Scene:
    """A whole drawing: its size, what it is called, and what is on it."""

    width: float
    height: float
    title: str
    description: str
    shapes: tuple[Shape, ...]


def line(x1: float, y1: float, x2: float, y2: float) -> tuple[Step, ...]:
    """Return the steps of a straight line."""
    return (("M", (x1, y1)), ("L", (x2, y2)))


def polygon(*corners: tuple[float, float]) -> tuple[Step, ...]:
    """Return the steps of a closed figure with straight sides."""
    first, *others = corners
    return (("M", first), *(("L", corner) for corner in others), ("Z", ()))
