"""Decides what changes in the parts that name others: workbook, relationships, content types."""

import re
from collections.abc import Callable, MutableMapping, Sequence

from cjm_sheets.adapters.xlsx_file import relations, texts
from cjm_sheets.adapters.xlsx_file.outline import Outline
from cjm_sheets.adapters.xlsx_file.package import TYPES, Package
from cjm_sheets.adapters.xlsx_file.relations import Hung
from cjm_sheets.adapters.xlsx_file.zip_patch import New, Packing
from cjm_sheets.errors.workbook import CannotWriteSafelyError

SHEET_TYPE = b"application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"
_PLAIN_ROOT = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]*\?>\s*)?<(?:workbook|Types|Relationships)[\s>]"
)
_CALC = re.compile(rb"<calcPr\b([^>]*?)/?>")
_FULL = re.compile(rb"""\s+fullCalcOnLoad\s*=\s*["'](\w+)["']""")
_BEFORE_CALC = (b"definedNames", b"externalReferences", b"functionGroups", b"sheets")
_SHEET = re.compile(rb"<sheet\s[^>]*>")
_OVERRIDE = re.compile(rb"""<Override\s[^>]*?PartName\s*=\s*["']([^"']*)[^>]*?/>""")
_NAMED = re.compile(rb"""\sname\s*=\s*(?:"([^"]*)"|'([^']*)')""")
_STATE = re.compile(rb"""\sstate\s*=\s*(?:"[^"]*"|'[^']*')""")
_SHEET_ID = re.compile(rb"""\bsheetId\s*=\s*["']([0-9]+)""")
_TYPE = re.compile(rb"""\bType\s*=\s*["']([^"']*/)worksheet["']""")
_REL_ID = re.compile(rb"""\bId\s*=\s*["']rId([0-9]+)["']""")

Parts = MutableMapping[str, New | None]
"""New content by exact entry name; None takes the part away."""


