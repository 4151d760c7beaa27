"""Decides which sheets and table objects a workbook has, and in which parts they lie."""

from dataclasses import dataclass

from cjm_sheets.adapters.xlsx_file.package import Package
from cjm_sheets.errors.workbook import DamagedWorkbookError, NotAWorkbookError
from cjm_sheets.tables import a1

_YES = {"1", "true"}
Area = tuple[int, int, int, int]


@dataclass(frozen=True, slots=True)
class TableObject:
    """A table object: its name, its part, and (first line, first column, last line, last)."""

    name: str
    part: str
    area: Area


@dataclass(frozen=True, slots=True)
class Sheet:
    """A worksheet: its title, its part, and the table objects that lie on it."""

    title: str
    part: str
    tables: tuple[TableObject, ...]


@dataclass(frozen=True, slots=True)
class Outline:
    """The worksheets in their order; sheets that hold but a chart are left out.

    `since_1904`: serial dates count from 1904 on.
    """

    part: str
    sheets: tuple[Sheet, ...]
    since_1904: bool


def outline(package: Package) -> Outline:
    """Return the outline of a workbook; raises if what it names is missing or comes twice."""
    main = package.related("", "officeDocument")
    if not main or not package.has(main):
        raise DamagedWorkbookError(package.file, main or "xl/workbook.xml")
    found = package.tags(main)
    if not found or found[0].name != "workbook":
        raise NotAWorkbookError(package.file, "xml")
    relations = {relation.id: relation for relation in package.relations(main)}
    titles: set[str] = set()
    sheets = []
    for tag in found:
        if tag.name != "sheet":
            continue
        title = tag.attributes.get("name", "")
        relation = relations.get(tag.attributes.get("id", ""))
        if relation is None or title.casefold() in titles:
            raise DamagedWorkbookError(package.file, main)
        titles.add(title.casefold())
        if relation.kind == "worksheet":
            sheets.append(Sheet(title, relation.target, _tables(package, relation.target)))
    if len({sheet.part.casefold() for sheet in sheets}) < len(sheets):
        raise DamagedWorkbookError(package.file, main)
    since_1904 = any(t.name == "workbookPr" and t.attributes.get("date1904") in _YES for t in found)
    return Outline(main, tuple(sheets), since_1904)


def _tables(package: Package, part: str) -> tuple[TableObject, ...]:
    """Return the table objects of a sheet."""
    if not package.has(part):
        raise DamagedWorkbookError(package.file, part)
    return tuple(
        _table(package, relation.target)
        for relation in package.relations(part)
        if relation.kind == "table"
    )


def _table(package: Package, part: str) -> TableObject:
    """Return one table object."""
    root = package.tags(part)[0]
    try:
        area = parse_area(root.attributes.get("ref", ""))
    except ValueError:
        raise DamagedWorkbookError(package.file, part) from None
    return TableObject(root.attributes.get("displayName", ""), part, area)


def parse_area(ref: str) -> Area:
    """Return the lines and columns of a range such as B4:F9; ValueError if it is none."""
    first, _, last = ref.partition(":")
    begin, end = a1.parse_cell(first), a1.parse_cell(last or first)
    if begin[0] > end[0] or begin[1] > end[1]:
        raise ValueError(ref)
    return (*begin, *end)
