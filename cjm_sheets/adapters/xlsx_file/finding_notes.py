"""Decides how the notes of findings lie on cells, beside the notes that people wrote.

Ours bear our name as their author. A cell on which somebody wrote a note keeps that one alone.
"""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from cjm_sheets.adapters.xlsx_file import relations, texts
from cjm_sheets.adapters.xlsx_file.sheet_order import place_for
from cjm_sheets.adapters.xlsx_file.workbook_parts import WorkbookParts
from cjm_sheets.errors.workbook import CannotWriteSafelyError
from cjm_sheets.ports.sheets import AUTHOR, SIGNED
from cjm_sheets.tables import a1

_MAIN = b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_TYPES = {
    "comments": "application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml",
    "vmlDrawing": "application/vnd.openxmlformats-officedocument.vmlDrawing",
}
_NEW_COMMENTS = (
    b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<comments xmlns="%s">'
    b"<authors></authors><commentList></commentList></comments>" % _MAIN
)
_VML = b"urn:schemas-microsoft-com:vml"
_SPACES = (
    b' xmlns:v="urn:schemas-microsoft-com:vml"'
    b' xmlns:o="urn:schemas-microsoft-com:office:office"'
    b' xmlns:x="urn:schemas-microsoft-com:office:excel"'
)
"""Said on each element of ours: other programs call these by other prefixes."""

_NEW_SHAPES = (
    b'<xml%s><o:shapelayout v:ext="edit"><o:idmap v:ext="edit" data="1"/></o:shapelayout></xml>'
    % _SPACES
)
_KIND_OF_SHAPE = (
    b'<v:shapetype%s id="_x0000_t202" coordsize="21600,21600" o:spt="202"'
    b' path="m,l,21600r21600,l21600,xe"><v:stroke joinstyle="miter"/>'
    b'<v:path gradientshapeok="t" o:connecttype="rect"/></v:shapetype>' % _SPACES
)
_USES_KIND = b'type="#_x0000_t202"'
_NEW_SHAPE = (
    b'<v:shape@ id="_x0000_s%d" type="#_x0000_t202" style="position:absolute;visibility:hidden"'
    b' fillcolor="#ffffe1" o:insetmode="auto"><v:fill color2="#ffffe1"/>'
    b'<v:shadow on="t" color="black" obscured="t"/><v:path o:connecttype="none"/>'
    b'<v:textbox style="mso-direction-alt:auto"><div style="text-align:left"></div></v:textbox>'
    b'<x:ClientData ObjectType="Note"><x:MoveWithCells/><x:SizeWithCells/>'
    b"<x:Anchor>%d, 15, %d, 4, %d, 31, %d, 9</x:Anchor><x:AutoFill>False</x:AutoFill>"
    b"<x:Row>%d</x:Row><x:Column>%d</x:Column></x:ClientData></v:shape>"
).replace(b"@", _SPACES)
_WIDE, _HIGH = 4, 6
"""Columns and rows that a note covers when it is shown."""

_AUTHORS = re.compile(rb"<authors\s*/>|<authors>(.*?)</authors>", re.DOTALL)
_AUTHOR = re.compile(rb"<author\s*/>|<author[^>]*>([^<]*)</author>")
_COMMENT = re.compile(rb"<comment\s([^>]*)>.*?</comment>", re.DOTALL)
_REF = re.compile(rb"""\bref\s*=\s*["']([A-Z]+[0-9]+)["']""")
_BY = re.compile(rb"""\bauthorId\s*=\s*["']([0-9]+)["']""")
_SHAPE = re.compile(rb"<(\w+):shape\s.*?</\1:shape>", re.DOTALL)
_ROW = re.compile(rb"<(?:\w+:)?Row>\s*([0-9]+)\s*<")
_COLUMN = re.compile(rb"<(?:\w+:)?Column>\s*([0-9]+)\s*<")
_NUMBER = re.compile(rb'id="_x0000_s([0-9]+)"')
_SAID = re.compile(rb"<t(?:\s[^>]*)?>([^<]*)</t>")
_BEGINS = re.compile(rb"CJ[0-9]{3}: ")
_LEGACY = re.compile(rb"<legacyDrawing\b[^>]*/>")
_SHOWN_BY = re.compile(rb"""\bid\s*=\s*["']([^"']+)["']""")


