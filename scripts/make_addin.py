"""Decides what VBA the add-in for Excel carries, and whether the committed project is up to date.

    python scripts/make_addin.py [--check]

The project is that of xlwings' own add-in with a ribbon, as the installed version has it, but for
two things: it is named cjm-sheets, so that it has settings of its own, and the one button of the
sample makes way for the module in ribbon.bas. The second form changes nothing and leaves with
exit code 1 if the committed project is another one.
"""

import argparse
import sys
import tempfile
from importlib.util import find_spec
from pathlib import Path

from pyopenvba import ExcelFile

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "cjm_sheets/adapters/excel_addin"
PROJECT, RIBBON = FOLDER / "project.bin", FOLDER / "ribbon.bas"
SAMPLE = "quickstart_addin_ribbon.xlam"
NAMED = 'Public Const PROJECT_NAME As String = "{}"'
OLD, NEW = NAMED.format("myaddin"), NAMED.format("cjm-sheets")
REPLACED, RENAMED, ADDED = "RibbonMyAddin", "xlwings", "CjmSheets"


def main() -> int:
    """Make the project, or compare it with the committed one."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="change nothing")
    check = parser.parse_args().check
    made = project()
    if not check:
        PROJECT.write_bytes(made)
        return 0
    if PROJECT.exists() and PROJECT.read_bytes() == made:
        return 0
    print("The VBA of the add-in is not up to date: run python scripts/make_addin.py")
    return 1


def project() -> bytes:
    """Return the VBA project of the add-in."""
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / SAMPLE
        copy.write_bytes(sample().read_bytes())
        with ExcelFile(copy) as workbook:
            source = workbook.get_module(RENAMED)
            if source.count(OLD) != 1:
                sys.exit(f"{SAMPLE}: the module {RENAMED} has not the one line {OLD}")
            workbook.set_module(RENAMED, source.replace(OLD, NEW))
            vba = workbook.vba_project()
            vba.delete_module(REPLACED)
            vba.add_module(ADDED, as_vba(RIBBON.read_text("ascii")))
            workbook.save()
        with ExcelFile(copy) as workbook:
            return bytes(workbook.vba_project_bytes())


def sample() -> Path:
    """Return where the installed xlwings keeps its add-in with a ribbon."""
    spec = find_spec("xlwings")
    if spec is None or spec.origin is None:
        sys.exit("xlwings is not installed.")
    return Path(spec.origin).with_name(SAMPLE)


def as_vba(text: str) -> str:
    """Return a module without the line that names it, its lines ended as VBA ends them."""
    return text.partition("\n")[2].replace("\n", "\r\n")


if __name__ == "__main__":
    sys.exit(main())
