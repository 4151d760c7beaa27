"""xlwings makes functions of Excel of ours: seen with its own code, and without Windows.

The part of xlwings that does so asks for Windows' own modules only when Excel is called. Here they
are empty, in a process of their own.
"""

import json
import subprocess
import sys

import pytest
from pyopenvba.apps.excel import ExcelApplication

_AS_ON_WINDOWS = """
import io, json, sys, types

for name in ("pythoncom", "pywintypes", "win32com", "win32com.client"):
    empty = sys.modules[name] = types.ModuleType(name)
    empty.__getattr__ = lambda wanted: type(wanted, (), {})
import xlwings
from xlwings import udfs

xlwings.func, xlwings.arg = udfs.xlfunc, udfs.xlarg
from cjm_sheets import excel_functions

text, book = io.StringIO(), types.SimpleNamespace(Name="map.xlsm")
udfs.generate_vba_wrapper("cjm_sheets.excel_functions", excel_functions, text, book)
known = [getattr(excel_functions, name).__xlfunc__ for name in excel_functions.__all__]
told = [
    [f["name"], f["category"], f["ret"]["doc"], {a["name"]: a["doc"] for a in f["args"]}]
    for f in known
]
print(json.dumps({"told": told, "vba": text.getvalue()}))
"""


@pytest.fixture(scope="module")
def made() -> dict[str, object]:
    done = subprocess.run(
        [sys.executable, "-c", _AS_ON_WINDOWS], capture_output=True, text=True, check=True
    )
    said: dict[str, object] = json.loads(done.stdout)
    return said


def test_each_has_a_sentence_and_so_has_each_argument(made: dict[str, list[list[str]]]) -> None:
    names = [name for name, *_ in made["told"]]
    assert names == ["CJM_GRADE", "CJM_IF_TRUE", "CJM_SCORE", "CJM_WILSON"]
    for name, category, sentence, arguments in made["told"]:
        assert category == "cjm-sheets"
        assert 20 < len(sentence) < 255, name  # what Excel's dialogue takes
        for argument, words in arguments.items():  # type: ignore[attr-defined] # a mapping
            assert not words.startswith("Positional argument"), (name, argument)


def test_what_excel_gets_is_vba_that_compiles(made: dict[str, str]) -> None:
    vba = made["vba"]
    app = ExcelApplication()
    app.add_workbook()
    app.add_module(vba, name="xlwings_udfs")
    for name in ("CJM_GRADE", "CJM_IF_TRUE", "CJM_SCORE", "CJM_WILSON"):
        assert f"Function {name}(" in vba
    assert "Optional settings" in vba
