"""Decides which parts hang on a sheet of ours: its charts and tables, and what people put there.

What people put on the sheet stays: their notes, and their pictures and charts. Our own charts are
known by their names and are replaced.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from cjm_sheets.adapters.xlsx_file import relations
from cjm_sheets.adapters.xlsx_file.graft_sheet import PREFIX, table_part
from cjm_sheets.adapters.xlsx_file.package import Package, Relation
from cjm_sheets.adapters.xlsx_file.relations import Hung
from cjm_sheets.adapters.xlsx_file.style_merge import Merged
from cjm_sheets.adapters.xlsx_file.workbook_parts import WorkbookParts
from cjm_sheets.errors.workbook import CannotWriteSafelyError
from cjm_sheets.templates import map_lists
from cjm_sheets.templates.plan import CHART_NAME

_PREFIX = PREFIX.decode()
_DRAWN_IN = ("xl/charts/", "xl/drawings/")
_NOTES = {"comments", "vmlDrawing", "threadedComment"}
_ANCHOR = re.compile(
    rb"<(?:\w+:)?(twoCellAnchor|oneCellAnchor|absoluteAnchor)\b.*?</(?:\w+:)?\1>", re.DOTALL
)
_OURS = re.compile(rb'<(?:\w+:)?cNvPr\b[^>]*?\bname="%s' % CHART_NAME.encode())
_CELLS = map_lists.TITLE.encode() + b"!"
"""What only our own charts are drawn from."""

_DRAWN = "http://schemas.openxmlformats.org/drawingml/2006/"
_PREFIXES = f' xmlns:xdr="{_DRAWN}spreadsheetDrawing" xmlns:a="{_DRAWN}main"'.encode()
_SHAPE = re.compile(rb'(<(?:\w+:)?cNvPr\b[^>]*?\bid=")([0-9]+)"')
_TO = re.compile(rb'\br:(?:id|embed|link)="([^"]*)"')
_LEGACY = re.compile(rb'<legacyDrawing\b[^>]*?:id\s*=\s*"([^"]+)"')


@dataclass
class GraftParts:
    """Takes parts of a workbook that our builder made (`donor`) into another one."""

    parts: WorkbookParts
    donor: Package
    styles: Merged
    file: str
    tables: int
    """The highest number that a table of the workbook has."""

    def clear(self, sheet: str) -> tuple[Hung, ...]:
        """Take away what hung on a sheet of ours before; return what stays.

        Raises CannotWriteSafelyError if somebody put something there of which we know nothing.
        """
        kept: list[Hung] = []
        for hung in self.parts.hung(sheet):
            match hung.kind:
                case "hyperlink":
                    pass
                case kind if kind in _NOTES and hung.target:
                    kept.append(hung)
                case "printerSettings" if hung.target:
                    self.parts.drop(hung.target)
                case "drawing" if hung.target:
                    if not self._clear_drawing(hung.target):
                        kept.append(hung)
                case _:
                    raise CannotWriteSafelyError(self.file, sheet)
        return tuple(kept)

    def hang(self, donor_sheet: str, sheet: str, kept: Sequence[Hung]) -> None:
        """Give a sheet the charts and tables that it has where it was made, and what stays."""
        onto = next((hung for hung in kept if hung.kind == "drawing"), None)
        own = [hung for hung in kept if hung is not onto]
        for relation in self.donor.relations(donor_sheet):
            if relation.kind == "drawing":
                target = self._drawing(relation, onto.target if onto else "")
                onto = None
            else:
                self.tables += 1
                xml = table_part(self.donor.part(relation.target), self.tables, self.styles.looks)
                target = self._added(relation.target, xml)
            own.append(relations.hung(_PREFIX + relation.id, relation.kind, target))
        self.parts.put_hung(sheet, (*own, onto) if onto else tuple(own))

    def legacy(self, xml: bytes, kept: Sequence[Hung]) -> bytes:
        """Return the id under which a sheet shows its notes, b"" if it has none."""
        found = _LEGACY.search(xml)
        shown = any(found and hung.id.encode() == found[1] for hung in kept)
        return found[1] if found and shown else b""

    # ---- drawings -----------------------------------------------------------------

    def _clear_drawing(self, drawing: str) -> bool:
        """Take our charts from a drawing; tell whether nothing else is on it."""
        xml = self.parts.get(drawing)
        targets = {hung.id.encode(): hung.target for hung in self.parts.hung(drawing)}
        ours = {a[0] for a in _ANCHOR.finditer(xml) if self._is_ours(a[0], targets)}
        foreign = [anchor for anchor in _ANCHOR.finditer(xml) if anchor[0] not in ours]
        if foreign and b"AlternateContent" in _ANCHOR.sub(b"", xml):
            raise CannotWriteSafelyError(self.file, drawing)
        gone = {i for anchor in ours for i in _TO.findall(anchor)}
        for name, target in targets.items():
            if name in gone or not foreign:
                self._drop_whole(target)
        if not foreign:
            self._drop_whole(drawing)
            return True
        kept = (hung for hung in self.parts.hung(drawing) if hung.id.encode() not in gone)
        self.parts.put_hung(drawing, tuple(kept))
        self.parts.put(drawing, _ANCHOR.sub(lambda a: b"" if a[0] in ours else a[0], xml))
        return False

    def _is_ours(self, anchor: bytes, targets: Mapping[bytes, str]) -> bool:
        """Tell whether a chart is ours: by its name, which some programs drop, or by its cells."""
        if _OURS.search(anchor):
            return True
        charts = (targets[i] for i in _TO.findall(anchor) if i in targets)
        return any(_CELLS in self.parts.get(part) for part in charts if part.endswith(".xml"))

    def _drawing(self, relation: Relation, onto: str) -> str:
        """Take over a drawing, onto one on which people's own pictures are; return its part."""
        charts = {
            r.id: self._added(r.target, self.donor.part(r.target))
            for r in self.donor.relations(relation.target)
        }
        hung = tuple(relations.hung(_PREFIX + i, "chart", part) for i, part in charts.items())
        xml = _TO.sub(lambda m: m[0].replace(m[1], PREFIX + m[1]), self.donor.part(relation.target))
        if not onto:
            part = self._added(relation.target, xml)
            self.parts.put_hung(part, hung)
            return part
        there = self.parts.get(onto)
        most = max((int(m[2]) for m in _SHAPE.finditer(there)), default=0)
        ours = b"".join(_ANCHOR.sub(_by_itself, found[0]) for found in _ANCHOR.finditer(xml))
        ours = _SHAPE.sub(lambda m: m[1] + b'%d"' % (most + int(m[2])), ours)
        at = there.rindex(b"</")
        self.parts.put(onto, there[:at] + ours + there[at:])
        self.parts.put_hung(onto, (*self.parts.hung(onto), *hung))
        return onto

    # ---- parts --------------------------------------------------------------------

    def _added(self, like: str, xml: bytes) -> str:
        """Add a part under the first name of its kind that is free, and return the name."""
        stem = like.removesuffix(".xml").rstrip("0123456789")
        part = self.parts.free(stem + "{}.xml")
        self.parts.add(part, xml, self.donor.content_types[like.casefold()])
        return part

    def _drop_whole(self, part: str) -> None:
        """Take away a drawing or a chart with the parts of it; pictures may be others' as well."""
        if not self.parts.has(part) or not part.casefold().startswith(_DRAWN_IN):
            return
        below = self.parts.hung(part)
        self.parts.drop(part)
        self.parts.put_hung(part, ())
        for hung in below:
            self._drop_whole(hung.target)


def _by_itself(anchor: re.Match[bytes]) -> bytes:
    """Return an anchor of our builder that says itself what its prefixes stand for."""
    opened = b"<xdr:" + anchor[1]
    return anchor[0].replace(opened, opened + _PREFIXES, 1)
