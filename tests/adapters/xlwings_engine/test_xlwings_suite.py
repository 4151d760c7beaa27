"""The tests that xlwings itself has for reading, run on our engine; they lie outside the project.

Name a checkout of github.com/xlwings/xlwings (BSD-3) in CJM_SHEETS_XLWINGS_TESTS: what is installed
has no tests. The fraction that passes is printed (pytest -s).
"""

import datetime as dt
import io
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import xlsxwriter

from tests.adapters.xlsx_file.packages import pack, parts
from tests.adapters.xlsx_file.rich import picture

FOLDER = os.environ.get("CJM_SHEETS_XLWINGS_TESTS", "")
TESTS = Path(FOLDER) / "tests" / "test_engines" / "test_engines.py"
UNSUPPORTED = {"test_pictures_add_and_delete"}
"""Pictures are told of, none can be added."""

pytestmark = pytest.mark.skipif(
    not TESTS.is_file(),
    reason="the tests of xlwings are not here; CJM_SHEETS_XLWINGS_TESTS names a checkout of them",
)


def workbook(path: Path) -> None:
    """Make the workbook that the tests describe."""
    book = xlsxwriter.Workbook(path)
    day = book.add_format({"num_format": "yyyy-mm-dd hh:mm"})
    first, second, third = (book.add_worksheet(f"Sheet{n}") for n in (1, 2, 3))
    first.write_row("A1", ["a", "b", "c"])
    first.write_row("A2", [1, 2, 3])
    first.write_datetime("D2", dt.datetime(2021, 1, 1), day)  # noqa: DTZ001 - sheets know no zones
    first.write_row("A3", [4, 5, 6])
    first.add_table("A10:B11", {"name": "Table1", "style": "Table Style Medium 2"})
    first.add_table(
        "A15:C17",
        {"name": "Table2", "header_row": False, "total_row": True, "autofilter": False,
         "style": "Table Style Light 1"},
    )  # fmt: skip
    first.set_selection("B3:B4")
    for name, width, height in (("mypic1", 20, 10), ("mypic2", 40, 30)):
        options = {"image_data": io.BytesIO(picture(width)), "object_position": 3}
        scale = {"x_scale": width * 96 / 72, "y_scale": height * 96 / 72}
        first.insert_image("F1", f"{name}.png", options | scale)
    second.write_row("A1", ["aa", "bb"])
    second.write_row("A2", [11, 22])
    third.write("B1", "string")
    third.write_row("A2", [-1, 1])
    third.write_row("A3", [True, False])
    third.write_datetime("A4", dt.datetime(2021, 10, 1), day)  # noqa: DTZ001 - the same
    third.write_datetime("B4", dt.datetime(2021, 12, 31, 23, 35), day)  # noqa: DTZ001 - the same
    book.define_name("one", "=Sheet1!$A$1")
    book.define_name("Sheet1!two", "=Sheet1!$C$7:$D$8")
    book.define_name("two", "=Sheet2!$A$1:$A$2")
    book.close()
    content = parts(path)
    drawing = content["xl/drawings/drawing1.xml"]
    content["xl/drawings/drawing1.xml"] = drawing.replace(b'"Picture ', b'"mypic')
    path.write_bytes(pack(content))


def test_xlwings_own_read_tests_pass_on_our_engine(tmp_path: Path) -> None:
    folder = tmp_path / "test_engines"
    folder.mkdir()
    shutil.copy(TESTS, folder)
    workbook(folder / "engines.xlsx")
    told = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-rA", "-p", "tests.adapters.xlwings_engine.active",
         "-p", "no:cacheprovider", "--rootdir", str(folder), "-c", os.devnull,
         str(folder / TESTS.name)],
        env=os.environ | {"XLWINGS_ENGINE": "cjm-sheets"},
        check=False, capture_output=True, text=True,
    ).stdout  # fmt: skip
    results = dict(re.findall(r"^(?:(?:PASSED|FAILED|ERROR) \S+::(\w+))()", told, re.MULTILINE))
    passed = set(re.findall(r"^PASSED \S+::(\w+)", told, re.MULTILINE))
    failed = results.keys() - passed
    said = f"{len(passed)} of {len(results)} read tests of xlwings pass; not: {sorted(failed)}"
    print(said)  # noqa: T201 - the fraction is asked for
    assert len(passed) >= 40, told[-4000:]
    assert failed <= UNSUPPORTED
