"""What is slow to import stays away from what must be quick; the seconds are not judged here."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from scripts.benchmarks import start_up

SLOW = {
    "gspread", "numpy", "openpyxl", "pandas", "requests", "starlette", "uvicorn", "xlsxwriter",
    "xlwings",
}  # fmt: skip
_LOADED = """
import json, sys
from cjm_sheets.cli.main import main
try:
    main(sys.argv[1:], "cjm-sheets")
finally:
    print(json.dumps(sorted(sys.modules)), file=sys.stderr)
"""


def loaded(*arguments: str) -> set[str]:
    """Return the top-level packages that a command has imported when it ends well."""
    done = subprocess.run(
        [sys.executable, "-c", _LOADED, *arguments], check=True, capture_output=True, text=True
    )
    return {name.partition(".")[0] for name in json.loads(done.stderr)}


@pytest.fixture(scope="module")
def workbook(tmp_path_factory: pytest.TempPathFactory) -> str:
    path = str(tmp_path_factory.mktemp("start") / "vacuum.xlsx")
    made = loaded("new", path, "--starter", "vacuum")
    assert "xlsxwriter" in made  # what is looked for can be seen
    return path


def test_help_imports_nothing_slow() -> None:
    for arguments in (["--help"], ["sync", "--help"], ["--version"]):
        assert not loaded(*arguments) & SLOW, arguments


def test_verbs_that_only_read_import_nothing_slow(workbook: str, tmp_path: Path) -> None:
    verbs = (
        ["check", workbook],
        ["score", workbook],
        ["explain", "N1", workbook],
        ["draw", workbook, "-o", str(tmp_path / "map.html")],
    )
    for arguments in verbs:
        assert not loaded(*arguments) & SLOW, arguments


def test_the_benchmark_measures_every_job_against_the_floor(workbook: str) -> None:
    medians = start_up.measured(start_up.jobs(Path(workbook)), 1)
    lines = start_up.report(medians)
    assert [line.split("  ")[0] for line in lines] == [
        "import click",
        "--help",
        "check of a sample",
    ]
    assert " 1.00 x" in lines[0]
    assert all(seconds > 0 for seconds in medians.values())
