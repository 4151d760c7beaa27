"""The add-in for Excel: its parts are sound, its VBA is xlwings' own but for what we say we change.

Its buttons are pressed in an interpreter of VBA, as far as the line where xlwings starts Python.
"""

import io
import subprocess
import sys
import zipfile
from collections.abc import Mapping
from importlib.util import find_spec
from pathlib import Path
from xml.etree import ElementTree as ET

import openpyxl
import pytest
from openxml_audit import OpenXmlValidator
from pyopenvba.apps.excel import ExcelApplication

from cjm_sheets import macros
from cjm_sheets.adapters.excel_addin.package import addin
from cjm_sheets.templates.ribbon import SETTINGS, ribbon
from cjm_sheets.words.languages import LANGUAGES
from tests.vba import modules

ROOT = Path(__file__).resolve().parents[3]
PYTHON = {"INTERPRETER_WIN": r"C:\Python\python.exe"}
RIBBON = "{http://schemas.microsoft.com/office/2006/01/customui}"
SAMPLE = "quickstart_addin_ribbon.xlam"


@pytest.fixture(params=LANGUAGES)
def language(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def file(tmp_path: Path, language: str) -> Path:
    path = tmp_path / "cjm-sheets.xlam"
    path.write_bytes(addin(ribbon(language), PYTHON))
    return path


def buttons(file: Path) -> list[Mapping[str, str]]:
    """Return what the tab says of each button."""
    with zipfile.ZipFile(file) as package:
        tab = ET.fromstring(package.read("customUI/customUI.xml"))  # noqa: S314 - made a moment ago
    return [button.attrib for button in tab.iter(f"{RIBBON}button")]


def as_workbook(file: Path) -> bytes:
    """Return an add-in as a workbook, since openpyxl reads no add-ins."""
    made = io.BytesIO()
    with zipfile.ZipFile(file) as package, zipfile.ZipFile(made, "w") as workbook:
        for name in package.namelist():
            content = package.read(name)
            if name == "[Content_Types].xml":
                content = content.replace(b"excel.addin.", b"excel.sheet.")
            workbook.writestr(name, content)
    return made.getvalue()


def test_it_is_a_sound_file(file: Path) -> None:
    result = OpenXmlValidator().validate(file)
    assert result.is_valid, result.errors[:5]
    assert addin(ribbon("de"), PYTHON) == addin(ribbon("de"), PYTHON)


def test_there_is_a_button_for_each_macro(file: Path) -> None:
    verbs = {name for name in macros.__all__ if name != "run"}
    calls = {button["onAction"] for button in buttons(file)}
    assert calls == {f"CjmSheets.CjmSheets{verb.title()}" for verb in verbs}
    source = modules(file)["CjmSheets.bas"]
    for call in calls:
        assert f"Public Sub {call.partition('.')[2]}(control As IRibbonControl)" in source


def test_each_button_has_words_a_key_and_a_name_of_its_own(file: Path, language: str) -> None:
    found = buttons(file)
    for name in ("id", "label", "supertip", "keytip", "onAction", "imageMso"):
        said = [button[name] for button in found]
        assert len(set(said)) == len(said), (language, name)
        assert all(said), (language, name)


def test_the_words_are_in_the_language() -> None:
    labels = {
        code: tuple(b.label for g in ribbon(code).groups for b in g.buttons) for code in LANGUAGES
    }
    for code in LANGUAGES:
        if code != "en":
            assert not set(labels[code]) & set(labels["en"]), code


def test_its_settings_stand_on_its_sheet(file: Path, language: str) -> None:
    book = openpyxl.load_workbook(io.BytesIO(as_workbook(file)))
    assert book.sheetnames == [SETTINGS]
    rows = {row[0]: row[1] for row in book[SETTINGS].iter_rows(values_only=True)}
    assert rows["INTERPRETER_WIN"] == PYTHON["INTERPRETER_WIN"]
    assert rows["ADD_WORKBOOK_TO_PYTHONPATH"] == "false"
    assert book[SETTINGS]["D1"].value == ribbon(language).no_workbook
    assert SETTINGS in str(book[SETTINGS]["D2"].value)


# ---- the VBA -----------------------------------------------------------------------------


def test_the_vba_is_that_of_xlwings_but_for_its_name_and_the_ribbon(tmp_path: Path) -> None:
    ours = tmp_path / "ours.xlam"
    ours.write_bytes(addin(ribbon("en"), PYTHON))
    spec = find_spec("xlwings")
    assert spec is not None
    theirs = modules(Path(str(spec.origin)).with_name(SAMPLE))
    found = modules(ours)
    assert found.pop("CjmSheets.bas")
    assert theirs.pop("RibbonMyAddin.bas")
    changed = found.pop("xlwings.bas").splitlines(), theirs.pop("xlwings.bas").splitlines()
    assert found == theirs
    differ = [(a, b) for a, b in zip(*changed, strict=True) if a != b]
    assert differ == [
        ('Public Const PROJECT_NAME As String = "cjm-sheets"',
         'Public Const PROJECT_NAME As String = "myaddin"')
    ]  # fmt: skip


def test_the_committed_project_is_that_of_the_installed_xlwings() -> None:
    script = ROOT / "scripts/make_addin.py"
    done = subprocess.run(
        [sys.executable, script, "--check"], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout) == (0, "")


STUBS = """
Public Const PROJECT_NAME As String = "cjm-sheets"

Public Started As String

Public Function RunPython(command As String)
    Started = command
End Function

Public Function WhatStarted() As String
    WhatStarted = Started
End Function

Public Function SheetExists(wb As Workbook, sheetName As String) As Boolean
    Dim sheet As Worksheet
    For Each sheet In wb.Worksheets
        If sheet.Name = sheetName Then SheetExists = True
    Next
End Function

Public Sub Prepare()
    ThisWorkbook.Worksheets(1).Range("D1").Value = "none open"
    ThisWorkbook.Worksheets(1).Range("D2").Value = "own settings"
End Sub

Public Sub Rename(title As String)
    ActiveWorkbook.Worksheets(1).Name = title
End Sub

Public Sub PressIt()
    CjmSheets{verb} Nothing
End Sub
"""


def pressed(verb: str, sheet: str = "Map") -> tuple[str, list[str]]:
    """Press a button; return what was started, and what the message boxes said.

    The add-in is the first workbook; another one is in front, with a sheet.
    """
    source = (ROOT / "cjm_sheets/adapters/excel_addin/ribbon.bas").read_text("ascii")
    app = ExcelApplication()
    app.add_workbook()
    app.add_module(source, name="CjmSheets")
    app.add_module(STUBS.format(verb=verb.title()), name="Stubs")
    app.run("Prepare")
    app.add_workbook()
    app.run("Rename", sheet)
    app.run("PressIt")
    return str(app.run("WhatStarted")), [dialog[1] for dialog in app.dialogs]


@pytest.mark.parametrize("verb", [name for name in macros.__all__ if name != "run"])
def test_a_button_starts_its_macro_in_python(verb: str) -> None:
    started, said = pressed(verb)
    assert (started, said) == (f"from cjm_sheets import macros; macros.{verb}()", [])
    assert callable(getattr(macros, verb))


def test_a_workbook_with_settings_of_its_own_starts_nothing() -> None:
    assert pressed("check", sheet="cjm-sheets.conf") == ("", ["own settings"])
