"""Adds to a rich workbook the parts that only Excel writes: pivots, slicers, threads, panes."""

import re
from collections.abc import Mapping

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
MICROSOFT = "http://schemas.microsoft.com/office"
X14 = f"{MICROSOFT}/spreadsheetml/2009/9/main"
X15 = f"{MICROSOFT}/spreadsheetml/2010/11/main"
XM = f"{MICROSOFT}/excel/2006/main"
TYPES, WORKBOOK = "[Content_Types].xml", "xl/workbook.xml"
STYLES = "xl/styles.xml"
PAINS, OWN, PIVOT = (f"xl/worksheets/sheet{n}.xml" for n in (3, 6, 7))
SHEET_KIND = "application/vnd.openxmlformats-officedocument.spreadsheetml."
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
THREAD_ID = "{2E1B3A55-6B29-4A3C-9D0C-0123456789AB}"
PERSON = "{8E5D9E4E-1111-4222-8333-444455556666}"


class Building:
    """A package in the making."""

    def __init__(self, content: Mapping[str, bytes]) -> None:
        self.content = dict(content)

    def add(self, part: str, data: str | bytes, kind: str = "") -> None:
        """Add a part; one that says nothing of its kind goes by its ending."""
        self.content[part] = (HEAD + data).encode() if isinstance(data, str) else data
        if kind:
            said = f'<Override PartName="/{part}" ContentType="{kind}"/></Types>'
            self.replace(TYPES, "</Types>", said)

    def relate(self, source: str, kind: str, target: str, *, outside: bool = False) -> str:
        """Let a part hang on another one ("" the package); return the id."""
        folder, _, last = source.rpartition("/")
        rels = f"{folder}/_rels/{last}.rels".lstrip("/")
        empty = f'{HEAD}<Relationships xmlns="{PACKAGE}"></Relationships>'.encode()
        xml = self.content.setdefault(rels, empty)
        taken = [0, *map(int, re.findall(rb'Id="rId([0-9]+)"', xml))]
        name = f"rId{1 + max(taken)}"
        mode = ' TargetMode="External"' if outside else ""
        target = target if outside else f"/{target}"
        new = f'<Relationship Id="{name}" Type="{kind}" Target="{target}"{mode}/></Relationships>'
        self.replace(rels, "</Relationships>", new)
        return name

    def replace(self, part: str, old: str, new: str) -> None:
        """Replace the first occurrence of a text, which must be there."""
        xml = self.content[part].decode()
        if old not in xml:
            raise LookupError(part, old)
        self.content[part] = xml.replace(old, new, 1).encode()


def completed(content: Mapping[str, bytes]) -> dict[str, bytes]:
    """Return the parts with all that is made by hand."""
    of = Building(content)
    for step in (
        _styles, _threads, _pivot, _slicer, _custom_xml, _printer, _panes, _signature, _ribbon,
        _other_workbook, _more_of_the_package, _chart_looks, _x14, _button, _calculation_order,
    ):  # fmt: skip
        step(of)
    return of.content


def _styles(of: Building) -> None:
    """A named style of cells, and a style of tables."""
    xml = of.content[STYLES].decode()
    count = int(re.findall(r'<cellStyleXfs count="(\d+)"', xml)[0])
    of.replace(STYLES, f'<cellStyleXfs count="{count}"', f'<cellStyleXfs count="{count + 1}"')
    brand = '<xf numFmtId="0" fontId="0" fillId="0" borderId="0" applyFill="0"/></cellStyleXfs>'
    of.replace(STYLES, "</cellStyleXfs>", brand)
    named = int(re.findall(r'<cellStyles count="(\d+)"', xml)[0])
    of.replace(STYLES, f'<cellStyles count="{named}"', f'<cellStyles count="{named + 1}"')
    of.replace(STYLES, "</cellStyles>", f'<cellStyle name="Brand" xfId="{count}"/></cellStyles>')
    looks = int(re.findall(r'<dxfs count="(\d+)"', xml)[0])
    of.replace(STYLES, f'<dxfs count="{looks}"', f'<dxfs count="{looks + 1}"')
    of.replace(STYLES, "</dxfs>", '<dxf><font><b/><color rgb="FF7030A0"/></font></dxf></dxfs>')
    style = (
        '<tableStyles count="1" defaultTableStyle="TableStyleMedium9"'
        ' defaultPivotStyle="PivotStyleLight16"><tableStyle name="Ours" pivot="0" count="1">'
        f'<tableStyleElement type="headerRow" dxfId="{looks}"/></tableStyle></tableStyles>'
    )
    xml = of.content[STYLES].decode()
    of.content[STYLES] = re.sub(r"<tableStyles\b[^>]*/>", style, xml, count=1).encode()


