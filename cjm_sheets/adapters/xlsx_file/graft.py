"""Decides how whole sheets that the program wrote come into a workbook that people work in.

They are built as a workbook of their own, and from there their parts are taken over: formats that
are there already are used again, and nothing of the other sheets changes.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from cjm_sheets.adapters.xlsx_file import defined_names, graft_sheet
from cjm_sheets.adapters.xlsx_file.defined_names import Name
from cjm_sheets.adapters.xlsx_file.graft_parts import GraftParts
from cjm_sheets.adapters.xlsx_file.outline import Outline, Sheet, outline
from cjm_sheets.adapters.xlsx_file.package import Package
from cjm_sheets.adapters.xlsx_file.style_merge import merge
from cjm_sheets.adapters.xlsx_file.workbook_parts import WorkbookParts
from cjm_sheets.errors.workbook import CannotWriteSafelyError, SheetInTheWayError
from cjm_sheets.ports.sheets import PutSheets
from cjm_sheets.tables.table import Grid
from cjm_sheets.templates import plan

_1904 = timedelta(days=1462)
"""How much later workbooks begin to count that count from 1904 on."""

_STATES = {"shown": "", "hidden": "hidden", "very_hidden": "veryHidden"}


def counted_from_1904(book: plan.Book) -> plan.Book:
    """Return a book whose days are right in a workbook that counts from 1904 on."""

    def moved(cell: plan.Cell) -> plan.Cell:
        day = cell.value
        return replace(cell, value=day - _1904) if isinstance(day, date) else cell

    sheets = (replace(of, cells=tuple(map(moved, of.cells))) for of in book.sheets)
    return replace(book, sheets=tuple(sheets))


def as_counted_from_1904(grid: Grid) -> Grid:
    """Return a sheet of such a book as it reads in the workbook into which it came."""
    rows = (
        tuple(cell + _1904 if isinstance(cell, date) else cell for cell in row) for row in grid.rows
    )
    return replace(grid, rows=tuple(rows))


@dataclass(frozen=True)
class _Graft:
    """Takes sheets out of the workbook in which they were made (`donor`) into another one."""

    parts: WorkbookParts
    put: PutSheets
    donor: Package
    made: Outline

    @property
    def file(self) -> str:
        """The workbook that is changed."""
        return self.parts.package.file

    def run(self) -> None:
        """Put all sheets into their places, with the names that go with them."""
        self._refuse_what_is_in_the_way()
        stylesheet = self.parts.package.related(self.parts.plan.part, "styles")
        if not stylesheet:
            raise CannotWriteSafelyError(self.file, self.parts.plan.part)
        theirs = self.donor.part(self.donor.related(self.made.part, "styles"))
        styles = merge(self.parts.get(stylesheet), theirs, self.file, stylesheet)
        self.parts.put(stylesheet, styles.xml)
        hung = GraftParts(self.parts, self.donor, styles, self.file, self._highest_table())
        shared = self.donor.related(self.made.part, "sharedStrings")
        texts = graft_sheet.shared_texts(self.donor.part(shared)) if shared else ()
        there = {sheet.title.casefold(): sheet for sheet in self.parts.plan.sheets}
        kept = {s.title: hung.clear(s.part) for s in there.values() if self._is_put(s.title)}
        for sheet in self.put.book.sheets:
            made = next(of for of in self.made.sheets if of.title == sheet.title)
            old = there.get(sheet.title.casefold())
            before = self.parts.get(old.part) if old else b""
            chosen = b' tabSelected="1"' in before
            xml = graft_sheet.moved_sheet(self.donor.part(made.part), styles, texts, chosen=chosen)
            stays = kept.get(old.title, ()) if old else ()
            if notes := hung.legacy(before, stays):
                xml = graft_sheet.with_notes(xml, notes)
            part = self._placed(sheet, old, xml)
            hung.hang(made.part, part, stays)
        names = list(self._names())
        self.parts.put_main(lambda main: defined_names.put_names(main, names))

    def _is_put(self, title: str) -> bool:
        return any(of.title.casefold() == title.casefold() for of in self.put.book.sheets)

    def _refuse_what_is_in_the_way(self) -> None:
        """Refuse to write over what is not ours, and what we cannot read with certainty."""
        main = self.parts.get(self.parts.plan.part)
        if b"purl.oclc.org" in main:
            raise CannotWriteSafelyError(self.file, self.parts.plan.part)
        ours = {title.casefold() for title in defined_names.made_sheets(main).values()}
        titles = {title.casefold() for title in self.parts.every_title()}
        for sheet in self.put.book.sheets:
            if sheet.title.casefold() in titles - ours:
                raise SheetInTheWayError(self.file, sheet.title)
        names = {t.name.casefold() for sheet in self.parts.plan.sheets for t in sheet.tables}
        names |= {of.name.casefold() for of in defined_names.names(main)}
        for sheet in self.put.book.sheets:
            if sheet.table and sheet.table.name.casefold() in names:
                raise SheetInTheWayError(self.file, sheet.table.name)

    def _highest_table(self) -> int:
        package = self.parts.package
        parts = [table.part for sheet in self.parts.plan.sheets for table in sheet.tables]
        ids = (package.tags(part)[0].attributes.get("id", "0") for part in parts)
        return max((int(i) for i in ids if i.isdigit()), default=0)

    def _placed(self, sheet: plan.Sheet, old: Sheet | None, xml: bytes) -> str:
        """Put a sheet where it was before, or in its place among the others; return its part."""
        if old:
            self.parts.put(old.part, xml)
            return old.part
        titles = [title.casefold() for title in self.parts.every_title()]
        before = self.put.before.get(sheet.title, "").casefold()
        at = titles.index(before) if before in titles else -1
        part = self.parts.add_sheet(sheet.title, xml, _STATES[sheet.visibility], at)
        if at >= 0:
            self.parts.put_main(lambda main: defined_names.moved_behind(main, at))
        return part

    def _names(self) -> Iterator[Name]:
        yield from defined_names.texts_of(self.put.book.names)
        titles = [title.casefold() for title in self.parts.every_title()]
        made = [sheet.title.casefold() for sheet in self.made.sheets]
        for name in defined_names.names(self.donor.part(self.made.part)):
            if name.sheet is not None:
                yield replace(name, sheet=titles.index(made[name.sheet]))


def graft(parts: WorkbookParts, put: PutSheets, donor: Package) -> None:
    """Put whole sheets of ours into a workbook; raises if something is in their way."""
    _Graft(parts, put, donor, outline(donor)).run()
