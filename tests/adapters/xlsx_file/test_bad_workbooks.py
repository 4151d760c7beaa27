"""Shows that no file of the collection of bad workbooks crashes, hangs or swells the reader."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

PROJECT = Path(__file__).parents[3]
SHARED = Path(os.environ.get("CJM_SHEETS_SHARED") or PROJECT.parent / "shared")
FOLDER = SHARED / "data" / "bad-workbooks"
MEGABYTES = 300

READ = """
import resource, sys
from pathlib import Path
resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
from cjm_sheets.adapters.xlsx_file.store import XlsxFile
from cjm_sheets.errors import CjmError
try:
    found = XlsxFile(Path(sys.argv[1])).read()
    print("read", *(table.spec.key for table in found.tables))
except CjmError as error:
    assert error.exit_code == 3
    print(type(error).__name__, *map(error.facts.get, ("kind", "place")))
# The peak of this program alone: ru_maxrss begins with that of the process that started it.
status = Path("/proc/self/status")
peak = next((line for line in status.read_text().splitlines() if line.startswith("VmHWM")), None) \
    if status.exists() else None
kilobytes = int(peak.split()[1]) if peak else resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
print(kilobytes // 1024)
"""

UNSAFE, DAMAGED, NONE = "UnsafeWorkbookError None", "DamagedWorkbookError None", "NoTablesError"
SHEET = "xl/worksheets/sheet1.xml"
EXPECTED = {
    "00_good": "read Touchpoints",
    "02_truncated_half": "TruncatedWorkbookError",
    "04_csv_renamed": "NotAWorkbookError csv",
    "06_random": "NotAWorkbookError unknown",
    "08_docx_renamed": "NotAWorkbookError word",
    "100_vba_in_xlsx": "read Touchpoints",
    "102_sheet_name_31": NONE,
    "10_missing_sheet_xml": f"{DAMAGED} {SHEET}",
    "110_encrypted_ole": "NotAWorkbookError encrypted",
    "112_ole_header_only": "NotAWorkbookError old-office",
    "12_missing_content_types": f"{DAMAGED} [Content_Types].xml",
    "14_missing_shared_strings": f"{DAMAGED} Touchpoints",
    "16_wrong_content_type_sheet": "read Touchpoints",
    "18_sheet_unclosed": f"{DAMAGED} Touchpoints",
    "20_dup_sheet_names": f"{DAMAGED} xl/workbook.xml",
    "30_neg_shared_idx": NONE,
    "32_bad_cell_ref": f"{DAMAGED} Touchpoints",
    "34_row_beyond_max": f"{DAMAGED} Touchpoints!Z1048576",
    "36_last_cell_sparse": f"{UNSAFE} Touchpoints!XFD1048576",
    "38_dim_garbage": f"{DAMAGED} Touchpoints",
    "42_bad_number": NONE,
    "44_bad_style_idx": NONE,
    "46_rows_out_of_order": NONE,
    "48_long_string_5MB": NONE,
    "50_merged_overlap": "read Touchpoints",
    "52_cols_huge": "read Touchpoints",
    "60_billion_laughs_sheet": f"{UNSAFE} {SHEET}",
    "62_billion_laughs_ct": f"{UNSAFE} [Content_Types].xml",
    "64_xxe_file": f"{UNSAFE} {SHEET}",
    "66_xxe_sst": f"{UNSAFE} xl/sharedStrings.xml",
    "68_many_attrs": NONE,
    "70_invalid_utf8": f"{DAMAGED} Touchpoints",
    "80_zip_bomb_sheet_400MB": f"{UNSAFE} {SHEET}",
    "82_cell_bomb_10M": f"{UNSAFE} {SHEET}",
    "86_lying_size": f"{DAMAGED} docProps/app.xml",
    "88_lying_size_small": f"{DAMAGED} {SHEET}",
    "90_cyclic_names": "read Touchpoints",
    "92_name_dde": "read Touchpoints",
    "94_table_ref_garbage": f"{DAMAGED} xl/tables/table1.xml",
    "96_table_dup_columns": "read Touchpoints",
    "98_formula_injection": "read Touchpoints",
}


@pytest.fixture(scope="module", autouse=True)
def folder() -> Path:
    if not FOLDER.is_dir():
        pytest.skip(f"the bad workbooks are not in {FOLDER}: set CJM_SHEETS_SHARED")
    return FOLDER


def test_every_bad_workbook_has_its_expectation(folder: Path) -> None:
    assert {path.stem for path in folder.glob("*.xlsx")} == EXPECTED.keys()


@pytest.mark.parametrize("stem", EXPECTED)
def test_a_bad_workbook_gets_one_plain_error_or_is_read(folder: Path, stem: str) -> None:
    done = subprocess.run(
        [sys.executable, "-c", READ, str(folder / f"{stem}.xlsx")],
        cwd=PROJECT,
        capture_output=True,
        text=True,
        timeout=20,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    said, megabytes = done.stdout.splitlines()
    assert said.startswith(EXPECTED[stem])
    assert int(megabytes) < MEGABYTES