def _threads(of: Building) -> None:
    """Threaded comments, and the persons who wrote them."""
    space = f"{MICROSOFT}/spreadsheetml/2018/threadedcomments"
    of.add(
        "xl/threadedComments/threadedComment1.xml",
        f'<ThreadedComments xmlns="{space}" xmlns:x="{MAIN}"><threadedComment ref="D6"'
        f' dT="2026-03-01T09:00:00.00" personId="{PERSON}" id="{THREAD_ID}"><text>Sure?</text>'
        f'</threadedComment><threadedComment ref="D6" dT="2026-03-01T09:05:00.00"'
        f' personId="{PERSON}" id="{{2E1B3A55-6B29-4A3C-9D0C-0123456789AC}}"'
        f' parentId="{THREAD_ID}"><text>Yes.</text></threadedComment></ThreadedComments>',
        "application/vnd.ms-excel.threadedcomments+xml",
    )
    kinds = f"{MICROSOFT}/2017/10/relationships"
    of.relate(PAINS, f"{kinds}/threadedComment", "xl/threadedComments/threadedComment1.xml")
    of.add(
        "xl/persons/person.xml",
        f'<personList xmlns="{space}" xmlns:x="{MAIN}"><person displayName="Nora Berg"'
        f' id="{PERSON}" userId="nora@example.org" providerId="AD"/></personList>',
        "application/vnd.ms-excel.person+xml",
    )
    of.relate(WORKBOOK, f"{kinds}/person", "xl/persons/person.xml")


