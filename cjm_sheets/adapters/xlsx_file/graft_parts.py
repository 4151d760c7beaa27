"""Decides which parts hang on a sheet of ours: its charts and tables, and what people put there.

What people put on the sheet stays: their notes, and their pictures and charts. Our own charts are
known by their names and are replaced.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from cjm_sheets.adapters.xlsx_file.graft_sheet import PREFIX, table_part
from cjm_sheets.adapters.xlsx_file.package import Package, Relation
from cjm_sheets.adapters.xlsx_file.style_merge import Merged
from cjm_sheets.adapters.xlsx_file.workbook_parts import NO_RELATIONS, WorkbookParts, relations_of
from cjm_sheets.errors import CannotWriteSafelyError
from cjm_sheets.templates import map_lists
from cjm_sheets.templates.plan import CHART_NAME

_URL = b"http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
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
_REL = re.compile(rb"<Relationship\s[^>]*?/>")
_ID = re.compile(rb"""\bId\s*=\s*["']([^"']*)["']""")
_KIND = re.compile(rb"""\bType\s*=\s*["'][^"']*/(\w+)["']""")
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

    def clear(self, sheet: str) -> bytes:
        """Take away what hung on a sheet of ours before; return the relationships that stay.

        Raises CannotWriteSafelyError if somebody put something there of which we know nothing.
        """
        kept: list[bytes] = []
        by_id = {relation.id: relation for relation in self.parts.package.relations(sheet)}
        for raw in self._raw_relations(sheet):
            relation = by_id.get(_id(raw))
            kind = _KIND.search(raw)
            match kind[1].decode() if kind else "":
                case known if known in _NOTES and relation:
                    kept.append(raw)
                case "hyperlink":
                    pass
                case "printerSettings" if relation:
                    self.parts.drop(relation.target)
                case "drawing" if relation:
                    if not self._clear_drawing(relation.target):
                        kept.append(raw)
                case _:
                    raise CannotWriteSafelyError(self.file, sheet)
        return b"".join(kept)

    def hang(self, donor_sheet: str, sheet: str, kept: bytes) -> None:
        """Give a sheet the charts and tables that it has where it was made, and what stays."""
        own = [raw for raw in _REL.findall(kept) if b"/drawing" not in raw]
        old = [raw for raw in _REL.findall(kept) if b"/drawing" in raw]
        by_id = {r.id: r.target for r in self.parts.package.relations(sheet)} if old else {}
        for relation in self.donor.relations(donor_sheet):
            if relation.kind == "drawing":
                target = self._drawing(relation, by_id[_id(old[0])] if old else "")
                old = []
            else:
                self.tables += 1
                xml = table_part(self.donor.part(relation.target), self.tables, self.styles.looks)
                target = self._added(relation.target, xml)
            own.append(_relation(PREFIX + relation.id.encode(), relation.kind, target))
        self._put_relations(sheet, own + old)

    def legacy(self, xml: bytes, kept: bytes) -> bytes:
        """Return the id under which a sheet shows its notes, b"" if it has none."""
        found = _LEGACY.search(xml)
        return found[1] if found and b"vmlDrawing" in kept else b""

    # ---- drawings -----------------------------------------------------------------

    def _clear_drawing(self, drawing: str) -> bool:
        """Take our charts from a drawing; tell whether nothing else is on it."""
        xml = self.parts.get(drawing)
        targets = {r.id.encode(): r.target for r in self.parts.package.relations(drawing)}
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
        kept = [raw for raw in self._raw_relations(drawing) if _id(raw).encode() not in gone]
        self._put_relations(drawing, kept)
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
        rels = [_relation(PREFIX + i.encode(), "chart", part) for i, part in charts.items()]
        xml = _TO.sub(lambda m: m[0].replace(m[1], PREFIX + m[1]), self.donor.part(relation.target))
        if not onto:
            part = self._added(relation.target, xml)
            self._put_relations(part, rels)
            return part
        there = self.parts.get(onto)
        most = max((int(m[2]) for m in _SHAPE.finditer(there)), default=0)
        ours = b"".join(_ANCHOR.sub(_by_itself, found[0]) for found in _ANCHOR.finditer(xml))
        ours = _SHAPE.sub(lambda m: m[1] + b'%d"' % (most + int(m[2])), ours)
        at = there.rindex(b"</")
        self.parts.put(onto, there[:at] + ours + there[at:])
        self._put_relations(onto, self._raw_relations(onto) + rels)
        return onto

    # ---- parts --------------------------------------------------------------------

    def _added(self, like: str, xml: bytes) -> str:
        """Add a part under the first name of its kind that is free, and return the name."""
        part = self._free(like)
        self.parts.add(part, xml, self.donor.content_types[like.casefold()])
        return part

    def _free(self, like: str) -> str:
        """Return the first name of this kind that no part bears."""
        stem = like.removesuffix(".xml").rstrip("0123456789")
        number = 1
        while self.parts.has(f"{stem}{number}.xml"):
            number += 1
        return f"{stem}{number}.xml"

    def _drop_whole(self, part: str) -> None:
        """Take away a part with all that hangs on it."""
        for relation in self.parts.package.relations(part):
            self._drop_whole(relation.target)
        self.parts.drop(part)
        self.parts.drop(relations_of(part))

    def _raw_relations(self, part: str) -> list[bytes]:
        rels = relations_of(part)
        return _REL.findall(self.parts.get(rels)) if self.parts.has(rels) else []

    def _put_relations(self, part: str, relations: list[bytes]) -> None:
        rels = relations_of(part)
        if relations:
            end = b"</Relationships>"
            self.parts.put(rels, NO_RELATIONS.replace(end, b"".join(relations) + end))
        else:
            self.parts.drop(rels)


def _by_itself(anchor: re.Match[bytes]) -> bytes:
    """Return an anchor of our builder that says itself what its prefixes stand for."""
    opened = b"<xdr:" + anchor[1]
    return anchor[0].replace(opened, opened + _PREFIXES, 1)


def _relation(name: bytes, kind: str, target: str) -> bytes:
    said = b'<Relationship Id="%s" Type="%s%s" Target="/%s"/>'
    return said % (name, _URL, kind.encode(), target.encode())


def _id(raw: bytes) -> str:
    found = _ID.search(raw)
    return found[1].decode() if found else ""