@dataclass(frozen=True)
class SheetNotes:
    """The notes of one sheet of a workbook that is changed."""

    parts: WorkbookParts
    sheet: str
    title: str

    def put(self, notes: Mapping[str, str]) -> None:
        """Let these notes of ours, by the names of their cells, be the only ones of ours."""
        there = self._comments()
        if not notes and not (there and _may_be_ours(self.parts.get(there))):
            return
        comments = self.parts.get(there) if there else _NEW_COMMENTS
        comments, gone = _without_ours(comments)
        taken = {found[1].decode() for found in _REF.finditer(comments)}
        new = {cell: text for cell, text in notes.items() if cell not in taken}
        if not new and not taken:
            self._drop_all(gone)
            return
        if not new and not gone:
            return
        comments = _with_notes(comments, new, self._unsure())
        place = there or self._added("comments", "xl/comments{}.xml", comments)
        self.parts.put(place, comments)
        self._put_shapes(gone, new)

    def change(self, notes: Mapping[str, tuple[str, str] | None]) -> None:
        """Put notes (author, text) on cells, by the names of these, or take them off (None).

        The notes on these cells go, whoever wrote them; all others stay.
        """
        there = self._comments()
        comments = self.parts.get(there) if there else _NEW_COMMENTS
        comments, gone = _without_those_on(comments, notes.keys())
        new = {cell: said for cell, said in notes.items() if said is not None}
        if not new and not gone:
            return
        if not new and not _REF.search(comments):
            self._drop_all(gone)
            return
        by_author: dict[str, dict[str, str]] = {}
        for cell, (author, text) in new.items():
            by_author.setdefault(author, {})[cell] = text
        for author, texts_of in by_author.items():
            comments = _with_notes(comments, texts_of, self._unsure(), author)
        place = there or self._added("comments", "xl/comments{}.xml", comments)
        self.parts.put(place, comments)
        self._put_shapes(gone, {cell: text for cell, (_, text) in new.items()})

    def _put_shapes(self, gone: Collection[str], new: Mapping[str, str]) -> None:
        """Take away the shapes of notes that went, and add those of the new ones."""
        there = self._shapes()
        shapes = self.parts.get(there) if there else _NEW_SHAPES
        shapes = _SHAPE.sub(lambda m: b"" if _cell_of(m[0]) in gone else m[0], shapes)
        if _USES_KIND not in shapes:
            shapes = shapes.replace(_KIND_OF_SHAPE, b"")
        shapes = _with_shapes(shapes, new, self._unsure()) if new else shapes
        place = there or self._added("vmlDrawing", "xl/drawings/vmlDrawing{}.vml", shapes)
        self.parts.put(place, shapes)

    def _added(self, kind: str, name: str, content: bytes) -> str:
        """Add a part that hangs on the sheet, and return its name."""
        part = self.parts.free(name)
        self.parts.add(part, content, _TYPES[kind])
        new = relations.hung(f"cjm{kind}", kind, part)
        self.parts.put_hung(self.sheet, (*self.parts.hung(self.sheet), new))
        if kind == "vmlDrawing":
            xml = self.parts.get(self.sheet)
            at = place_for(xml, "legacyDrawing", self.parts.package.file, self.title)
            said = f'<legacyDrawing xmlns:r="{relations.OFFICE}" r:id="{new.id}"/>'
            self.parts.put(self.sheet, xml[:at] + said.encode() + xml[at:])
        return part

    def _drop(self, part: str) -> None:
        """Take away a part that hangs on the sheet."""
        kept = (hung for hung in self.parts.hung(self.sheet) if hung.target != part)
        self.parts.put_hung(self.sheet, tuple(kept))
        self.parts.drop(part)

    def _drop_all(self, gone: Collection[str]) -> None:
        """Take away the notes of a sheet on which nobody else wrote one; buttons stay."""
        shapes, comments = self._shapes(), self._comments()
        if comments:
            self._drop(comments)
        if shapes and _others(self.parts.get(shapes)):
            self._put_shapes(gone, {})
        elif shapes:
            self._drop(shapes)
            self.parts.put(self.sheet, _LEGACY.sub(b"", self.parts.get(self.sheet)))

    def _comments(self) -> str:
        """Return the part with the notes of the sheet, "" if there is none."""
        found = (h.target for h in self.parts.hung(self.sheet) if h.kind == "comments")
        return next(found, "")

    def _shapes(self) -> str:
        """Return the part in which notes are drawn; the one of headers and footers is another."""
        shown = _LEGACY.search(self.parts.get(self.sheet))
        id_ = _SHOWN_BY.search(shown[0]) if shown else None
        found = (h.target for h in self.parts.hung(self.sheet) if id_ and h.id == id_[1].decode())
        return next(found, "")

    def _unsure(self) -> CannotWriteSafelyError:
        return CannotWriteSafelyError(self.parts.package.file, self.title)