def _pivot(of: Building) -> None:
    """A pivot table over the first six columns of Pains."""
    cache, table = "xl/pivotCache/pivotCacheDefinition1.xml", "xl/pivotTables/pivotTable1.xml"
    records = "xl/pivotCache/pivotCacheRecords1.xml"
    of.add(
        records,
        f'<pivotCacheRecords xmlns="{MAIN}" count="1"><r><s v="N1"/><x v="0"/><m/>'
        '<s v="Too slow"/><m/><n v="4"/></r></pivotCacheRecords>',
        f"{SHEET_KIND}pivotCacheRecords+xml",
    )
    of.content[cache] = b""
    id_ = of.relate(cache, f"{OFFICE}/pivotCacheRecords", records)
    plain = '<cacheField name="{}" numFmtId="0"><sharedItems/></cacheField>'
    of.add(
        cache,
        f'<pivotCacheDefinition xmlns="{MAIN}" xmlns:r="{OFFICE}" r:id="{id_}" refreshedBy="Nora"'
        ' refreshedDate="46000" createdVersion="6" refreshedVersion="6" minRefreshableVersion="3"'
        ' recordCount="1"><cacheSource type="worksheet">'
        '<worksheetSource ref="A4:F8" sheet="Pains"/></cacheSource><cacheFields count="6">'
        f'{plain.format("ID")}<cacheField name="At which step" numFmtId="0">'
        '<sharedItems count="1"><s v="T1"/></sharedItems></cacheField>'
        f"{''.join(plain.format(name) for name in ('Persona', 'Pain', 'Kind'))}"
        '<cacheField name="Severity" numFmtId="0"><sharedItems containsSemiMixedTypes="0"'
        ' containsString="0" containsNumber="1" containsInteger="1" minValue="4" maxValue="4"/>'
        "</cacheField></cacheFields></pivotCacheDefinition>",
        f"{SHEET_KIND}pivotCacheDefinition+xml",
    )
    of.add(
        table,
        f'<pivotTableDefinition xmlns="{MAIN}" name="PivotTable1" cacheId="7" dataOnRows="0"'
        ' applyNumberFormats="0" dataCaption="Values" updatedVersion="6"'
        ' minRefreshableVersion="3" createdVersion="6" indent="0" outline="1" outlineData="1">'
        '<location ref="A3:B5" firstHeaderRow="1" firstDataRow="1" firstDataCol="1"/>'
        '<pivotFields count="6"><pivotField showAll="0"/><pivotField axis="axisRow" showAll="0">'
        '<items count="2"><item x="0"/><item t="default"/></items></pivotField>'
        '<pivotField showAll="0"/><pivotField showAll="0"/><pivotField showAll="0"/>'
        '<pivotField dataField="1" showAll="0"/></pivotFields>'
        '<rowFields count="1"><field x="1"/></rowFields><rowItems count="2"><i><x/></i>'
        '<i t="grand"><x/></i></rowItems><colItems count="1"><i/></colItems>'
        '<dataFields count="1"><dataField name="Sum of Severity" fld="5" baseField="0"'
        ' baseItem="0"/></dataFields><pivotTableStyleInfo name="PivotStyleLight16"'
        ' showRowHeaders="1" showColHeaders="1" showRowStripes="0" showColStripes="0"'
        ' showLastColumn="1"/></pivotTableDefinition>',
        f"{SHEET_KIND}pivotTable+xml",
    )
    of.relate(PIVOT, f"{OFFICE}/pivotTable", table)
    of.relate(table, f"{OFFICE}/pivotCacheDefinition", cache)
    id_ = of.relate(WORKBOOK, f"{OFFICE}/pivotCacheDefinition", cache)
    of.replace(
        WORKBOOK, "</workbook>",
        f'<pivotCaches><pivotCache cacheId="7" r:id="{id_}"/></pivotCaches></workbook>',
    )  # fmt: skip


