"""Decides how building workbooks is measured: in one process, medians, as ratios to a plain copy.

    python scripts/benchmarks/build_templates.py [RUNS]

The floor of each workbook is XlsxWriter writing the values of all its cells, and nothing else: no
formula, no format, no table, no chart. The runs of all jobs alternate, so that a machine that slows
down slows all of them. The sizes are those of the files.
"""

import io
import sys
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from pathlib import Path

from xlsxwriter import Workbook

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from cjm_sheets.adapters.starter_files import StarterFiles  # noqa: E402 - the path comes first
from cjm_sheets.adapters.xlsx_build.builder import XlsxBuilder  # noqa: E402 - the same
from cjm_sheets.templates.map_types import MAP_TYPES  # noqa: E402 - the same
from cjm_sheets.templates.plan import Book  # noqa: E402 - the same
from cjm_sheets.usecases.new_map import Wish, content_of, new_map, planned  # noqa: E402 - the same
from scripts.benchmarks.side_by_side import Job, measured  # noqa: E402 - the same

NOW = datetime(2026, 1, 1, tzinfo=UTC)
_MOST = "at most 0.3 s"


def wishes() -> dict[str, Wish]:
    """Return what to build: a blank workbook of each kind, and each starter in English."""
    blank = {f"blank {kind}": Wish(kind) for kind in MAP_TYPES}
    known = (key for key in StarterFiles().known() if key[2] == "en")
    return blank | {f"{name} {kind}": Wish(kind, starter=name) for name, kind, _ in known}


def ours(wish: Wish) -> bytes:
    """Return the file as a person gets it."""
    return new_map(wish, StarterFiles(), XlsxBuilder(), NOW)


def plain(book: Book) -> bytes:
    """Return a file with the values of all cells of a workbook."""
    file = io.BytesIO()
    workbook = Workbook(file, {"in_memory": True})
    for sheet in book.sheets:
        written = workbook.add_worksheet(sheet.title)
        for cell in sheet.cells:
            value = f"{cell.value}" if isinstance(cell.value, date) else cell.value
            written.write(cell.line - 1, cell.column - 1, value)
    workbook.close()
    return file.getvalue()


def jobs(wish: Wish) -> tuple[Job, Job]:
    """Return the floor of a workbook, and how we build it."""
    book = planned(content_of(wish, StarterFiles(), NOW.date()), NOW)
    return (lambda: plain(book)), (lambda: ours(wish))


def report(medians: Mapping[str, tuple[float, float]], sizes: Mapping[str, int]) -> list[str]:
    """Return a line for each workbook: its floor, ours, the ratio, its size, and what we aim at."""
    return [
        f"{name:20}{floor:7.3f} s{own:7.3f} s{own / floor:7.2f} x{sizes[name] / 1000:7.1f} kB"
        f"   {_MOST}"
        for name, (floor, own) in medians.items()
    ]


def main(arguments: Sequence[str]) -> int:
    """Measure and print; return the exit code."""
    runs = int(arguments[0]) if arguments else 7
    asked = wishes()
    pairs = {name: jobs(wish) for name, wish in asked.items()}
    sizes = {name: len(ours(wish)) for name, wish in asked.items()}
    print(*report(measured(pairs, runs), sizes), sep="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
