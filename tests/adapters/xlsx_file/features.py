"""Names what people and Excel put into a workbook, and looks whether it is all still there.

Each feature is found by the bytes that make it, in whatever parts they lie. Where ranges end is
left out: a table that gets rows makes them longer (see test_following). So are numbers that count
from the first sheet or the first look: a sheet or a look of ours may come before.
"""

import re
from collections.abc import Callable, Mapping

Parts = Mapping[str, bytes]
Piece = tuple[str, bytes]
"""A part, and what lies in it."""

Found = Callable[[Parts], list[Piece]]

_LOCAL = re.compile(rb'localSheetId="([0-9]+)"')
_PRIORITY = re.compile(rb' priority="[0-9]+"')
_RANGE_END = re.compile(rb"(\$?[A-Z]{1,3}\$?[0-9]+:\$?[A-Z]{1,3}\$?)[0-9]+")


def whole(name: str) -> Found:
    """Return what finds parts whose names match, whole."""
    pattern = re.compile(name)
    return lambda parts: [(part, parts[part]) for part in sorted(parts) if pattern.fullmatch(part)]


def inside(name: str, *patterns: str) -> Found:
    """Return what finds all that matches inside of parts whose names match; each must be there."""
    where = re.compile(name)
    what = [re.compile(pattern.encode(), re.DOTALL) for pattern in patterns]

    def pieces(parts: Parts) -> list[Piece]:
        chosen = [part for part in sorted(parts) if where.fullmatch(part)]
        each = [
            [(part, m[0]) for part in chosen for m in one.finditer(parts[part])] for one in what
        ]
        return [piece for group in each for piece in group] if all(each) else []

    return pieces


def both(*found: Found) -> Found:
    """Return what finds several things, nothing if one of them is missing."""

    def pieces(parts: Parts) -> list[Piece]:
        each = [one(parts) for one in found]
        return [piece for group in each for piece in group] if all(each) else []

    return pieces


def _calculation_order(parts: Parts) -> list[Piece]:
    """Say that the chain is whole, or gone with its relationship and its type, for a reason."""
    chain = "xl/calcChain.xml" in parts
    named = b"/calcChain" in parts["xl/_rels/workbook.xml.rels"]
    said = b"/xl/calcChain.xml" in parts["[Content_Types].xml"]
    asked = b'fullCalcOnLoad="1"' in parts["xl/workbook.xml"]
    return [("", b"whole")] if chain == named == said and asked else []


_SHEET, _BOOK = r"xl/worksheets/sheet[3-7]\.xml", r"xl/workbook\.xml"
_STYLES, _PAINS = r"xl/styles\.xml", r"xl/worksheets/sheet3\.xml"
_OWN, _ROOT = r"xl/worksheets/sheet[67]\.xml", r"_rels/\.rels"
_NOTES = r"xl/drawings/vmlDrawing1\.vml"

