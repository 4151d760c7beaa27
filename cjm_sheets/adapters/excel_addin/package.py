"""Decides what the file of the add-in is made of: a sheet of settings, the VBA, and the tab.

Settings stand under the names that the VBA asks for. All that have to do with what a click starts
are named, so that no file beside a workbook can choose them.
"""

import io
import zipfile
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from importlib.resources import files
from xml.sax.saxutils import quoteattr

from xlsxwriter import Workbook

from cjm_sheets.templates.ribbon import SETTINGS, RibbonButton, RibbonTab

_OFFICE = "http://schemas.microsoft.com/office/2006"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_WHEN = datetime(2026, 1, 1, tzinfo=UTC).replace(tzinfo=None)
"""Equal add-ins are equal bytes."""

_INTO = {
    "[Content_Types].xml": ("vnd.ms-excel.sheet.macroEnabled", "vnd.ms-excel.addin.macroEnabled"),
    "xl/workbook.xml": ("<workbookView ", '<workbookView visibility="hidden" '),
    "_rels/.rels": (
        "</Relationships>",
        (
            f'<Relationship Id="rIdTab" Type="{_OFFICE}/relationships/ui/extensibility"'
            ' Target="customUI/customUI.xml"/></Relationships>'
        ),
    ),
}
"""What makes an add-in with a tab of a workbook with macros, part by part: old and new text."""


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
    made = io.BytesIO()
    with (
        zipfile.ZipFile(_workbook(settings, (tab.no_workbook, tab.own_settings))) as workbook,
        zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as package,
    ):
        for part, content in _parts(workbook, tab):
            package.writestr(part, content, zipfile.ZIP_DEFLATED)
    return made.getvalue()


def _workbook(settings: Mapping[str, str], sentences: tuple[str, ...]) -> io.BytesIO:
    """Return a workbook with the VBA, names and settings side by side, sentences in column D."""
    file = io.BytesIO()
    workbook = Workbook(file, {"in_memory": True})
    workbook.set_properties({"created": _WHEN})
    project = (files(__package__) / "project.bin").read_bytes()
    workbook.add_vba_project(io.BytesIO(project), is_stream=True)
    workbook.set_vba_name("ThisWorkbook")
    sheet = workbook.add_worksheet(SETTINGS)
    sheet.set_vba_name("Sheet2")  # as xlwings' project calls it
    for line, pair in enumerate(settings.items()):
        for column, text in enumerate(pair):
            sheet.write_string(line, column, text)
    for line, text in enumerate(sentences):
        sheet.write_string(line, 3, text)
    workbook.close()
    return file


def _parts(
    workbook: zipfile.ZipFile, tab: RibbonTab
) -> Iterator[tuple[zipfile.ZipInfo | str, bytes]]:
    """Yield the parts of a workbook as those of an add-in, and the tab."""
    for part in workbook.infolist():
        content = workbook.read(part)
        if part.filename in _INTO:
            old, new = (text.encode() for text in _INTO[part.filename])
            content = content.replace(old, new, 1)
        yield part, content
    when = workbook.infolist()[0].date_time
    yield zipfile.ZipInfo("customUI/customUI.xml", when), _ribbon(tab).encode()


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
