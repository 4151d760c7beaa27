"""Decides what is told of pictures, charts and buttons: their names, and no more."""

from collections.abc import Iterator
from typing import Any

from xlwings import base_classes

from cjm_sheets.adapters.xlwings_engine.owners import Worksheet


class Shape(base_classes.Shape):
    """Something that lies on a sheet."""

    # The base class has properties of these names.
    parent: Any = None
    index = 0

    def __init__(self, sheet: Worksheet, name: str, index: int) -> None:
        self.parent, self._name, self.index = sheet, name, index

    @property
    def api(self) -> "Shape":
        """The thing itself."""
        return self

    @property
    def name(self) -> str:
        """What it is called."""
        return self._name


class Shapes(base_classes.Collection):
    """All that lies on a sheet."""

    def __init__(self, sheet: Worksheet) -> None:
        self._sheet = sheet

    @property
    def api(self) -> "Shapes":
        """The thing itself."""
        return self

    def __len__(self) -> int:
        return len(self._sheet.model.shapes)

    def __iter__(self) -> Iterator[Shape]:
        names = enumerate(self._sheet.model.shapes, start=1)
        return (Shape(self._sheet, name, index) for index, name in names)

    def __call__(self, key: str | int) -> Shape:
        """Return one by name or by number, from 1 on."""
        for shape in self:
            if key in {shape.name, shape.index}:
                return shape
        raise KeyError(key)

    def __contains__(self, key: object) -> bool:
        return any(key in {shape.name, shape.index} for shape in self)
