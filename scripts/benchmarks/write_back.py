"""Decides how writing changes into a workbook is measured: speed, memory, and what stays as it was.

    python scripts/benchmarks/write_back.py [RUNS]

One column of all touchpoints and thirty cells of another sheet change. The floor inflates the sheet
of the touchpoints, looks for every row, and deflates it at level 1. Every run is a process of its
own, so that its peak of memory can be told, and the runs of all jobs alternate. In the process of
ours the map is there already, as it always is when something is written: memory is told without it.
"""

import contextlib
import json
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
import zipfile
import zlib
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

FLOOR, OURS, IN_MEMORY = "floor", "ours", "ours, without the disk"
SIZES = {"100,000 touchpoints": 100_000, "1,000 rows": 1_000}
_MOST = "at most 3.0 x and 90 MB"
_SHEET = "xl/worksheets/sheet1.xml"
_CHUNK = 1 << 18
_AGAIN = 20  # small workbooks are written more than once, since a process' first time is no measure


def floor(path: Path, _known: Path) -> Callable[[], object]:
    """Inflate the large sheet, find its rows, deflate it again, a piece at a time."""

    def run() -> int:
        packer = zlib.compressobj(1, zlib.DEFLATED, -zlib.MAX_WBITS)
        packed = rows = 0
        with zipfile.ZipFile(path) as archive, archive.open(_SHEET) as sheet:
            while piece := sheet.read(_CHUNK):
                rows += piece.count(b"<row ")
                packed += len(packer.compress(piece))
        return packed + len(packer.flush()) + rows

    return run


def ours(path: Path, known: Path) -> Callable[[], object]:
    """Write with the store of workbook files."""
    from cjm_sheets.adapters.xlsx_file import apart_answer  # noqa: PLC0415 - not in other processes
    from cjm_sheets.adapters.xlsx_file.store import XlsxFile  # noqa: PLC0415 - the same
    from cjm_sheets.ports.store import Changes, SetCell, Snapshot  # noqa: PLC0415 - the same

    before = resident("VmRSS")
    snapshot = apart_answer.unpacked(known.read_bytes())
    if not isinstance(snapshot, Snapshot):
        raise TypeError(snapshot)
    tables = {table.spec.key: table for table in snapshot.tables}
    cells = [SetCell("Touchpoints", n, "emotion", n % 4 + 7) for n in tables["Touchpoints"].lines]
    cells += [SetCell("Stages", n, "actual", n * 1.25) for n in tables["Stages"].lines]
    changes = Changes(cells=tuple(cells))
    Known.kilobytes = resident("VmRSS") - before
    store = XlsxFile(path)
    return lambda: store.apply(changes, snapshot)


def in_memory(path: Path, known: Path) -> Callable[[], object]:
    """Do what `ours` does but for the disk: nothing is put in place and made to last."""
    from cjm_sheets.adapters.xlsx_file import replace  # noqa: PLC0415 - the same

    replace.replace_file = lambda *_: None  # bytes go nowhere
    return ours(path, known)


def openpyxl(path: Path, _known: Path) -> Callable[[], object]:
    """Load and save with openpyxl, which knows no smaller step."""
    import openpyxl as peer  # noqa: PLC0415 - not in other processes

    def run() -> None:
        book = peer.load_workbook(path, keep_vba=True)
        sheet = book["Touchpoints"]
        for line in range(5, sheet.max_row + 1):
            sheet.cell(line, 8).value = line % 4 + 7
        for line in range(5, 35):
            book["Stages"].cell(line, 13).value = line * 1.25
        book.save(path)

    return run


JOBS: dict[str, Callable[[Path, Path], Callable[[], object]]] = {
    FLOOR: floor,
    OURS: ours,
    IN_MEMORY: in_memory,
    "openpyxl": openpyxl,
}


class Known:
    """The memory that the map itself takes, which was there before anything was written."""

    kilobytes = 0


def resident(name: str) -> int:
    """Return the memory of this process in kB, now (VmRSS) or at its peak (VmHWM); 0 if unknown."""
    with contextlib.suppress(OSError):
        for line in Path("/proc/self/status").read_text(encoding="ascii").splitlines():
            if line.startswith(name):
                return int(line.split()[1])
    return 0


