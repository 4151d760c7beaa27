"""Decides how a test reads an Excel file: the XML itself, so that nothing is mended on the way."""

import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from xml.etree import ElementTree as ET

_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_SHARED = "xl/sharedStrings.xml"
_REL = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_PACKAGE = "{http://schemas.openxmlformats.org/package/2006/relationships}"


@dataclass(frozen=True, slots=True)
class RawCell:
    """A cell as it stands in the file: its type, its formula, what it shows."""

    type: str
    formula: str
    shown: str | float


class Package:
    """The parts of an Excel file."""

    def __init__(self, file: bytes) -> None:
        self._zip = zipfile.ZipFile(io.BytesIO(file))
        self.parts = {name: self._zip.read(name) for name in self._zip.namelist()}
        self._roots: dict[str, ET.Element] = {}
        self._strings = [
            "".join(piece.text or "" for piece in item.iter(f"{_MAIN}t"))
            for item in (self.root(_SHARED) if _SHARED in self.parts else ())
        ]

    def root(self, part: str) -> ET.Element:
        """Return the XML of a part."""
        if part not in self._roots:
            self._roots[part] = ET.fromstring(self.parts[part])  # noqa: S314 - we just made it
        return self._roots[part]

    def sheets(self) -> dict[str, str]:
        """Return the part of each sheet by its title, in order."""
        rels = {
            rel.attrib["Id"]: rel.attrib["Target"].removeprefix("/xl/")
            for rel in self.root("xl/_rels/workbook.xml.rels").iter(f"{_PACKAGE}Relationship")
        }
        return {
            sheet.attrib["name"]: "xl/" + rels[sheet.attrib[_REL]]
            for sheet in self.root("xl/workbook.xml").iter(f"{_MAIN}sheet")
        }

    def elements(self, title: str, tag: str) -> Iterator[ET.Element]:
        """Yield the elements of a sheet with this tag."""
        return self.root(self.sheets()[title]).iter(f"{_MAIN}{tag}")

    def cells(self, title: str) -> dict[str, RawCell]:
        """Return the cells of a sheet by their names."""
        return {cell.attrib["r"]: self._cell(cell) for cell in self.elements(title, "c")}

    def tables(self) -> Iterator[ET.Element]:
        """Yield the table objects."""
        for part in sorted(self.parts):
            if part.startswith("xl/tables/"):
                yield self.root(part)

    def _cell(self, cell: ET.Element) -> RawCell:
        kind = cell.attrib.get("t", "n")
        text = cell.findtext(f"{_MAIN}v") or ""
        formula = cell.findtext(f"{_MAIN}f") or ""
        match kind:
            case "inlineStr":
                return RawCell(kind, formula, "".join(t.text or "" for t in cell.iter(f"{_MAIN}t")))
            case "s":
                return RawCell(kind, formula, self._strings[int(text)])
            case "n" if text:
                return RawCell(kind, formula, float(text))
        return RawCell(kind, formula, text)