def _slicer(of: Building) -> None:
    """A slicer of the table Pains, drawn on a person's own sheet."""
    cache, slicer = "xl/slicerCaches/slicerCache1.xml", "xl/slicers/slicer1.xml"
    of.add(
        cache,
        f'<slicerCacheDefinition xmlns="{X14}" name="Slicer_Kind" sourceName="Kind"><extLst>'
        f'<x:ext xmlns:x="{MAIN}" uri="{{2F2917AC-EB37-4324-AD4E-5DD8C200BD13}}">'
        f'<x15:tableSlicerCache xmlns:x15="{X15}" tableId="3" column="5"/></x:ext></extLst>'
        "</slicerCacheDefinition>",
        "application/vnd.ms-excel.slicerCache+xml",
    )
    of.add(
        slicer,
        f'<slicers xmlns="{X14}"><slicer name="Kind" cache="Slicer_Kind" caption="Kind"'
        ' rowHeight="234950"/></slicers>',
        "application/vnd.ms-excel.slicer+xml",
    )
    kinds = f"{MICROSOFT}/2007/relationships"
    id_ = of.relate(OWN, f"{kinds}/slicer", slicer)
    of.replace(
        OWN, "</worksheet>",
        f'<extLst><ext xmlns:x14="{X14}" uri="{{3A4CF648-6AED-40f4-86FF-DC5316D8AED3}}">'
        f'<x14:slicerList><x14:slicer r:id="{id_}"/></x14:slicerList></ext></extLst></worksheet>',
    )  # fmt: skip
    id_ = of.relate(WORKBOOK, f"{kinds}/slicerCache", cache)
    of.replace(
        WORKBOOK, "</workbook>",
        f'<extLst><ext xmlns:x15="{X15}" uri="{{46BE6895-7355-4a93-B00E-2C351335B9C9}}">'
        f'<x15:slicerCaches xmlns:x14="{X14}"><x14:slicerCache r:id="{id_}"/></x15:slicerCaches>'
        "</ext></extLst></workbook>",
    )  # fmt: skip
    of.replace(WORKBOOK, "</definedNames>",
               '<definedName name="Slicer_Kind">#N/A</definedName></definedNames>')  # fmt: skip
    box = (
        "<xdr:twoCellAnchor><xdr:from><xdr:col>1</xdr:col><xdr:colOff>0</xdr:colOff><xdr:row>8"
        "</xdr:row><xdr:rowOff>0</xdr:rowOff></xdr:from><xdr:to><xdr:col>4</xdr:col><xdr:colOff>0"
        "</xdr:colOff><xdr:row>20</xdr:row><xdr:rowOff>0</xdr:rowOff></xdr:to>"
    )
    markup = "http://schemas.openxmlformats.org/markup-compatibility/2006"
    drawn = "http://schemas.openxmlformats.org/drawingml/2006/main"
    sle = f"{MICROSOFT}/drawing/2012/slicer"
    frame = (
        '<xdr:graphicFrame macro=""><xdr:nvGraphicFramePr><xdr:cNvPr id="9" name="Kind"/>'
        "<xdr:cNvGraphicFramePr/></xdr:nvGraphicFramePr><xdr:xfrm>"
        f'<a:off xmlns:a="{drawn}" x="0" y="0"/><a:ext xmlns:a="{drawn}" cx="0" cy="0"/>'
        f'</xdr:xfrm><a:graphic xmlns:a="{drawn}"><a:graphicData uri="{sle}">'
        f'<sle:slicer xmlns:sle="{MICROSOFT}/drawing/2010/slicer" name="Kind"/></a:graphicData>'
        "</a:graphic></xdr:graphicFrame>"
    )
    shape = (
        '<xdr:sp macro="" textlink=""><xdr:nvSpPr><xdr:cNvPr id="0" name=""/><xdr:cNvSpPr/>'
        f'</xdr:nvSpPr><xdr:spPr><a:xfrm xmlns:a="{drawn}"><a:off x="0" y="0"/>'
        f'<a:ext cx="0" cy="0"/></a:xfrm><a:prstGeom xmlns:a="{drawn}" prst="rect"/></xdr:spPr>'
        "</xdr:sp>"
    )
    of.replace(
        "xl/drawings/drawing2.xml", "</xdr:wsDr>",
        f'{box}<mc:AlternateContent xmlns:mc="{markup}" xmlns:sle15="{sle}">'
        f'<mc:Choice Requires="sle15">{frame}</mc:Choice><mc:Fallback>{shape}</mc:Fallback>'
        "</mc:AlternateContent><xdr:clientData/></xdr:twoCellAnchor></xdr:wsDr>",
    )  # fmt: skip


def _custom_xml(of: Building) -> None:
    """What a company keeps in its documents."""
    item, props = "customXml/item1.xml", "customXml/itemProps1.xml"
    of.add(item, '<brand xmlns="urn:example:brand"><team>Checkout</team></brand>')
    of.add(
        props,
        '<ds:datastoreItem ds:itemID="{F1A9B7C0-5A2E-4D6B-8C3D-9E0F1A2B3C4D}"'
        ' xmlns:ds="http://schemas.openxmlformats.org/officeDocument/2006/customXml">'
        '<ds:schemaRefs><ds:schemaRef ds:uri="urn:example:brand"/></ds:schemaRefs>'
        "</ds:datastoreItem>",
        "application/vnd.openxmlformats-officedocument.customXmlProperties+xml",
    )
    of.relate(WORKBOOK, f"{OFFICE}/customXml", item)
    of.relate(item, f"{OFFICE}/customXmlProps", props)


def _printer(of: Building) -> None:
    """What a printer was told."""
    part = "xl/printerSettings/printerSettings1.bin"
    of.add(part, "Office printer".encode("utf-16-le") * 20, f"{SHEET_KIND}printerSettings")
    id_ = of.relate(PAINS, f"{OFFICE}/printerSettings", part)
    of.replace(PAINS, "<pageSetup ", f'<pageSetup r:id="{id_}" ')


