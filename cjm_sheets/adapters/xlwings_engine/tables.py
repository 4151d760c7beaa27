"""Decides what the tables of a sheet answer to xlwings."""

from collections.abc import Iterator
from typing import Any

from openpyxl.worksheet.table import Table as Kept
from openpyxl.worksheet.table import TableStyleInfo
from xlwings import base_classes

from cjm_sheets.adapters.xlwings_engine import addresses
from cjm_sheets.adapters.xlwings_engine.model import Area
from cjm_sheets.adapters.xlwings_engine.owners import Worksheet
from cjm_sheets.adapters.xlwings_engine.ranges import Range
from cjm_sheets.adapters.xlwings_engine.refusing import FAILED, RefusedByProgramError


class Table(base_classes.Table):
    """One table."""

    parent: Worksheet = None  # type: ignore[assignment] # the base class has a property of this name

    def __init__(self, sheet: Worksheet, kept: Kept) -> None:
        self.parent, self._kept = sheet, kept

    @property
    def api(self) -> "Table":
        """The thing itself."""
        return self

    @property
    def _area(self) -> Area:
        return addresses.area_of(str(self._kept.ref))

    def _block(self, top: int, bottom: int) -> Range | None:
        _, left, _, right = self._area
        return Range(self.parent, (top, left, bottom, right)) if top <= bottom else None

    @property
    def _heads(self) -> int:
        return 1 if self._kept.headerRowCount is None else int(self._kept.headerRowCount)

    @property
    def _totals(self) -> int:
        return int(self._kept.totalsRowCount or 0)

    @property
    def name(self) -> str:
        """What formulas call it."""
        return str(self._kept.displayName)

    @name.setter
    def name(self, value: str) -> None:
        self._reshape()
        kept = self.parent.model.looks_like.tables
        del kept[self.name]
        self._kept.displayName = self._kept.name = value
        kept[value] = self._kept

    display_name = name

    @property
    def range(self) -> Range:
        """All of it, header and totals as well."""
        return Range(self.parent, self._area)

    @property
    def header_row_range(self) -> Range | None:
        """The line of its headers, None if they are not shown."""
        top = self._area[0]
        return self._block(top, top) if self._heads else None

    @property
    def data_body_range(self) -> Range | None:
        """The lines between header and totals, None if there are none."""
        top, _, bottom, _ = self._area
        return self._block(top + self._heads, bottom - self._totals)

    @property
    def totals_row_range(self) -> Range | None:
        """The line of its totals, None if they are not shown."""
        bottom = self._area[2]
        return self._block(bottom, bottom) if self._totals else None

    @property
    def insert_row_range(self) -> None:
        """Where the first row is typed into an empty table; never told here."""
        return

    @property
    def show_headers(self) -> bool:
        """Tell whether the headers are shown."""
        return bool(self._heads)

    @property
    def show_totals(self) -> bool:
        """Tell whether totals are shown."""
        return bool(self._totals)

    @property
    def show_autofilter(self) -> bool:
        """Tell whether headers have buttons to filter by."""
        return self._kept.autoFilter is not None

    @property
    def table_style(self) -> str | None:
        """The name of the style in which it is drawn."""
        style = self._kept.tableStyleInfo
        return style.name if style else None

    @table_style.setter
    def table_style(self, value: str) -> None:
        self._reshape()
        self._kept.tableStyleInfo = TableStyleInfo(name=value, showRowStripes=True)

    def resize(self, range: Any) -> None:  # noqa: A002 - as xlwings passes it
        """Let the table cover other cells; its header stays where it is."""
        self.parent.refuse()
        new = getattr(range, "impl", range).area
        top, left, bottom, right = self._area
        if new[0] != top or new[2] < top + self._heads:
            raise RefusedByProgramError(FAILED, "a table keeps its header")
        self._kept.ref = addresses.written(new).replace("$", "")
        if self._kept.autoFilter is not None:
            self._kept.autoFilter.ref = self._kept.ref
        model = self.parent.model
        if (new[1], new[3]) == (left, right) and new[2] >= bottom and not self._totals:
            model.grown[self.name] = new[2]
        else:
            model.unsaid.append(self.name)

    def _reshape(self) -> None:
        self.parent.refuse()
        if not self.parent.model.made:
            self.parent.model.unsaid.append(self.name)


class Tables(base_classes.Tables):
    """The tables of a sheet in the order in which the file has them."""

    def __init__(self, sheet: Worksheet) -> None:
        self._sheet = sheet

    @property
    def api(self) -> "Tables":
        """The thing itself."""
        return self

    def __iter__(self) -> Iterator[Table]:
        return (Table(self._sheet, kept) for kept in self._kept())

    def _kept(self) -> list[Kept]:
        return list(self._sheet.model.looks_like.tables.values())

    def __len__(self) -> int:
        return len(self._kept())

    def __call__(self, key: str | int) -> Table:
        """Return a table by name or by number, from 1 on."""
        for at, table in enumerate(self, start=1):
            if at == key or (isinstance(key, str) and table.name.casefold() == key.casefold()):
                return table
        raise KeyError(key)

    def __contains__(self, key: object) -> bool:
        return isinstance(key, str | int) and any(
            key in {at, table.name} for at, table in enumerate(self, start=1)
        )

    def add(  # noqa: PLR0913, PLR0917 - xlwings passes them so
        self, source_type: Any = None, source: Any = None, link_source: Any = None,
        has_headers: bool | None = None, destination: Any = None,  # noqa: FBT001
        table_style_name: str | None = None, name: str | None = None,
    ) -> Table:  # fmt: skip
        """Make a table of a block of cells that has its headers in the first line."""
        del source_type, link_source, destination
        self._sheet.refuse()
        if has_headers is False:
            raise RefusedByProgramError(FAILED, "a table without headers")
        block = source.impl
        taken = {
            table.name.casefold() for sheet in self._sheet.book.sheets for table in sheet.tables
        }
        number = 1
        while name is None and f"table{number}" in taken:
            number += 1
        kept = Kept(
            displayName=name or f"Table{number}", ref=addresses.written(block.area).replace("$", "")
        )
        if kept.displayName.casefold() in taken:
            raise RefusedByProgramError(FAILED, kept.displayName)
        kept.tableStyleInfo = TableStyleInfo(name=table_style_name, showRowStripes=True)
        self._sheet.model.looks_like.tables[kept.displayName] = kept
        if not self._sheet.model.made:
            self._sheet.model.unsaid.append(kept.displayName)
        return Table(self._sheet, kept)
