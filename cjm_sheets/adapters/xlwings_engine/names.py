"""Decides what the names of cells answer to xlwings: the workbook's, and those of single sheets."""

import re
from collections.abc import Iterator
from typing import Any

from openpyxl.workbook.defined_name import DefinedName
from xlwings import NoSuchObjectError, base_classes

from cjm_sheets.adapters.xlwings_engine import addresses
from cjm_sheets.adapters.xlwings_engine.model import Area
from cjm_sheets.adapters.xlwings_engine.owners import Workbook, Worksheet
from cjm_sheets.tables import a1

_PROGRAMS_OWN = "_xlnm."


class Name(base_classes.Name):
    """One name."""

    def __init__(self, book: Workbook, key: str, sheet: Worksheet | None) -> None:
        """`sheet` is the one that it belongs to, None for one of the whole workbook."""
        self._book, self._key, self._sheet = book, key, sheet

    @property
    def api(self) -> "Name":
        """The thing itself."""
        return self

    @property
    def _kept(self) -> Any:
        return _kept(self._book, self._sheet)

    @property
    def name(self) -> str:
        """The name, with its sheet if it belongs to one."""
        return f"{a1.title(self._sheet.name)}!{self._key}" if self._sheet else self._key

    @name.setter
    def name(self, value: str) -> None:
        said = self.refers_to
        self.delete()
        self._key = value
        _put(self._book, self._sheet, value, said)

    @property
    def refers_to(self) -> str:
        """What it stands for, with =."""
        return f"={self._kept[self._key].attr_text}"

    @refers_to.setter
    def refers_to(self, value: str) -> None:
        _put(self._book, self._sheet, self._key, value)

    @property
    def refers_to_range(self) -> Any:
        """The cells that it stands for."""
        place = self.leads_to()
        if place is None:
            raise NoSuchObjectError(self.name)
        title, (top, left, bottom, right) = place
        return self._book.sheets(title).range((top, left), (bottom, right))

    def leads_to(self) -> tuple[str, Area] | None:
        """Return the title and the block of cells that it stands for, None if it is no block."""
        title, cells = a1.split_place(self.refers_to.removeprefix("="))
        try:
            return self._book.model.sheet(title).title, addresses.area_of(cells)
        except (KeyError, ValueError):
            return None

    def delete(self) -> None:
        """Take the name away."""
        self._book.app.refuse()
        del self._kept[self._key]
        if self._sheet is None:
            self._book.model.names[self._key] = None
        else:
            self._book.model.unsaid.append(self.name)


class Names(base_classes.Names):
    """The names of a workbook with those of its sheets, or those of one sheet."""

    def __init__(self, book: Workbook, sheet: Worksheet | None = None) -> None:
        self._book, self._sheet = book, sheet

    @property
    def api(self) -> "Names":
        """The thing itself."""
        return self

    def __iter__(self) -> Iterator[Name]:
        return iter(self._every())

    def _every(self) -> list[Name]:
        """Return all of them in the order of their names, as Excel does."""
        owners = [None, *self._book.sheets] if self._sheet is None else [self._sheet]
        found = [
            Name(self._book, key, owner)
            for owner in owners
            for key in _kept(self._book, owner)
            if not key.startswith(_PROGRAMS_OWN)
        ]
        return sorted(found, key=_place_of)

    def snapshot(self) -> list[tuple[str, Name]]:
        """Return all of them, each with its name."""
        return [(name.name, name) for name in self._every()]

    def __len__(self) -> int:
        return len(self._every())

    def __call__(self, name_or_index: str | int) -> Name:
        """Return a name, or the one at a place, from 1 on."""
        if isinstance(name_or_index, int):
            return self._every()[name_or_index - 1]
        for name in self._every():
            known = {name.name.casefold(), name.name.rpartition("!")[2].casefold()}
            if name_or_index.casefold() in known:
                return name
        raise KeyError(name_or_index)

    def contains(self, name_or_index: str | int) -> bool:
        """Tell whether there is such a name."""
        try:
            self(name_or_index)
        except (KeyError, IndexError):
            return False
        return True

    def add(self, name: str, refers_to: str) -> Name:
        """Let a name stand for something."""
        if not re.fullmatch(r"[^\W\d][\w.]*", name):
            raise ValueError(name)
        _put(self._book, self._sheet, name, refers_to)
        return Name(self._book, name, self._sheet)


def _place_of(name: Name) -> tuple[str, bool]:
    """Return what names are sorted by: of two that are alike, the one of a sheet comes first."""
    owner, _, plain = name.name.rpartition("!")
    return plain.casefold(), not owner


def _kept(book: Workbook, sheet: Worksheet | None) -> Any:
    """Return where openpyxl keeps the names of a workbook or of a sheet."""
    return (sheet.model.looks_like if sheet else book.model.formats).defined_names


def _put(book: Workbook, sheet: Worksheet | None, name: str, refers_to: str) -> None:
    book.app.refuse()
    said = refers_to.removeprefix("=")
    _kept(book, sheet)[name] = DefinedName(name, attr_text=said)
    if sheet is None:
        book.model.names[name] = said
    elif not sheet.model.made:
        book.model.unsaid.append(f"{sheet.name}!{name}")