def _panes(of: Building) -> None:
    """An add-in that opens beside the sheet."""
    pane, extension = "xl/webextensions/taskpanes.xml", "xl/webextensions/webextension1.xml"
    of.add(
        extension,
        f'<we:webextension xmlns:we="{MICROSOFT}/webextensions/webextension/2010/11"'
        ' id="{6F3A2E10-1234-4ABC-9DEF-001122334455}"><we:reference id="wa104379955"'
        ' version="1.0.0.0" store="en-US" storeType="OMEX"/><we:alternateReferences/>'
        "<we:properties/><we:bindings/></we:webextension>",
        "application/vnd.ms-office.webextension+xml",
    )
    of.content[pane] = b""
    id_ = of.relate(pane, f"{MICROSOFT}/2011/relationships/webextension", extension)
    of.add(
        pane,
        f'<wetp:taskpanes xmlns:wetp="{MICROSOFT}/webextensions/taskpanes/2010/11">'
        '<wetp:taskpane dockstate="right" visibility="0" width="350" row="1">'
        f'<wetp:webextensionref xmlns:r="{OFFICE}" r:id="{id_}"/></wetp:taskpane></wetp:taskpanes>',
        "application/vnd.ms-office.webextensiontaskpanes+xml",
    )
    of.relate("", f"{MICROSOFT}/2011/relationships/webextensiontaskpanes", pane)


def _signature(of: Building) -> None:
    """A digital signature of the document."""
    origin, signature = "_xmlsignatures/origin.sigs", "_xmlsignatures/sig1.xml"
    kind = "application/vnd.openxmlformats-package.digital-signature-"
    space = "http://www.w3.org/2000/09/xmldsig#"
    of.add(origin, b"", f"{kind}origin")
    of.add(
        signature,
        f'<Signature xmlns="{space}" Id="idPackageSignature"><SignedInfo>'
        "<CanonicalizationMethod"
        ' Algorithm="http://www.w3.org/TR/2001/REC-xml-c14n-20010315"/>'
        f'<SignatureMethod Algorithm="{space}rsa-sha1"/><Reference Type="{space}Object"'
        f' URI="#idPackageObject"><DigestMethod Algorithm="{space}sha1"/>'
        "<DigestValue>AAAA</DigestValue></Reference></SignedInfo>"
        "<SignatureValue>AAAA</SignatureValue></Signature>",
        f"{kind}xmlsignature+xml",
    )
    kinds = f"{PACKAGE}/digital-signature"
    of.relate("", f"{kinds}/origin", origin)
    of.relate(origin, f"{kinds}/signature", signature)


def _ribbon(of: Building) -> None:
    """Buttons of the company's own in the ribbon."""
    part = "customUI/customUI14.xml"
    of.add(
        part,
        f'<customUI xmlns="{MICROSOFT}/2009/07/customui"><ribbon><tabs><tab id="brand"'
        ' label="Brand"><group id="g" label="Maps"><button id="b" label="Run"'
        ' onAction="SampleCall"/></group></tab></tabs></ribbon></customUI>',
    )
    of.relate("", f"{MICROSOFT}/2007/relationships/ui/extensibility", part)


def _other_workbook(of: Building) -> None:
    """A link to another workbook, with what it showed last."""
    part = "xl/externalLinks/externalLink1.xml"
    of.content[part] = b""
    id_ = of.relate(part, f"{OFFICE}/externalLinkPath", "prices.xlsx", outside=True)
    of.add(
        part,
        f'<externalLink xmlns="{MAIN}"><externalBook xmlns:r="{OFFICE}" r:id="{id_}"><sheetNames>'
        '<sheetName val="Sheet1"/></sheetNames><sheetDataSet><sheetData sheetId="0"><row r="1">'
        '<cell r="A1"><v>1</v></cell></row></sheetData></sheetDataSet></externalBook>'
        "</externalLink>",
        f"{SHEET_KIND}externalLink+xml",
    )
    id_ = of.relate(WORKBOOK, f"{OFFICE}/externalLink", part)
    of.replace(
        WORKBOOK, "<definedNames>",
        f'<externalReferences><externalReference r:id="{id_}"/></externalReferences><definedNames>',
    )  # fmt: skip


