"""Decides what the XML of a sheet becomes of which formats and shape changed as well.

Cells, widths, merged blocks and rules for input come anew; all that hangs on the sheet, and its
conditional looks, stay byte for byte as they were.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise

from cjm_sheets.adapters.xlsx_file import cell_xml, relations, small_xml, texts
from cjm_sheets.adapters.xlsx_file.defined_names import moved_behind
from cjm_sheets.adapters.xlsx_file.graft_sheet import PREFIX, moved_looks, table_part
from cjm_sheets.adapters.xlsx_file.outline import Outline, outline
from cjm_sheets.adapters.xlsx_file.package import Package, open_package
from cjm_sheets.adapters.xlsx_file.sheet_order import place_for
from cjm_sheets.adapters.xlsx_file.style_merge import Merged, merge
from cjm_sheets.adapters.xlsx_file.workbook_parts import WorkbookParts
from cjm_sheets.errors.workbook import CannotWriteSafelyError
from cjm_sheets.ports.open_books import BookChange, Place, WholeSheet, Written
from cjm_sheets.tables import a1, characters
from cjm_sheets.tables.table import Grid, Raw

_TAKEN = ("sheetViews", "sheetFormatPr", "cols", "mergeCells", "dataValidations", "hyperlinks")
"""The elements of a sheet that come anew, beside its cells."""

_LEFT_OUT = ("drawing", "legacyDrawing", "legacyDrawingHF", "picture", "oleObjects", "controls")
_ROW = re.compile(rb"<row\s([^>]*?)/?>")
_LINE = re.compile(rb'\br="([0-9]+)"')
_STYLE = re.compile(rb'(<(?:row|col) [^>]*?\b(?:s|style)=")([0-9]+)"')
_OUTSIDE = re.compile(rb"<hyperlink\b[^>]*?\br:id=[^>]*?/>")
_LINKS = re.compile(rb"<hyperlinks>(.*?)</hyperlinks>", re.DOTALL)
_RELATION = re.compile(rb'(\sr:id=")(\w+)"')
_NAMESPACE = b' xmlns:r="%s"' % relations.OFFICE.encode()
_DROPPED = re.compile(rb"\s(?:spans|r)=\"[^\"]*\"")
_FONT = (
    b"b", b"i", b"strike", b"condense", b"extend", b"outline", b"shadow", b"u", b"vertAlign",
    b"sz", b"color", b"name", b"family", b"charset", b"scheme",
)  # fmt: skip
_FONTS = re.compile(rb"<font>(.*?)</font>", re.DOTALL)
_OF_FONT = re.compile(rb"(<(%s)\b[^>]*/>)" % b"|".join(_FONT[::-1]))
_CHOSEN = re.compile(rb'\stabSelected="(?:1|true)"')


@dataclass
class WholeSheets:
    """Puts whole sheets into a workbook; `donor` has their formats and shapes."""

    parts: WorkbookParts
    donor: Package
    made: Outline
    styles: Merged
    tables: int

    def put(self, whole: WholeSheet) -> None:
        """Put one sheet in place of the one of its title, or as a new one."""
        there = next((s for s in self.parts.plan.sheets if s.title == whole.title), None)
        source = next(s for s in self.made.sheets if s.title == whole.title)
        xml = self._moved(self.donor.part(source.part), whole)
        if there is not None:
            old = self.parts.get(there.part)
            self.parts.put(there.part, self._joined(old, xml, whole.title))
            return
        titles = self.parts.every_title()
        at = titles.index(whole.before) if whole.before in titles else -1
        state = "" if whole.state == "visible" else whole.state
        xml = _CHOSEN.sub(b"", _without(xml, _LEFT_OUT))
        xml = _OUTSIDE.sub(b"", xml)
        part = self.parts.add_sheet(whole.title, xml, state, at)
        if at >= 0:
            self.parts.put_main(lambda main: moved_behind(main, at))
        self._hang_tables(source.part, part)

    def _hang_tables(self, donor_sheet: str, part: str) -> None:
        hung = []
        for relation in self.donor.relations(donor_sheet):
            if relation.kind != "table":
                continue
            self.tables += 1
            xml = table_part(self.donor.part(relation.target), self.tables, self.styles.looks)
            target = self.parts.free("xl/tables/table{}.xml")
            self.parts.add(target, xml, self.donor.content_types[relation.target.casefold()])
            hung.append(relations.hung(PREFIX.decode() + relation.id, "table", target))
        if hung:
            self.parts.put_hung(part, hung)
            xml = self.parts.get(part)
            self.parts.put(part, _RELATION.sub(lambda m: m[1] + PREFIX + m[2] + b'"', xml))

    def _moved(self, xml: bytes, whole: WholeSheet) -> bytes:
        """Return a sheet of the donor with our cells, its formats under their numbers here."""
        rows = {int(n[1]): r[1] for r in _ROW.finditer(xml) if (n := _LINE.search(r[1]))}
        body = b"".join(self._rows(rows, whole.cells))
        start, end = _element(xml, "sheetData") or (0, 0)
        xml = xml[:start] + b"<sheetData>" + body + b"</sheetData>" + xml[end:]
        xml = _STYLE.sub(lambda m: m[1] + b'%d"' % self.styles.formats[int(m[2])], xml)
        return moved_looks(xml, self.styles.looks)

    def _rows(
        self, rows: Mapping[int, bytes], cells: Mapping[Place, tuple[Written, int]]
    ) -> Iterator[bytes]:
        by_line = {n: list(g) for n, g in groupby(sorted(cells), key=lambda place: place[0])}
        for line in sorted(rows.keys() | by_line.keys()):
            written = (self._cell(place, *cells[place]) for place in by_line.get(line, ()))
            tag = _DROPPED.sub(b"", b" " + rows.get(line, b""))
            yield b'<row r="%d"%s>%s</row>' % (line, tag.rstrip(), b"".join(written))

    def _cell(self, place: Place, written: Written, style: int) -> bytes:
        name, look = a1.cell(*place), b"%d" % self.styles.formats[style]
        epoch = self.parts.plan.since_1904
        value = writable(written.value)
        try:
            if written.formula:
                tag = b"<f>" + texts.escape(written.formula.removeprefix("=")) + b"</f>"
                return cell_xml.result(name, look, tag, value, since_1904=epoch)
            return cell_xml.cell(name, look, value, since_1904=epoch)
        except cell_xml.UnwritableError:
            raise CannotWriteSafelyError(self.parts.package.file, name) from None

    def _joined(self, old: bytes, new: bytes, title: str) -> bytes:
        """Return a sheet with cells and shape of `new`, and all that hangs on it of `old`."""
        file = self.parts.package.file
        kept = b"".join(_OUTSIDE.findall(old))
        front = bool(_CHOSEN.search(old))
        for name in (*_TAKEN, "sheetData"):
            span = _element(new, name)
            xml = new[span[0] : span[1]] if span else b""
            if name == "hyperlinks":
                xml = _links(xml, kept)
            if name == "sheetViews" and not front:
                xml = _CHOSEN.sub(b"", xml)
            there = _element(old, name)
            if there is None and not xml:
                continue
            start, end = there or ((place_for(old, name, file, title),) * 2)
            old = old[:start] + xml + old[end:]
        if b" r:id=" in old and b"xmlns:r=" not in old:
            old = old.replace(b"<worksheet", b"<worksheet" + _NAMESPACE, 1)
        return _without(old, ("dimension",))


def put_whole(parts: WorkbookParts, change: BookChange) -> dict[str, Grid]:
    """Put whole sheets into a workbook; return what they must say, by title."""
    if not change.whole:
        return {}
    file = parts.package.file
    stylesheet = parts.package.related(parts.plan.part, "styles")
    if not stylesheet or b"purl.oclc.org" in parts.get(parts.plan.part):
        raise CannotWriteSafelyError(file, parts.plan.part)
    donor = open_package(change.donor, file)
    made = outline(donor)
    theirs = _in_order(donor.part(donor.related(made.part, "styles")))
    styles = merge(parts.get(stylesheet), theirs, file, stylesheet)
    parts.put(stylesheet, styles.xml)
    putting = WholeSheets(parts, donor, made, styles, _highest_table(parts))
    for whole in change.whole:
        putting.put(whole)
    return {whole.title: _grid(whole) for whole in change.whole}


def _in_order(styles: bytes) -> bytes:
    """Return a style sheet with what it says of letters in the order that the format asks for."""

    def letters(found: re.Match[bytes]) -> bytes:
        said = sorted(_OF_FONT.findall(found[1]), key=lambda each: _FONT.index(each[1]))
        return b"<font>" + b"".join(each[0] for each in said) + b"</font>"

    return _FONTS.sub(letters, styles)


def writable(value: Raw) -> Raw:
    """Return a value as cells can hold it."""
    return characters.writable(value) if isinstance(value, str) else value


def _highest_table(parts: WorkbookParts) -> int:
    tables = [table.part for sheet in parts.plan.sheets for table in sheet.tables]
    ids = (parts.package.tags(part)[0].attributes.get("id", "0") for part in tables)
    return max((int(i) for i in ids if i.isdigit()), default=0)


def _grid(whole: WholeSheet) -> Grid:
    """Return what a sheet must say when it is read."""
    lines = max((line for line, _ in whole.cells), default=0)
    columns = max((column for _, column in whole.cells), default=0)
    rows: list[list[Raw]] = [[None] * columns for _ in range(lines)]
    formulas: dict[Place, str] = {}
    for (line, column), (written, _) in whole.cells.items():
        rows[line - 1][column - 1] = None if written.value == "" else writable(written.value)
        if written.formula:
            formulas[line, column] = "=" + written.formula.removeprefix("=")
    return Grid(whole.title, tuple(map(tuple, rows)), formulas)


def _element(xml: bytes, name: str) -> tuple[int, int] | None:
    """Return where an element right below the root begins and ends, None if it is not there."""
    places = [(tag.at, tag.name) for tag in small_xml.tags(xml) if tag.depth == 2]  # noqa: PLR2004 - right below the root
    places.append((xml.rindex(b"</"), ""))
    for (start, found), (end, _) in pairwise(places):
        if found == name:
            return start, end
    return None


def _without(xml: bytes, names: Sequence[str]) -> bytes:
    """Return a sheet without some elements."""
    for name in names:
        while (span := _element(xml, name)) is not None:
            xml = xml[: span[0]] + xml[span[1] :]
    return xml


def _links(new: bytes, kept: bytes) -> bytes:
    """Return the links of a sheet: the new ones within the workbook, the old ones out of it."""
    found = _LINKS.search(new)
    inside = _OUTSIDE.sub(b"", found[1]) if found else b""
    return b"<hyperlinks>" + inside + kept + b"</hyperlinks>" if inside or kept else b""