FEATURES: dict[str, Found] = {
    "formulas": inside(_SHEET, r"<f[ >][^<]*</f>"),
    "stored results of formulas": inside(_OWN, r"</f><v>[^<]*</v>"),
    "shared texts": whole(r"xl/sharedStrings\.xml"),
    "rich text": both(
        inside(r"xl/sharedStrings\.xml", r"<si><r>.*?</si>"),
        inside(_PAINS, r'<c r="AG7" t="s">.*?</c>'),
    ),
    "formats of cells": inside(_STYLES, r"<font>.*?</font>", r"<fill>.*?</fill>"),
    "named styles": inside(_STYLES, r'<cellStyle name="Brand"[^>]*>', r"<cellStyleXfs.*?/cell"),
    "number formats": inside(_STYLES, r"<numFmt [^>]*>"),
    "theme": whole(r"xl/theme/theme1\.xml"),
    "tables": inside(r"xl/tables/table[1-5]\.xml", r"<table [^>]*>", r"<tableColumns.*"),
    "styles of tables": inside(_STYLES, r"<tableStyles.*?</tableStyles>"),
    "data validations": inside(_PAINS, r"<dataValidations.*?</dataValidations>"),
    "conditional formats": inside(
        _PAINS,
        r"<colorScale>.*?</colorScale>",
        r'<cfRule type="expression"[^>]*><formula>COUNTIF.*?</cfRule>',
    ),
    "data bars": inside(_PAINS, r"<dataBar>.*?</extLst>", r'<x14:cfRule type="dataBar".*?</xm:'),
    "icon sets": inside(_PAINS, r"<iconSet.*?</iconSet>", r"<x14:iconSet.*?</x14:iconSet>"),
    "validations from other sheets": inside(_PAINS, r"<x14:dataValidations.*?</x14:dataVal"),
    "sparklines": inside(_PAINS, r"<x14:sparklineGroups.*?</x14:sparklineGroups>"),
    "defined names": inside(
        _BOOK,
        r'<definedName name="(?:pains_all|one_pain|Slicer_Kind)">.*?</definedName>',
        r'<definedName name="local_rate" localSheetId="\d+">.*?</definedName>',
    ),
    "print areas and repeated rows": inside(
        _BOOK, r'<definedName name="_xlnm.Print_\w+" localSheetId="\d+">Pains!.*?</definedName>'
    ),
    "calculation order": _calculation_order,
    "notes": both(
        inside(r"xl/comments1\.xml", r'<comment ref="D[56]".*?</comment>'),
        inside(
            _NOTES, r'<v:shape id="_x0000_s\d+" type="#_x0000_t202".*?<x:Row>[45]<.*?</v:shape>'
        ),
    ),
    "threaded comments": both(
        whole(r"xl/threadedComments/.*"), inside(r"xl/comments1\.xml", r"<author>tc=.*?</author>")
    ),
    "persons": whole(r"xl/persons/person\.xml"),
    "macros": whole(r"xl/vbaProject\.bin"),
    "signature of macros": whole(r"xl/(_rels/vbaProject\.bin\.rels|vbaProjectSignature\.bin)"),
    "buttons": both(
        whole(r"xl/ctrlProps/.*"),
        inside(_PAINS, r"<mc:AlternateContent.*?</mc:AlternateContent>"),
        inside(_NOTES, r'<x:ClientData ObjectType="Button">.*?</x:Cli'),
    ),
    "ribbon": both(whole(r"customUI/.*"), inside(_ROOT, r"ui/extensibility")),
    "custom XML": whole(r"customXml/.*"),
    "document properties": whole(r"docProps/(core|app|custom)\.xml|docMetadata/.*"),
    "printer settings": both(
        whole(r"xl/printerSettings/.*"), inside(_PAINS, r'<pageSetup r:id="[^"]*"[^>]*>')
    ),
    "page set-up": inside(
        _PAINS, r"<pageMargins[^>]*>", r"<headerFooter>.*?</headerFooter>", r"<rowBreaks.*?</rowB"
    ),
    "pictures in headers": both(
        inside(_PAINS, r"<legacyDrawingHF[^>]*>"),
        whole(r"xl/drawings/(vmlDrawing2\.vml|_rels/vmlDrawing2\.vml\.rels)"),
    ),
    "pivot tables": both(
        whole(r"xl/pivotTables/.*"),
        inside(r"xl/pivotCache/.*", r"<pivotCache.*", r"<worksheetSource[^>]*>"),
        inside(_BOOK, r"<pivotCaches>.*?</pivotCaches>"),
    ),
    "slicers": both(
        whole(r"xl/slicer.*"),
        inside(_BOOK, r"<x15:slicerCaches.*?</x15:slicerCaches>"),
        inside(r"xl/drawings/drawing2\.xml", r"<mc:AlternateContent.*?</mc:AlternateContent>"),
        inside(_OWN, r"<x14:slicerList>.*?</x14:slicerList>"),
    ),
    "charts": both(
        inside(r"xl/charts/chart[1-3]\.xml", r"<c:chartSpace.*"),
        inside(r"xl/drawings/drawing[1-3]\.xml", r"<c:chart [^>]*>"),
    ),
    "looks of charts": whole(r"xl/charts/(style1|colors1)\.xml|xl/charts/_rels/chart1\.xml\.rels"),
    "chart sheets": whole(r"xl/chartsheets/.*"),
    "pictures": both(
        whole(r"xl/media/.*"),
        inside(r"xl/drawings/drawing1\.xml", r"<xdr:pic>.*?</xdr:pic>"),
        inside(_OWN, r"<picture [^>]*>"),
    ),
    "alt texts": inside(r"xl/drawings/drawing[12]\.xml", r' descr="[^"]*"'),
    "text boxes": inside(r"xl/drawings/drawing1\.xml", r"<xdr:sp .*?Read me first.*?</xdr:sp>"),
    "pictures in cells": both(
        whole(r"xl/richData/.*"), inside(_PAINS, r'<c r="AI6"[^>]* vm="\d+">.*?</c>')
    ),
    "checkboxes in cells": both(
        whole(r"xl/featurePropertyBag/.*"),
        inside(_STYLES, r"<xfpb:xfComplement[^>]*>"),
        inside(_PAINS, r'<c r="AI5"[^>]*>.*?</c>'),
    ),
    "dynamic arrays": both(
        whole(r"xl/metadata\.xml"), inside(_PAINS, r'<c r="AG8"[^>]* cm="1"[^>]*>.*?</c>')
    ),
    "ignored errors": inside(_PAINS, r"<ignoredErrors>.*?</ignoredErrors>"),
    "add-in panes": both(whole(r"xl/webextensions/.*"), inside(_ROOT, r"webextensiontaskpanes")),
    "digital signature": both(whole(r"_xmlsignatures/.*"), inside(_ROOT, r"digital-signature")),
    "links to other workbooks": both(
        whole(r"xl/externalLinks/.*|xl/connections\.xml"),
        inside(_BOOK, r"<externalReferences>.*?</externalReferences>"),
    ),
    "merged cells, frozen panes, groups": inside(
        _PAINS, r"<mergeCells.*?</mergeCells>", r"<sheetViews>.*?</sheetViews>", r"<cols>.*?</cols>"
    ),
    "protection and links": both(
        inside(_OWN, r"<sheetProtection[^>]*>", r"<protectedRanges>.*?</protectedRanges>"),
        inside(_PAINS, r"<hyperlinks>.*?</hyperlinks>"),
    ),
}
"""The features by name, as the table of docs/workbook.md has them."""


def features(parts: Parts) -> dict[str, set[Piece]]:
    """Return the pieces of each feature, without what may move."""
    titles = re.findall(rb'<sheet [^>]*?\bname="([^"]*)"', parts["xl/workbook.xml"])

    def plain(piece: bytes) -> bytes:
        piece = _LOCAL.sub(lambda m: b"of " + titles[int(m[1])], _RANGE_END.sub(rb"\1_", piece))
        return _PRIORITY.sub(b"", piece)

    return {
        name: {(part, plain(piece)) for part, piece in of(parts)} for name, of in FEATURES.items()
    }
