"""Decides which parts the file of the add-in has, and what stands in them.

Settings stand on the one sheet of the add-in, under the names that the VBA asks for. All that have
to do with what a click starts are named, so that no file beside a workbook can choose them.
"""

import io
import zipfile
from collections.abc import Mapping
from importlib.resources import files
from xml.sax.saxutils import escape, quoteattr

from cjm_sheets.templates.ribbon import SETTINGS, RibbonButton, RibbonTab

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_DOCUMENT = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_OFFICE = "http://schemas.microsoft.com/office/2006"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_WHEN = (1980, 1, 1, 0, 0, 0)
"""Equal add-ins are equal bytes."""


def addin(tab: RibbonTab, python: Mapping[str, str]) -> bytes:
    """Return the file of the add-in; `python` has the settings that say which Python is started."""
    settings = {
        "INTERPRETER_WIN": "python",
        "INTERPRETER_MAC": "python",
        "ADD_WORKBOOK_TO_PYTHONPATH": "false",
        "PYTHONPATH": "",
        "CONDA PATH": "",
        "CONDA ENV": "",
        "USE UDF SERVER": "False",
        "SHOW CONSOLE": "False",
        **python,
    }
    project = (files(__package__) / "project.bin").read_bytes()
    parts = {
        "[Content_Types].xml": _TYPES.encode(),
        "_rels/.rels": _RELATIONS.encode(),
        "xl/workbook.xml": _WORKBOOK.encode(),
        "xl/_rels/workbook.xml.rels": _WORKBOOK_RELATIONS.encode(),
        "xl/worksheets/sheet1.xml": _sheet(settings, (tab.no_workbook, tab.own_settings)).encode(),
        "xl/vbaProject.bin": project,
        "customUI/customUI.xml": _ribbon(tab).encode(),
    }
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(zipfile.ZipInfo(name, _WHEN), content, zipfile.ZIP_DEFLATED)
    return file.getvalue()


_TYPES = (
    f'{_HEAD}<Types xmlns="{_PACKAGE}/content-types">'
    '<Default Extension="rels"'
    ' ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    '<Default Extension="bin" ContentType="application/vnd.ms-office.vbaProject"/>'
    '<Override PartName="/xl/workbook.xml"'
    ' ContentType="application/vnd.ms-excel.addin.macroEnabled.main+xml"/>'
    '<Override PartName="/xl/worksheets/sheet1.xml" ContentType='
    '"application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/>'
    "</Types>"
)
_RELATIONS = (
    f'{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships">'
    f'<Relationship Id="rId1" Type="{_DOCUMENT}/officeDocument" Target="xl/workbook.xml"/>'
    f'<Relationship Id="rId2" Type="{_OFFICE}/relationships/ui/extensibility"'
    ' Target="customUI/customUI.xml"/></Relationships>'
)
_WORKBOOK = (
    f'{_HEAD}<workbook xmlns="{_MAIN}" xmlns:r="{_DOCUMENT}">'
    '<workbookPr codeName="ThisWorkbook"/>'
    '<bookViews><workbookView visibility="hidden"/></bookViews>'
    f'<sheets><sheet name="{SETTINGS}" sheetId="2" r:id="rId1"/></sheets></workbook>'
)
_WORKBOOK_RELATIONS = (
    f'{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships">'
    f'<Relationship Id="rId1" Type="{_DOCUMENT}/worksheet" Target="worksheets/sheet1.xml"/>'
    f'<Relationship Id="rId2" Type="{_OFFICE}/relationships/vbaProject"'
    ' Target="vbaProject.bin"/></Relationships>'
)


def _sheet(settings: dict[str, str], sentences: tuple[str, ...]) -> str:
    """Return the sheet: names and settings side by side, and sentences in the fourth column."""
    rows = []
    for line, (name, value) in enumerate(settings.items(), start=1):
        cells = [("A", name), ("B", value)]
        if line <= len(sentences):
            cells.append(("D", sentences[line - 1]))
        written = "".join(_cell(f"{column}{line}", text) for column, text in cells)
        rows.append(f'<row r="{line}">{written}</row>')
    return (
        f'{_HEAD}<worksheet xmlns="{_MAIN}"><sheetPr codeName="Sheet2"/>'
        f"<sheetData>{''.join(rows)}</sheetData></worksheet>"
    )


def _cell(place: str, text: str) -> str:
    return (
        f'<c r="{place}" t="inlineStr"><is><t xml:space="preserve">{escape(text)}</t></is></c>'
        if text
        else ""
    )


def _ribbon(tab: RibbonTab) -> str:
    groups = "".join(
        f'<group id="cjmSheetsGroup{number}" label={quoteattr(group.label)}>'
        f"{''.join(map(_button, group.buttons))}</group>"
        for number, group in enumerate(tab.groups, start=1)
    )
    return (
        f'{_HEAD}<customUI xmlns="{_OFFICE}/01/customui"><ribbon><tabs>'
        f'<tab id="cjmSheetsTab" label={quoteattr(tab.label)} keytip={quoteattr(tab.key)}>'
        f"{groups}</tab></tabs></ribbon></customUI>"
    )


def _button(button: RibbonButton) -> str:
    called = f"CjmSheets{button.macro.title()}"
    return (
        f'<button id="cjm{called}" label={quoteattr(button.label)}'
        f" screentip={quoteattr(button.label)} supertip={quoteattr(button.tip)}"
        f' size="{"large" if button.large else "normal"}" imageMso="{button.picture}"'
        f' keytip={quoteattr(button.key)} onAction="CjmSheets.{called}"/>'
    )