def _more_of_the_package(of: Building) -> None:
    """A connection to data, a small picture of the file, and how secret it is."""
    of.add(
        "xl/connections.xml",
        f'<connections xmlns="{MAIN}"><connection id="1" name="Shop" type="4"'
        ' refreshedVersion="6"><webPr url="https://example.org/prices"/></connection>'
        "</connections>",
        f"{SHEET_KIND}connections+xml",
    )
    of.relate(WORKBOOK, f"{OFFICE}/connections", "xl/connections.xml")
    of.add("docProps/thumbnail.jpeg", b"\xff\xd8\xff\xe0" + bytes(60) + b"\xff\xd9", "image/jpeg")
    of.relate("", f"{PACKAGE}/metadata/thumbnail", "docProps/thumbnail.jpeg")
    of.add(
        "docMetadata/LabelInfo.xml",
        f'<clbl:labelList xmlns:clbl="{MICROSOFT}/2020/mipLabelMetadata"><clbl:label'
        ' id="{0A1B2C3D-4E5F-4A5B-8C7D-8E9FA0B1C2D3}" enabled="1" method="Standard"'
        ' siteId="{1A1B2C3D-4E5F-4A5B-8C7D-8E9FA0B1C2D3}" removed="0"/></clbl:labelList>',
        "application/vnd.ms-office.classificationlabels+xml",
    )
    kind = f"{MICROSOFT}/2020/02/relationships/classificationlabels"
    of.relate("", kind, "docMetadata/LabelInfo.xml")


def _chart_looks(of: Building) -> None:
    """The style and the colours that Excel keeps for each chart."""
    drawn = "http://schemas.openxmlformats.org/drawingml/2006/main"
    space = f"{MICROSOFT}/drawing/2012/chartStyle"
    kind = "application/vnd.ms-office.chart"
    entry = (
        '<cs:{0}><cs:lnRef idx="0"/><cs:fillRef idx="0"/><cs:effectRef idx="0"/>'
        '<cs:fontRef idx="minor"/></cs:{0}>'
    )
    names = re.findall(
        r"\w+",
        "axisTitle categoryAxis chartArea dataLabel dataLabelCallout dataPoint dataPoint3D"
        " dataPointLine dataPointMarker dataPointMarkerLayout dataPointWireframe dataTable downBar"
        " dropLine errorBar floor gridlineMajor gridlineMinor hiLoLine leaderLine legend plotArea"
        " plotArea3D seriesAxis seriesLine title trendline trendlineLabel upBar valueAxis wall",
    )
    body = "".join(
        entry.format(name) if name != "dataPointMarkerLayout" else f"<cs:{name}/>" for name in names
    )
    style, colours = "xl/charts/style1.xml", "xl/charts/colors1.xml"
    of.add(style, f'<cs:chartStyle xmlns:cs="{space}" xmlns:a="{drawn}" id="227">{body}'
           "</cs:chartStyle>", f"{kind}style+xml")  # fmt: skip
    of.add(
        colours,
        f'<cs:colorStyle xmlns:cs="{space}" xmlns:a="{drawn}" meth="cycle" id="10">'
        '<a:schemeClr val="accent1"/><cs:variation/></cs:colorStyle>',
        f"{kind}colorstyle+xml",
    )
    kinds = f"{MICROSOFT}/2011/relationships"
    of.relate("xl/charts/chart1.xml", f"{kinds}/chartStyle", style)
    of.relate("xl/charts/chart1.xml", f"{kinds}/chartColorStyle", colours)


