"""Decides how a GridRange is held: half-open zero-based bounds on one sheet, None where open."""

from collections.abc import Iterator
from dataclasses import dataclass

from cjm_sheets.service.refusals import Json, refuse, refuse_value

MAX_COLUMNS = 18_278
MAX_CELLS = 10_000_000


@dataclass(frozen=True, slots=True)
class Area:
    """Rows ``top`` to ``bottom`` and columns ``left`` to ``right``, the ends excluded."""

    sheet: int
    top: int | None = None
    bottom: int | None = None
    left: int | None = None
    right: int | None = None

    def within(self, rows: int, columns: int) -> "Box":
        """Return the closed rectangle on a grid of that size; open sides become its edges."""
        bottom = rows if self.bottom is None else min(self.bottom, rows)
        right = columns if self.right is None else min(self.right, columns)
        return Box(self.sheet, self.top or 0, bottom, self.left or 0, right)

    def json(self) -> Json:
        """Return the GridRange; sheet id 0 is left out, as Google does."""
        names = ("startRowIndex", "endRowIndex", "startColumnIndex", "endColumnIndex")
        bounds = zip(names, (self.top, self.bottom, self.left, self.right), strict=True)
        range_: Json = {"sheetId": self.sheet} if self.sheet else {}
        return range_ | {name: bound for name, bound in bounds if bound is not None}


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle with all four sides known, on the sheet with that id."""

    sheet: int
    top: int
    bottom: int
    left: int
    right: int

    @property
    def height(self) -> int:
        """The number of rows."""
        return self.bottom - self.top

    @property
    def width(self) -> int:
        """The number of columns."""
        return self.right - self.left

    def area(self) -> Area:
        """Return the same rectangle as an area."""
        return Area(self.sheet, self.top, self.bottom, self.left, self.right)

    def json(self) -> Json:
        """Return the GridRange of the rectangle."""
        return self.area().json()

    def holds(self, row: int, column: int) -> bool:
        """Say whether a cell lies inside."""
        return self.top <= row < self.bottom and self.left <= column < self.right

    def meets(self, other: "Box") -> bool:
        """Say whether two rectangles share a cell; both must lie on the same sheet."""
        return (
            self.sheet == other.sheet
            and self.top < other.bottom
            and other.top < self.bottom
            and self.left < other.right
            and other.left < self.right
        )

    def covers(self, other: "Box") -> bool:
        """Say whether the other rectangle lies wholly inside this one."""
        return (
            self.sheet == other.sheet
            and self.top <= other.top
            and other.bottom <= self.bottom
            and self.left <= other.left
            and other.right <= self.right
        )

    def places(self) -> Iterator[tuple[int, int]]:
        """Yield (row, column) of every cell, row by row."""
        for row in range(self.top, self.bottom):
            for column in range(self.left, self.right):
                yield row, column


def area_of(range_: Json) -> Area:
    """Return the area a GridRange names; raises ``RefusedError`` for bounds that are none."""
    bounds = [
        _bound(range_, "startRowIndex"),
        _bound(range_, "endRowIndex"),
        _bound(range_, "startColumnIndex"),
        _bound(range_, "endColumnIndex"),
    ]
    for start, end in ((bounds[0], bounds[1]), (bounds[2], bounds[3])):
        if end is not None and end <= (start or 0):
            refuse(f"Range end ({end}) must be after its start ({start or 0})")
    return Area(whole_number(range_, "sheetId") or 0, *bounds)


def _bound(range_: Json, name: str) -> int | None:
    bound = whole_number(range_, name)
    if bound is not None and bound < 0:
        refuse(f"{name} must not be negative: {bound}")
    return bound


def whole_number(source: Json, name: str) -> int | None:
    """Return a JSON integer, None where absent; raises ``RefusedError`` for anything else."""
    value = source.get(name)
    if value is None:
        return None
    if isinstance(value, str) and value.lstrip("-").isdigit():
        return int(value)
    if isinstance(value, bool) or not isinstance(value, int | float) or value != int(value):
        refuse_value(name, "TYPE_INT32", f'"{value}"')
    return int(value)
