"""Decides what refers to a table's rows from elsewhere, and so grows with them when rows come.

What follows covers a column of the table from its header or its first row to its last: formulas,
names, print areas, charts, sparklines, filters, sources of pivot tables. Where a formula is copied
from row to row, only a range with $ does, and a range with one $ never: it is a running total.
"""

import re
from collections.abc import Iterator, Mapping, MutableMapping, Sequence
from dataclasses import dataclass

from cjm_sheets.adapters.xlsx_file import texts
from cjm_sheets.adapters.xlsx_file.edits import Growth, SheetEdit
from cjm_sheets.adapters.xlsx_file.outline import Sheet, parse_area
from cjm_sheets.adapters.xlsx_file.sheet_patch import Patched
from cjm_sheets.adapters.xlsx_file.sheet_scan import formulas_in
from cjm_sheets.adapters.xlsx_file.workbook_parts import WorkbookParts
from cjm_sheets.errors.workbook import CannotWriteSafelyError
from cjm_sheets.tables import a1

_KINDS = ("drawingml.chart+xml", "ms-office.chartex+xml", "pivotCacheDefinition+xml")
"""What the parts are, beside sheets and the workbook itself, that name ranges."""

_TAG = re.compile(
    rb"<(?:\w+:)?(f|formula[12]?|definedName|autoFilter|sortState|sortCondition|worksheetSource)"
    rb"(\s[^<>]*)?>"
)
_AREAS = {b"autoFilter", b"sortState", b"sortCondition", b"worksheetSource"}
_RANGE = r"(\$?[A-Z]{1,3}\$?)([0-9]+):(\$?[A-Z]{1,3}\$?)([0-9]+)"
_TOKEN = re.compile(
    r'"(?:[^"]|"")*"|\[(?:[^\[\]]|\[[^\[\]]*\])*\]'
    r"|(?<![\w.!:$'\]])(?:('(?:[^']|'')+'|[^\W\d][\w.]*)!)?" + _RANGE + r"(?![\w.(!:])"
)
_AREA = re.compile(r'(?<=\bref=["\'])()' + _RANGE)
_SPARKLINE = re.compile(rb"<(?:\w+:)?sparkline>\s*$")
_CELL = re.compile(rb"""<c\s[^>]*?\br\s*=\s*["']([A-Z]+[0-9]+)["']""")
_SHARED = re.compile(rb"""\bsi\s*=\s*["']([0-9]+)["']""")
_PRINTED = b'"_xlnm.Print_Area"'


@dataclass(frozen=True, slots=True)
class _Grown:
    """A table that got rows, on the sheet of a title."""

    title: str
    more: Growth

    @property
    def ends(self) -> re.Pattern[bytes]:
        """What every range looks like that ends where the table ended."""
        return re.compile(rb":\$?[A-Z]{1,3}\$?%d(?![0-9])" % self.more.last)

    def longer(self, said: str, home: str, *, fixed: bool, printed: bool = False) -> str:
        """Return a formula on the sheet `home` with the ranges longer that cover the table.

        `fixed`: only those whose lines do not move from cell to cell. `printed`: of any width.
        """

        def follow(found: re.Match[str]) -> str:
            sheet, left, top, right, bottom = found.groups()
            if right is None or self._sheet(sheet, home) != self.title.casefold():
                return found[0]
            ends = (left.endswith("$"), right.endswith("$"))
            if ends[0] != ends[1] or (fixed and not all(ends)):
                return found[0]
            if not self._covered(f"{left}{top}:{right}{bottom}", printed=printed):
                return found[0]
            return found[0].removesuffix(bottom) + str(int(bottom) + self.more.more)

        return _TOKEN.sub(follow, said)

    def longer_area(self, tag: str) -> str:
        """Return a tag whose area covers the table with a longer one."""

        def follow(found: re.Match[str]) -> str:
            if not self._covered(found[0], printed=False):
                return found[0]
            return found[0].removesuffix(found[5]) + str(int(found[5]) + self.more.more)

        return _AREA.sub(follow, tag)

    def _covered(self, ref: str, *, printed: bool) -> bool:
        """Tell whether a range covers whole columns of the table, and nothing below or beside."""
        try:
            top, left, bottom, right = parse_area(ref.replace("$", ""))
        except ValueError:
            return False
        first, last = self.more.columns
        within = first <= left and right <= last
        beside = right < first or left > last
        one_row = top == bottom and left != right  # as likely a row as a column
        lines = top <= self.more.header + 1 and bottom == self.more.last
        return lines and not one_row and (not beside if printed else within)

    @staticmethod
    def _sheet(said: str | None, home: str) -> str:
        """Return the sheet that a range lies on, in small letters."""
        if said is None:
            return home.casefold()
        plain = said[1:-1].replace("''", "'") if said.startswith("'") else said
        return texts.unescape(plain.encode()).casefold()