def run_job(name: str, workbook: Path, known: Path) -> dict[str, float]:
    """Do a job on copies of the workbook in this process: its median seconds and its peak in MB."""
    again = 1 if workbook.stat().st_size > 1 << 20 else _AGAIN
    times = []
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / workbook.name
        shutil.copy(workbook, copy)
        job = JOBS[name](copy, known)
        with contextlib.suppress(OSError):
            Path("/proc/self/clear_refs").write_text("5", encoding="ascii")
        for run in range(again + (again > 1)):
            shutil.copy(workbook, copy)
            began = time.perf_counter()
            job()
            if run or again == 1:
                times.append(time.perf_counter() - began)
        result = {"seconds": statistics.median(times)}
        result["megabytes"] = (resident("VmHWM") - Known.kilobytes) / 1024
        result["kept"], result["parts"] = kept(workbook, copy)
    return result


def kept(before: Path, after: Path) -> tuple[int, int]:
    """Return how many parts are byte for byte what they were, and how many there were."""
    with zipfile.ZipFile(before) as old, zipfile.ZipFile(after) as new:
        names = old.namelist()
        there = set(new.namelist())
        return sum(name in there and old.read(name) == new.read(name) for name in names), len(names)


def prepare(folder: Path, touchpoints: int) -> None:
    """Build a workbook, and read what it says, in a process whose memory nobody counts."""
    from cjm_sheets.adapters.xlsx_file import apart_answer  # noqa: PLC0415 - not in other processes
    from cjm_sheets.adapters.xlsx_file.store import XlsxFile  # noqa: PLC0415 - the same
    from scripts.benchmarks.rich_workbook import build  # noqa: PLC0415 - the same

    path = folder / f"{touchpoints}.xlsm"
    build(path, touchpoints)
    path.with_suffix(".map").write_bytes(apart_answer.packed(XlsxFile(path).read()))


def child(*words: str) -> str:
    """Run this file in a process of its own and return what it prints."""
    command = (sys.executable, __file__, *words)
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout  # noqa: S603 - ours


def measured(workbook: Path, runs: int) -> dict[str, list[dict[str, float]]]:
    """Return what each run of each job took; peers that take minutes run once."""
    found: dict[str, list[dict[str, float]]] = {name: [] for name in JOBS}
    for run in range(runs):
        for name in JOBS:
            if name in {FLOOR, OURS, IN_MEMORY} or run == 0:
                words = ("--job", name, str(workbook), str(workbook.with_suffix(".map")))
                found[name].append(json.loads(child(*words)))
    return found


def report(size: str, found: Mapping[str, Sequence[Mapping[str, float]]]) -> list[str]:
    """Return a line for each job: seconds, ratio to the floor, peak of memory, parts that stay."""
    typical = {
        name: {key: statistics.median(run[key] for run in runs) for key in runs[0]}
        for name, runs in found.items()
    }
    base = typical[FLOOR]["seconds"]
    lines = [f"write back one column and 30 cells, {size}"]
    for name, each in typical.items():
        line = f"  {name:23}{each['seconds']:8.3f} s{each['seconds'] / base:7.2f} x"
        line += f"{each['megabytes']:7.0f} MB"
        if name not in {FLOOR, IN_MEMORY}:
            line += f"   parts left byte-identical: {each['kept']:.0f} of {each['parts']:.0f}"
        lines.append(line + (f"   {_MOST}" if name == OURS else ""))
    return lines


def main(arguments: Sequence[str]) -> int:
    """Measure and print; return the exit code."""
    match list(arguments):
        case ["--job", name, workbook, known]:
            print(json.dumps(run_job(name, Path(workbook), Path(known))))
            return 0
        case ["--prepare", folder, touchpoints]:
            prepare(Path(folder), int(touchpoints))
            return 0
    runs = int(arguments[0]) if arguments else 5
    with tempfile.TemporaryDirectory() as folder:
        for size, rows in SIZES.items():
            child("--prepare", folder, str(rows))
            print(*report(size, measured(Path(folder) / f"{rows}.xlsm", runs)), sep="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
