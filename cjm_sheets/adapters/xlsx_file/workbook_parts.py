"""Decides what changes in the parts that name others: workbook, relationships, content types."""

import re
from collections.abc import MutableMapping

from cjm_sheets.adapters.xlsx_file import texts
from cjm_sheets.adapters.xlsx_file.outline import Outline
from cjm_sheets.adapters.xlsx_file.package import TYPES, Package
from cjm_sheets.errors import CannotWriteSafelyError

SHEET_TYPE = b"application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"
_PLAIN_ROOT = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]*\?>\s*)?<(?:workbook|Types|Relationships)[\s>]"
)
_CALC = re.compile(rb"<calcPr\b([^>]*?)/?>")
_FULL = re.compile(rb"""\s+fullCalcOnLoad\s*=\s*["'](\w+)["']""")
_BEFORE_CALC = (b"definedNames", b"externalReferences", b"functionGroups", b"sheets")
_SHEET = re.compile(rb"<sheet\s[^>]*>")
_SHEET_ID = re.compile(rb"""\bsheetId\s*=\s*["']([0-9]+)""")
_REL = re.compile(rb"<Relationship\s[^>]*?(?:/>|>\s*</Relationship>)")
_TYPE = re.compile(rb"""\bType\s*=\s*["']([^"']*/)worksheet["']""")
_REL_ID = re.compile(rb"""\bId\s*=\s*["']rId([0-9]+)["']""")

Parts = MutableMapping[str, bytes | None]
"""New content by exact entry name; None takes the part away."""


class WorkbookParts:
    """Reads parts as they are after what was changed so far, and changes them further."""

    def __init__(self, package: Package, plan: Outline) -> None:
        self.package, self.plan = package, plan
        self.changed: Parts = {}

    def name(self, part: str) -> str:
        """Return a part's name as the archive spells it."""
        entry = self.package.by_name.get(part.casefold())
        return entry.name if entry else part

    def get(self, part: str) -> bytes:
        """Return a part as it is now."""
        content = self.changed.get(self.name(part))
        return self.package.part(part) if content is None else content

    def put(self, part: str, content: bytes) -> None:
        """Change a part, unless it says the same already."""
        if not self.package.has(part) or content != self.package.part(part):
            self.changed[self.name(part)] = content

    def recalculate_on_load(self) -> None:
        """Ask the next program that opens the workbook to calculate everything."""
        xml = self._plain(self.plan.part)
        found = _CALC.search(xml)
        if found:
            said = _FULL.search(found[1])
            if said and said[1] in {b"1", b"true"}:
                return
            kept = _FULL.sub(b"", found[1])
            new = b"<calcPr" + kept + b' fullCalcOnLoad="1"/>'
            self.put(self.plan.part, xml[: found.start()] + new + xml[found.end() :])
            return
        for before in _BEFORE_CALC:
            end = re.search(rb"</%s>|<%s\s*/>" % (before, before), xml)
            if end:
                new = b'<calcPr fullCalcOnLoad="1"/>'
                self.put(self.plan.part, xml[: end.end()] + new + xml[end.end() :])
                return
        raise CannotWriteSafelyError(self.package.file, self.plan.part)

    def drop_calculation_order(self) -> None:
        """Take the calculation chain away: programs build it anew, a wrong one is an error."""
        chain = next(
            (r for r in self.package.relations(self.plan.part) if r.kind == "calcChain"), None
        )
        if chain is None:
            return
        rels = self._relations_part()
        for part, pattern, marks in (
            (rels, _REL, [b'Id="%s"' % chain.id.encode()]),
            (TYPES, re.compile(rb"<Override\s[^>]*?/>"), [b"/" + chain.target.encode()]),
        ):
            xml = self._plain(part)
            kept = pattern.sub(lambda f: b"" if any(m in f[0] for m in marks) else f[0], xml)  # noqa: B023 - used up in this very turn
            self.put(part, kept)
        if self.package.has(chain.target):
            self.changed[self.name(chain.target)] = None

    def add_hidden_sheet(self, title: str, content: bytes) -> None:
        """Add a sheet that only programs see."""
        number = 1
        while self.package.has(f"xl/worksheets/sheet{number}.xml"):
            number += 1
        part = f"xl/worksheets/sheet{number}.xml"
        relation, namespace = self._add_relation(part)
        xml = self._plain(self.plan.part)
        ids = [int(i) for tag in _SHEET.findall(xml) for i in _SHEET_ID.findall(tag)]
        tag = (
            b'<sheet xmlns:r="%s" name="%s" sheetId="%d" state="veryHidden" r:id="%s"/></sheets>'
        ) % (namespace, texts.attribute(title), max(ids, default=0) + 1, relation)
        self.put(self.plan.part, self._replaced(xml, b"</sheets>", tag, self.plan.part))
        types = self._plain(TYPES)
        override = b'<Override PartName="/%s" ContentType="%s"/></Types>'
        new = override % (part.encode(), SHEET_TYPE)
        self.put(TYPES, self._replaced(types, b"</Types>", new, TYPES))
        self.put(part, content)

    def _add_relation(self, part: str) -> tuple[bytes, bytes]:
        """Return the id of a new relationship of the workbook, and the namespace of such ids."""
        rels = self._relations_part()
        xml = self._plain(rels)
        kind = _TYPE.search(xml)
        if kind is None:
            raise CannotWriteSafelyError(self.package.file, rels)
        name = b"rId%d" % (max(map(int, _REL_ID.findall(xml)), default=0) + 1)
        new = b'<Relationship Id="%s" Type="%sworksheet" Target="/%s"/></Relationships>'
        new %= (name, kind[1], part.encode())
        self.put(rels, self._replaced(xml, b"</Relationships>", new, rels))
        return name, kind[1].rstrip(b"/")

    def _relations_part(self) -> str:
        folder, _, last = self.plan.part.rpartition("/")
        return f"{folder}/_rels/{last}.rels" if folder else f"_rels/{last}.rels"

    def _plain(self, part: str) -> bytes:
        """Return a part that is written without prefixes and comments."""
        xml = self.get(part)
        if not _PLAIN_ROOT.match(xml) or b"<!" in xml:
            raise CannotWriteSafelyError(self.package.file, part)
        return xml

    def _replaced(self, xml: bytes, old: bytes, new: bytes, part: str) -> bytes:
        """Return XML with the only occurrence of a text replaced."""
        if xml.count(old) != 1:
            raise CannotWriteSafelyError(self.package.file, part)
        return xml.replace(old, new)
