"""Decides how tests look at a scene: all shapes with their absolute boxes."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from cjm_sheets.drawing.shapes import Group, Rect, Shape, Text


@dataclass(frozen=True)
class Box:
    """A box on the page."""

    left: float
    top: float
    right: float
    bottom: float

    def holds(self, other: "Box", slack: float = 0.51) -> bool:
        """Tell whether another box lies within, give or take half a pixel."""
        return (
            other.left >= self.left - slack
            and other.top >= self.top - slack
            and other.right <= self.right + slack
            and other.bottom <= self.bottom + slack
        )

    def overlaps(self, other: "Box", slack: float = 0.1) -> bool:
        """Tell whether two boxes share an area."""
        across = min(self.right, other.right) - max(self.left, other.left)
        down = min(self.bottom, other.bottom) - max(self.top, other.top)
        return across > slack and down > slack


def boxes(shape: Group | Rect | Text, x: float, y: float) -> Box:
    """Return the box of a shape whose surroundings begin at (x, y)."""
    left, top = x + shape.x, y + shape.y
    return Box(left, top, left + shape.width, top + shape.height)


def walk(
    shapes: Iterable[Shape], x: float = 0, y: float = 0
) -> Iterator[tuple[Group | Rect | Text, Box]]:
    """Yield all groups, rectangles and texts with their boxes on the page."""
    for shape in shapes:
        if isinstance(shape, Group | Rect | Text):
            yield shape, boxes(shape, x, y)
        if isinstance(shape, Group):
            yield from walk(shape.shapes, x + shape.x, y + shape.y)


def bare(text: str) -> str:
    """Return a text without blanks and hyphens, which wrapping may add or take."""
    return "".join(text.split()).replace("-", "").replace("\u00a0", "")


def written(shapes: Iterable[Shape]) -> str:
    """Return all texts of a drawing, bare."""
    return "\n".join(
        bare("".join(shape.lines)) for shape, _ in walk(shapes) if isinstance(shape, Text)
    )