def _without_ours(comments: bytes) -> tuple[bytes, set[str]]:
    """Return the comments of others, and the cells on which ours were."""
    authors = _AUTHORS.search(comments)
    names = [m[1] or b"" for m in _AUTHOR.finditer(authors[0])] if authors else []
    ours = {at for at, name in enumerate(names) if name == AUTHOR.encode()}
    gone: set[str] = set()
    nobody = {b"%d" % at for at, name in enumerate(names) if not name.strip()}

    def is_ours(comment: bytes, by: bytes) -> bool:
        """Tell whether a note is ours of which a program forgot, or never knew, who wrote it."""
        said = b"".join(_SAID.findall(comment))
        return said.endswith(SIGNED.encode()) or (by in nobody and bool(_BEGINS.match(said)))

    def kept(found: re.Match[bytes]) -> bytes:
        by, ref = _BY.search(found[1]), _REF.search(found[1])
        if by is None or ref is None or (int(by[1]) not in ours and not is_ours(found[0], by[1])):
            return found[0]
        gone.add(ref[1].decode())
        return b""

    comments = _COMMENT.sub(kept, comments)
    last = b"<author>%s</author></authors>" % AUTHOR.encode()
    used = {int(by[1]) for by in _BY.finditer(comments)}
    if ours & {len(names) - 1} - used:
        comments = comments.replace(last, b"</authors>", 1)
    return comments, gone


def _without_those_on(comments: bytes, cells: Collection[str]) -> tuple[bytes, set[str]]:
    """Return the comments on other cells, and on which of these there was one."""
    gone: set[str] = set()

    def kept(found: re.Match[bytes]) -> bytes:
        ref = _REF.search(found[1])
        if ref is None or ref[1].decode() not in cells:
            return found[0]
        gone.add(ref[1].decode())
        return b""

    return _COMMENT.sub(kept, comments), gone


def _with_notes(
    comments: bytes,
    notes: Mapping[str, str],
    unsure: CannotWriteSafelyError,
    author: str = AUTHOR,
) -> bytes:
    """Return comments with notes of ours, or of somebody else."""
    if not notes:
        return comments
    authors = _AUTHORS.search(comments)
    if authors is None or b"commentList" not in comments:
        raise unsure
    names = [m[1] or b"" for m in _AUTHOR.finditer(authors[0])]
    name = texts.escape(author)
    if name not in names:
        names.append(name)
        written = (authors[1] or b"") + b"<author>%s</author>" % name
        whole = b"<authors>" + written + b"</authors>"
        comments = comments[: authors.start()] + whole + comments[authors.end() :]
    by = names.index(name)
    tag = (
        b'<comment ref="%s" authorId="%d"><text><r><t xml:space="preserve">%s</t></r></text>'
        b"</comment>"
    )
    new = b"".join(
        tag % (cell.encode(), by, texts.escape(text)) for cell, text in sorted(notes.items())
    )
    comments = re.sub(rb"<commentList\s*/>", b"<commentList></commentList>", comments)
    return comments.replace(b"</commentList>", new + b"</commentList>", 1)


def _with_shapes(shapes: bytes, notes: Mapping[str, str], unsure: CannotWriteSafelyError) -> bytes:
    """Return the shapes of notes with those of new ones."""
    end = shapes.rfind(b"</xml>")
    if end < 0 or _VML not in shapes:
        raise unsure
    kind = b"" if b'id="_x0000_t202"' in shapes else _KIND_OF_SHAPE
    highest = max((int(found[1]) for found in _NUMBER.finditer(shapes)), default=1024)
    more = []
    for number, cell in enumerate(sorted(notes), start=highest + 1):
        line, column = a1.parse_cell(cell)
        top = max(0, line - 2)
        box = (column, top, column + _WIDE, top + _HIGH)
        more.append(_NEW_SHAPE % (number, *box, line - 1, column - 1))
    return shapes[:end] + kind + b"".join(more) + shapes[end:]


def _may_be_ours(comments: bytes) -> bool:
    return AUTHOR.encode() in comments or b">CJ" in comments


def _cell_of(shape: bytes) -> str:
    """Return the cell of the note that a shape shows, "" if it shows none."""
    row, column = _ROW.search(shape), _COLUMN.search(shape)
    return a1.cell(int(row[1]) + 1, int(column[1]) + 1) if row and column else ""


def _others(shapes: bytes) -> bool:
    """Tell whether anything but notes is drawn, such as a button."""
    return any(b'ObjectType="Note"' not in shape[0] for shape in _SHAPE.finditer(shapes))