def _x14(of: Building) -> None:
    """Checks against another sheet, and icons that only newer programs know."""
    of.replace(
        PAINS, "<x14:conditionalFormattings>",
        f'<x14:conditionalFormattings><x14:conditionalFormatting xmlns:xm="{XM}"><x14:cfRule'
        ' type="iconSet" priority="9" id="{5F3B0C1A-0001-4A5B-8C7D-8E9FA0B1C2D3}">'
        '<x14:iconSet iconSet="3Stars"><x14:cfvo type="percent"><xm:f>0</xm:f></x14:cfvo>'
        '<x14:cfvo type="percent"><xm:f>33</xm:f></x14:cfvo><x14:cfvo type="percent">'
        "<xm:f>67</xm:f></x14:cfvo></x14:iconSet></x14:cfRule><xm:sqref>J5:J8</xm:sqref>"
        "</x14:conditionalFormatting>",
    )  # fmt: skip
    of.replace(
        PAINS, f'<extLst><ext xmlns:x14="{X14}" uri="{{78C0D931',
        f'<extLst><ext xmlns:x14="{X14}" uri="{{CCE6A557-97BC-4b89-ADB6-D9C93CAAB3DF}}">'
        f'<x14:dataValidations xmlns:xm="{XM}" count="1"><x14:dataValidation type="list"'
        ' allowBlank="1" showErrorMessage="1"><x14:formula1><xm:f>Own!$C$1:$E$1</xm:f>'
        "</x14:formula1><xm:sqref>E5:E8</xm:sqref></x14:dataValidation></x14:dataValidations>"
        f'</ext><ext xmlns:x14="{X14}" uri="{{78C0D931',
    )  # fmt: skip


def _button(of: Building) -> None:
    """The button's properties, as newer programs write them."""
    part = "xl/ctrlProps/ctrlProp1.xml"
    of.add(part, f'<formControlPr xmlns="{X14}" objectType="Button" lockText="1"/>',
           "application/vnd.ms-excel.controlproperties+xml")  # fmt: skip
    id_ = of.relate(PAINS, f"{OFFICE}/ctrlProp", part)
    markup = "http://schemas.openxmlformats.org/markup-compatibility/2006"
    drawn = "http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing"
    shape = re.findall(r'id="_x0000_s(\d+)"[^>]*type="#_x0000_t201"',
                       of.content["xl/drawings/vmlDrawing1.vml"].decode())[0]  # fmt: skip
    where = (
        "<{0}><xdr:col>{1}</xdr:col><xdr:colOff>0</xdr:colOff>"
        "<xdr:row>{2}</xdr:row><xdr:rowOff>0</xdr:rowOff></{0}>"
    )
    control = (
        f'<control shapeId="{shape}" r:id="{id_}" name="Button 1"><controlPr defaultSize="0"'
        ' print="0" autoFill="0" autoPict="0" macro="SampleCall">'
        f'<anchor xmlns:xdr="{drawn}" moveWithCells="1" sizeWithCells="1">'
        f"{where.format('from', 36, 1)}{where.format('to', 37, 2)}</anchor></controlPr>"
        "</control>"
    )
    of.replace(
        PAINS, "<tableParts",
        f'<mc:AlternateContent xmlns:mc="{markup}"><mc:Choice xmlns:x14="{X14}" Requires="x14">'
        f"<controls>{control}</controls></mc:Choice></mc:AlternateContent><tableParts",
    )  # fmt: skip


def _calculation_order(of: Building) -> None:
    """The order in which Excel calculated last, of every cell with a formula."""
    cells = [
        f'<c r="{cell}" i="{sheet}"/>'
        for sheet in range(1, 8)
        for cell in re.findall(
            r'<c r="([A-Z]+\d+)"[^>]*><f', of.content[f"xl/worksheets/sheet{sheet}.xml"].decode()
        )
    ]
    of.add("xl/calcChain.xml", f'<calcChain xmlns="{MAIN}">{"".join(cells)}</calcChain>',
           f"{SHEET_KIND}calcChain+xml")  # fmt: skip
    of.relate(WORKBOOK, f"{OFFICE}/calcChain", "xl/calcChain.xml")