class WorkbookParts:
    """Reads parts as they are after what was changed so far, and changes them further."""

    def __init__(self, package: Package, plan: Outline) -> None:
        self.package, self.plan = package, plan
        self.changed: Parts = {}
        self.types: dict[str, str] = {}

    def name(self, part: str) -> str:
        """Return a part's name as the archive spells it."""
        entry = self.package.by_name.get(part.casefold())
        return entry.name if entry else part

    def get(self, part: str) -> bytes:
        """Return a part as it is now."""
        content = self.changed.get(self.name(part))
        if isinstance(content, Packing):
            raise TypeError(part)  # who packs a part is done with it
        return self.package.part(part) if content is None else content

    def put(self, part: str, content: bytes) -> None:
        """Change a part, unless it says the same already."""
        if not self.package.has(part) or content != self.package.part(part):
            self.changed[self.name(part)] = content
        else:
            self.changed.pop(self.name(part), None)

    def has(self, part: str) -> bool:
        """Tell whether there is such a part now."""
        name = self.name(part)
        return self.changed[name] is not None if name in self.changed else self.package.has(part)

    def add(self, part: str, content: bytes, content_type: str) -> None:
        """Add a part that says what it is."""
        self.put(part, content)
        self.types[part] = content_type

    def drop(self, part: str) -> None:
        """Take a part away, if there is one."""
        if self.package.has(part):
            self.changed[self.name(part)] = None
        else:
            self.changed.pop(part, None)
        self.types.pop(part, None)

    def write_types(self) -> None:
        """Say of all parts that came what they are, and no longer of those that went."""
        gone = {b"/" + name.encode() for name, new in self.changed.items() if new is None}
        xml = _OVERRIDE.sub(lambda found: b"" if found[1] in gone else found[0], self._plain(TYPES))
        known = {found[1].decode().lstrip("/").casefold() for found in _OVERRIDE.finditer(xml)}
        more = b"".join(
            b'<Override PartName="/%s" ContentType="%s"/>' % (part.encode(), kind.encode())
            for part, kind in self.types.items()
            if part.casefold() not in known
        )
        self.put(TYPES, self._replaced(xml, b"</Types>", more + b"</Types>", TYPES))

    def hung(self, part: str) -> tuple[Hung, ...]:
        """Return what hangs on a part now."""
        rels = relations.relations_of(part)
        return tuple(relations.read(self.get(rels), part)) if self.has(rels) else ()

    def put_hung(self, part: str, hung: Sequence[Hung]) -> None:
        """Let this be what hangs on a part."""
        rels = relations.relations_of(part)
        if hung == self.hung(part):
            return
        if hung:
            self.put(rels, relations.written(hung, self.get(rels) if self.has(rels) else b""))
        else:
            self.drop(rels)

    def free(self, name: str) -> str:
        """Return the first name that no part bears, with a number in place of {}."""
        number = 1
        while self.has(name.format(number)):
            number += 1
        return name.format(number)

    def unhide(self, title: str) -> None:
        """Bring a sheet into sight."""
        self.put_state(title, "")

    def put_state(self, title: str, state: str) -> None:
        """Let a sheet be "hidden" or "veryHidden", or with "" in sight."""
        said = b' state="%s"' % state.encode() if state else b""

        def stated(found: re.Match[bytes]) -> bytes:
            if _title(found[0]) != title:
                return found[0]
            return _STATE.sub(b"", found[0]).replace(b"<sheet", b"<sheet" + said, 1)

        self.put_main(lambda main: _SHEET.sub(stated, main))

    def put_main(self, change: Callable[[bytes], bytes]) -> None:
        """Change the main part; a ValueError says that there is no place for it."""
        try:
            self.put(self.plan.part, change(self._plain(self.plan.part)))
        except ValueError:
            raise CannotWriteSafelyError(self.package.file, self.plan.part) from None

    def every_title(self) -> tuple[str, ...]:
        """Return the titles of all sheets, those without cells too, in their order."""
        return tuple(map(_title, _SHEET.findall(self._plain(self.plan.part))))

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
            (rels, relations.TAG, [b'Id="%s"' % chain.id.encode()]),
            (TYPES, re.compile(rb"<Override\s[^>]*?/>"), [b"/" + chain.target.encode()]),
        ):
            xml = self._plain(part)
            kept = pattern.sub(lambda f: b"" if any(m in f[0] for m in marks) else f[0], xml)  # noqa: B023 - used up in this very turn
            self.put(part, kept)
        if self.package.has(chain.target):
            self.changed[self.name(chain.target)] = None

    def add_sheet(self, title: str, content: bytes, state: str = "", before: int = -1) -> str:
        """Add a sheet in front of the one at a place (-1: as the last one); return its part.

        What counts the sheets of the workbook is left to the caller.
        """
        part = self.free("xl/worksheets/sheet{}.xml")
        relation, namespace = self._add_relation(part)
        xml = self._plain(self.plan.part)
        tags = list(_SHEET.finditer(xml))
        ids = [int(i) for tag in tags for i in _SHEET_ID.findall(tag[0])]
        new = b'<sheet xmlns:r="%s" name="%s" sheetId="%d"%s r:id="%s"/>' % (
            namespace,
            texts.attribute(title),
            max(ids, default=0) + 1,
            b' state="%s"' % state.encode() if state else b"",
            relation,
        )
        if xml.count(b"</sheets>") != 1:
            raise CannotWriteSafelyError(self.package.file, self.plan.part)
        at = tags[before].start() if 0 <= before < len(tags) else xml.index(b"</sheets>")
        self.put(self.plan.part, xml[:at] + new + xml[at:])
        self.add(part, content, SHEET_TYPE.decode())
        return part

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
        return relations.relations_of(self.plan.part)

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


def _title(tag: bytes) -> str:
    """Return the title that the tag of a sheet says."""
    found = _NAMED.search(tag)
    said = (found[1] if found[1] is not None else found[2]) if found else b""
    return texts.unescape(said)