def follow(
    parts: WorkbookParts, edits: Sequence[SheetEdit], patched: MutableMapping[str, Patched]
) -> None:
    """Let all that covers a table grow with it; `patched` learns which formulas it were."""
    for edit in edits:
        for more in edit.growth:
            grown = _Grown(edit.sheet.title, more)
            for sheet in parts.plan.sheets:
                for place, text in _sheet(parts, grown, sheet).items():
                    patched.setdefault(sheet.title, Patched()).formulas[place] = text
            for part in _others(parts, more):
                parts.put(part, _followed(parts.get(part), grown, ""))


def _others(parts: WorkbookParts, more: Growth) -> Iterator[str]:
    """Yield the parts beside sheets that may name ranges, as they are called."""
    yield parts.plan.part
    if more.table is not None:
        yield more.table.part
    for part, kind in parts.package.content_types.items():
        if kind.endswith(_KINDS) and parts.has(part):
            yield parts.name(part)


def _sheet(parts: WorkbookParts, grown: _Grown, sheet: Sheet) -> Mapping[tuple[int, int], str]:
    """Let what a sheet says follow; return its formulas that did, by their cells."""
    xml = parts.get(sheet.part)
    formulas: dict[tuple[int, int], str] = {}
    new = _followed(xml, grown, sheet.title, formulas)
    if new != xml:
        wanted = dict(formulas_in(xml, 0, len(xml)))
        wanted |= {place: f"={text}" for place, text in formulas.items()}
        if dict(formulas_in(new, 0, len(new))) != wanted:
            raise CannotWriteSafelyError(parts.package.file, sheet.title)
        parts.put(sheet.part, new)
    return formulas


def _followed(
    xml: bytes, grown: _Grown, home: str, formulas: dict[tuple[int, int], str] | None = None
) -> bytes:
    """Return a part in which what covers the table grew with it."""
    pieces: list[bytes] = []
    done = 0
    for hit in grown.ends.finditer(xml):
        start = xml.rfind(b"<", 0, hit.start())
        tag = _TAG.match(xml, start)
        if tag is None or start < done:
            continue
        begin, end = tag.end(), xml.find(b"<", tag.end())
        if tag[1] in _AREAS:
            new = _area(tag[0], grown)
            begin, end = start, tag.end()
        elif hit.start() < begin:
            continue
        else:
            new = _text(xml, tag, xml[begin:end], grown, home)
        if new == xml[begin:end]:
            continue
        pieces += (xml[done:begin], new)
        done = end
        if tag[1] == b"f" and formulas is not None:
            for place in _places(xml, tag):
                formulas[place] = texts.unescape(new)
    return b"".join((*pieces, xml[done:]))


def _area(tag: bytes, grown: _Grown) -> bytes:
    """Return a tag with an area of its own sheet, or of one that it names."""
    said = tag.decode()
    if b"worksheetSource" in tag:
        sheet = re.search(r"""\ssheet\s*=\s*(?:"([^"]*)"|'([^']*)')""", said)
        named = texts.unescape((sheet[1] or sheet[2] or "").encode()) if sheet else ""
        if named.casefold() != grown.title.casefold() or re.search(r"\s\w+:id\s*=", said):
            return tag
    return grown.longer_area(said).encode()


def _text(xml: bytes, tag: re.Match[bytes], raw: bytes, grown: _Grown, home: str) -> bytes:
    """Return what stands in a tag: a formula, a name, a range that a chart is drawn from."""
    said = raw.decode().replace("&quot;", '"').replace("&apos;", "'")
    printed = tag[1] == b"definedName" and _PRINTED in (tag[2] or b"")
    fixed = _moves(xml, tag, grown, home)
    new = grown.longer(said, home, fixed=fixed, printed=printed)
    return raw if new == said else new.encode()


def _moves(xml: bytes, tag: re.Match[bytes], grown: _Grown, home: str) -> bool:
    """Tell whether a formula is said once for many places, or stands in a row of the table."""
    if tag[1] != b"f" or b"shared" in (tag[2] or b""):
        return True
    if not home or _SPARKLINE.search(xml, max(0, tag.start() - 40), tag.start()):
        return False
    cell = _cell_of(xml, tag)
    if cell is None:
        return True  # a look or a check that newer programs know
    more = grown.more
    in_table = more.header < cell[0] <= more.last and more.columns[0] <= cell[1] <= more.columns[1]
    return home == grown.title and in_table


def _cell_of(xml: bytes, tag: re.Match[bytes]) -> tuple[int, int] | None:
    """Return the cell that a formula stands in."""
    found = _CELL.match(xml, xml.rfind(b"<c", 0, tag.start()))
    whole = found and b"</c>" not in xml[found.end() : tag.start()]
    return a1.parse_cell(found[1].decode()) if found and whole else None


def _places(xml: bytes, tag: re.Match[bytes]) -> Iterator[tuple[int, int]]:
    """Yield the cells that calculate a formula: its own, and those that share it."""
    cell = _cell_of(xml, tag)
    if cell is not None:
        yield cell
    shared = _SHARED.search(tag[2] or b"")
    if shared:
        sharing = re.compile(rb"""<f\s[^>]*?\bsi\s*=\s*["']%s["'][^>]*>""" % shared[1])
        for other in sharing.finditer(xml):
            there = _cell_of(xml, other)
            if there is not None:
                yield there
