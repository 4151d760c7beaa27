"""Decides what is told of pictures, charts and buttons: names and sizes; none can be added."""

from collections.abc import Iterator
from typing import Any

from xlwings import base_classes

from cjm_sheets.adapters.xlwings_engine.owners import Worksheet
from cjm_sheets.ports.open_books import Drawn


class Shape(base_classes.Shape):
    """Something that lies on a sheet."""

    # The base class has properties of these names.
    parent: Any = None
    index = 0

    def __init__(self, sheet: Worksheet, drawn: Drawn, index: int) -> None:
        self.parent, self._drawn, self.index = sheet, drawn, index

    @property
    def api(self) -> "Shape":
        """The thing itself."""
        return self

    @property
    def name(self) -> str:
        """What it is called."""
        return self._drawn.name

    @property
    def width(self) -> float:
        """How wide it is, in points."""
        return self._drawn.width

    @property
    def height(self) -> float:
        """How high it is, in points."""
        return self._drawn.height

    def delete(self) -> None:
        """Take it away."""
        self.parent.refuse()
        model = self.parent.model
        model.drawn = tuple(drawn for drawn in model.drawn if drawn is not self._drawn)
        if not model.made:
            model.unsaid.append(self.name)


class Shapes(base_classes.Collection):
    """All that lies on a sheet, or its pictures alone."""

    def __init__(self, sheet: Worksheet, *, pictures: bool = False) -> None:
        self.parent = sheet
        every = sheet.model.drawn
        self._drawn = [one for one in every if one.is_picture] if pictures else list(every)

    # The base class has a property of this name.
    parent: Any = None

    @property
    def api(self) -> "Shapes":
        """The thing itself."""
        return self

    def __len__(self) -> int:
        return len(self._drawn)

    def __iter__(self) -> Iterator[Shape]:
        numbered = enumerate(self._drawn, start=1)
        return (Shape(self.parent, drawn, index) for index, drawn in numbered)

    def __call__(self, key: str | int) -> Shape:
        """Return one by name or by number, from 1 on."""
        for shape in self:
            if key in {shape.name, shape.index}:
                return shape
        raise KeyError(key)

    def __contains__(self, key: object) -> bool:
        return any(key in {shape.name, shape.index} for shape in self)
