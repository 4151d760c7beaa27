"""Decides how reading workbooks is measured: each job a process, medians, as ratios to a floor.

    python scripts/benchmarks/read_large.py [--runs N] [--file LARGE.xlsx] [JOB ...]

The large workbook has 100,000 touchpoints with 15 columns and seven smaller tables, with formulas,
notes and shared texts; it is made in a temporary folder, or once in a file that is named. The floor
is what nobody can save who reads the XML: unpacking the sheets and the texts that they share, and
one pass of expat that calls nothing. The runs of all jobs alternate, so that a machine that slows
down slows all of them. Importing is not measured, except for small workbooks, where a whole process
is what a person waits for. A peer that is not installed is left out.
"""

import argparse
import importlib.util
import random
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Literal
from xml.parsers import expat

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

FLOOR, OURS = "inflate and expat", "cjm-sheets"
TOUCHPOINTS = 100_000
_MOST = {OURS: "at most 2.0 x and 300 MB"}
_SMALL = {"check of a starter": "at most 0.25 s"}
_MAIN = "import sys; from cjm_sheets.cli.main import main; main(sys.argv[1:], 'cjm-sheets')"

Job = Callable[[Path], Callable[[], object]]
"""Imports what it needs and returns what is measured."""

Cell = str | int | float | date | None
Rows = Iterator[dict[str, Cell]]


# ---- the large workbook ----------------------------------------------------------------------
_COLUMNS = {
    "Maps": ("id", "title", "type", "goal", "personas", "status"),
    "Personas": ("id", "name", "summary", "age", "occupation", "share"),
    "Stages": ("id", "map", "order", "name", "phase", "customer_goal", "target", "actual"),
    "Touchpoints": (
        *("id", "stage", "personas", "order", "name", "channel", "medium", "action"),
        *("thought", "emotion", "feeling", "why", "moment_of_truth", "reach", "evidence"),
    ),
    "Pains": (
        *("id", "touchpoint", "pain", "kind", "severity", "hit", "observed", "evidence"),
        *("frequency", "grade", "if_true"),
    ),
    "Highs": ("id", "touchpoint", "persona", "high"),
    "Opportunities": ("id", "pains", "opportunity", "kind", "relief", "effort", "status"),
    "Evidence": ("id", "source", "date", "sample_size", "link", "finding"),
}
_SIZES = {"Maps": 4, "Personas": 6, "Stages": 40, "Touchpoints": TOUCHPOINTS, "Pains": 4000}
_SMALLER = 1000
_WORDS = [
    *(
        "looks",
        "for",
        "asks",
        "about",
        "compares",
        "waits",
        "orders",
        "pays",
        "tracks",
        "returns",
        "the",
        "a",
        "price",
        "delivery",
        "invoice",
    ),
    *(
        "filter",
        "shelf",
        "page",
        "colleague",
        "answer",
        "size",
        "colour",
        "review",
        "voucher",
        "basket",
        "letter",
        "reminder",
        "offer",
    ),
    *(
        "again",
        "twice",
        "online",
        "in",
        "store",
        "by",
        "phone",
        "because",
        "nobody",
        "knows",
        "where",
        "it",
        "is",
        "für",
        "die",
        "Größe",
        "über",
    ),
]
_CHANNELS = ("website", "app", "e-mail", "store", "phone", "paid ad", "customer service")
_FEELINGS = ("curious", "unsure", "relieved", "angry", "pleased", "bored", "hopeful")
_MOODS = 5


def rows_of(table: str, count: int, chance: random.Random) -> Rows:
    """Yield the rows of a table; texts of people differ from row to row, list values repeat."""

    def said(least: int, most: int) -> str:
        return " ".join(chance.choices(_WORDS, k=chance.randint(least, most))).capitalize()

    def seldom(value: Cell, share: float) -> Cell:
        return value if chance.random() < share else None

    for i in range(1, count + 1):
        yield {
            "id": f"{_PREFIX[table]}{i}",
            "map": f"M{i % 4 + 1}",
            "title": said(2, 4),
            "type": "current state",
            "goal": said(5, 9),
            "status": "draft" if table == "Maps" else "open" if table == "Pains" else "idea",
            "personas": f"P{i % 6 + 1}; P{i % 5 + 2}"
            if i % 6 + 1 != i % 5 + 2
            else f"P{i % 6 + 1}",
            "persona": f"P{i % 6 + 1}",
            "name": f"{said(2, 3)} {i % 5000}",
            "summary": said(8, 20),
            "age": 20 + i,
            "occupation": said(1, 2),
            "share": 0.1,
            "order": i % 9999 + 1,
            "phase": "during",
            "customer_goal": said(4, 9),
            "target": 10,
            "actual": 7.5,
            "stage": f"S{i % 40 + 1}",
            "channel": chance.choice(_CHANNELS),
            "medium": ("online", "offline")[i % 2],
            "action": said(6, 14),
            "thought": seldom(said(5, 10), 0.6),
            "emotion": i % _MOODS - 2,
            "feeling": chance.choice(_FEELINGS),
            "why": seldom(said(4, 12), 0.5),
            "moment_of_truth": ("yes", "no")[i % 7 > 0],
            "reach": round(chance.random(), 2),
            "evidence": seldom(f"E{i % 1000 + 1}; E{i % 997 + 1}", 0.8),
            "touchpoint": f"T{i * 23 % TOUCHPOINTS + 1}",
            "pain": said(5, 15),
            "kind": "waiting" if table == "Pains" else "improve",
            "severity": i % 5 + 1,
            "hit": i % 17,
            "observed": 20 + i % 30,
            "high": said(5, 9),
            "pains": f"N{i}; N{i + 1}",
            "opportunity": said(5, 9),
            "relief": 0.4,
            "effort": i % 5 + 1,
            "source": "interview",
            "date": date(2025, 1, 1) + timedelta(days=i % 300),
            "sample_size": 10 + i % 50,
            "link": f"https://example.com/{i % 50}",
            "finding": said(6, 12),
        }


_PREFIX = dict(zip(_COLUMNS, "MPSTNHOE", strict=True))
_FORMULAS = {
    "frequency": "=IF(Pains[[#This Row],[Out of]]>0,Pains[[#This Row],[Had it]],0)",
    "grade": '=IF(Pains[[#This Row],[Evidence]]="","D","C")',
    "if_true": "=Pains[[#This Row],[Severity]]*Pains[[#This Row],[How often]]",
}
_RESULTS: dict[str, str | float] = {"frequency": 0.25, "grade": "C", "if_true": 0.75}
_NOTES = 300


def make(path: Path) -> None:
    """Write the large workbook as spreadsheet programs do: texts shared, blank cells formatted."""
    from xlsxwriter import Workbook  # noqa: PLC0415 - not every job is to carry it

    from cjm_sheets.tables import schema  # noqa: PLC0415 - the same

    chance = random.Random(7)  # noqa: S311 - the same workbook every time
    workbook = Workbook(path)
    text, day = workbook.add_format({"text_wrap": True}), workbook.add_format({"num_format": 14})
    for table, keys in _COLUMNS.items():
        of = schema.BY_KEY[table]
        sheet = workbook.add_worksheet(of.label)
        count = _SIZES.get(table, _SMALLER)
        for line, row in enumerate(rows_of(table, count, chance), start=4):
            for at, key in enumerate(keys):
                value = row.get(key)
                if key in _FORMULAS:
                    sheet.write_formula(line, at, _FORMULAS[key], text, _RESULTS[key])
                elif isinstance(value, date):
                    sheet.write_datetime(line, at, value, day)
                else:
                    sheet.write(line, at, value, text)
        labels = [{"header": of.by_key[key].label} for key in keys]
        sheet.write(0, 0, of.label)
        sheet.add_table(3, 0, 3 + count, len(keys) - 1, {"name": table, "columns": labels})
        for line in range(4, min(count, _NOTES) + 4):
            sheet.write_comment(line, 2, f"Ask again about line {line}.")
    workbook.close()


# ---- the jobs: what each imports is not measured ---------------------------------------------
def _floor(path: Path) -> Callable[[], object]:
    def run() -> None:
        with zipfile.ZipFile(path) as archive:
            for name in archive.namelist():
                if name.startswith(("xl/worksheets/sheet", "xl/sharedStrings")):
                    parser = expat.ParserCreate()
                    with archive.open(name) as part:
                        while chunk := part.read(1 << 20):
                            parser.Parse(chunk, False)  # noqa: FBT003 - by position only
                    parser.Parse(b"", True)  # noqa: FBT003 - the same

    return run


def _ours(path: Path) -> Callable[[], object]:
    from cjm_sheets.adapters.xlsx_file.doors import store_of  # noqa: PLC0415 - measured apart
    from cjm_sheets.tables.codec import decode  # noqa: PLC0415 - the same

    return lambda: [decode(table) for table in store_of(path).read().tables]


def _calamine(path: Path) -> Callable[[], object]:
    from python_calamine import CalamineWorkbook  # noqa: PLC0415 - the same

    def run() -> list[object]:
        book = CalamineWorkbook.from_path(str(path))
        return [book.get_sheet_by_name(name).to_python() for name in book.sheet_names]

    return run


def _openpyxl(path: Path) -> Callable[[], object]:
    import openpyxl  # noqa: PLC0415 - the same

    def run() -> list[object]:
        book = openpyxl.load_workbook(path, read_only=True)
        return [list(sheet.iter_rows(values_only=True)) for sheet in book]

    return run


def _pandas(engine: Literal["calamine", "openpyxl"]) -> Job:
    def job(path: Path) -> Callable[[], object]:
        import pandas as pd  # noqa: PLC0415 - the same

        return lambda: pd.read_excel(path, sheet_name=None, header=3, engine=engine)

    return job


JOBS: dict[str, tuple[Job, str]] = {
    FLOOR: (_floor, ""),
    OURS: (_ours, ""),
    "python-calamine": (_calamine, "python_calamine"),
    "pandas, calamine": (_pandas("calamine"), "pandas"),
    "openpyxl, read-only": (_openpyxl, "openpyxl"),
    "pandas, openpyxl": (_pandas("openpyxl"), "pandas"),
}
"""The jobs with the package that each needs, the floor first."""


# ---- measuring -------------------------------------------------------------------------------
def peak() -> float:
    """Return the most memory that this process had, in MB."""
    status = Path("/proc/self/status")
    if status.exists():  # the other way counts what the process was before it became this one
        found = next(x for x in status.read_text("ascii").splitlines() if x.startswith("VmHWM"))
        return int(found.split()[1]) / 1024
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most / (1 << 20 if sys.platform == "darwin" else 1 << 10)


def once(name: str, path: Path) -> None:
    """Run a job in this process; print its seconds and its peak."""
    run = JOBS[name][0](path)
    began = time.perf_counter()
    found = run()
    seconds = time.perf_counter() - began
    print(seconds, peak())
    del found


def apart(name: str, path: Path) -> tuple[float, float]:
    """Return seconds and MB of a job, run by a process of its own."""
    command = (sys.executable, __file__, "--once", "--file", str(path), name)
    said = subprocess.run(command, check=True, capture_output=True, text=True)  # noqa: S603 - our own
    seconds, most = said.stdout.split()
    return float(seconds), float(most)


def measured(names: Sequence[str], path: Path, runs: int) -> dict[str, tuple[float, float]]:
    """Return the median of the seconds, and the highest peak, of each job."""
    each: dict[str, list[tuple[float, float]]] = {name: [] for name in names}
    apart(names[0], path)  # warms the disk's memory
    for _ in range(runs):
        for name in names:
            each[name].append(apart(name, path))
    return {
        name: (statistics.median(s for s, _ in found), max(most for _, most in found))
        for name, found in each.items()
    }


def small(folder: Path, runs: int) -> dict[str, float]:
    """Return how long whole processes take for a starter workbook, and for it as .ods."""
    workbook = folder / "vacuum.xlsx"
    ours = (sys.executable, "-c", _MAIN)
    subprocess.run((*ours, "new", str(workbook), "--starter", "vacuum", "-q"), check=True)  # noqa: S603 - our own
    files = {"check of a starter": workbook}
    office = shutil.which("soffice")
    if office is None:
        print("check of it as .ods is left out: LibreOffice is not installed.")
    else:
        profile = f"-env:UserInstallation={(folder / 'office').as_uri()}"
        options = ("--headless", "--convert-to", "ods", "--outdir", str(folder), str(workbook))
        subprocess.run((office, profile, *options), check=True, capture_output=True)  # noqa: S603 - found
        files["check of it as .ods"] = folder / "vacuum.ods"
    times: dict[str, list[float]] = {name: [] for name in files}
    for run in range(runs + 1):
        for name, path in files.items():
            began = time.perf_counter()
            subprocess.run((*ours, "check", str(path)), check=True, capture_output=True)  # noqa: S603 - our own
            if run:
                times[name].append(time.perf_counter() - began)
    return {name: statistics.median(found) for name, found in times.items()}


def report(medians: Mapping[str, tuple[float, float]]) -> list[str]:
    """Return a line for each job: seconds, ratio to the floor, peak, and what we aim at."""
    floor = medians[FLOOR][0]
    return [
        f"{name:22}{seconds:7.2f} s{seconds / floor:7.2f} x{most:7.0f} MB"
        f"   {_MOST.get(name, '')}".rstrip()
        for name, (seconds, most) in medians.items()
    ]


def _wanted(named: Sequence[str]) -> list[str]:
    """Return the jobs to run, the floor first; say which cannot be run."""
    wanted = []
    for name, (_, needs) in JOBS.items():
        if named and name not in {*named, FLOOR}:
            continue
        if needs and importlib.util.find_spec(needs) is None:
            print(f"{name} is left out: {needs} is not installed.")
            continue
        wanted.append(name)
    return wanted


def main(arguments: Sequence[str]) -> int:
    """Measure and print; return the exit code."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("jobs", nargs="*", choices=[[], *JOBS], metavar="JOB")
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--file", type=Path, help="the large workbook, made if it is not there")
    parser.add_argument("--once", action="store_true", help="run one job in this process")
    asked = parser.parse_args(arguments)
    if asked.once:
        once(asked.jobs[0], asked.file)
        return 0
    with tempfile.TemporaryDirectory() as folder:
        path = asked.file or Path(folder) / "large.xlsx"
        if not path.exists():
            make(path)
        print(*report(measured(_wanted(asked.jobs), path, asked.runs)), sep="\n")
        for name, seconds in small(Path(folder), 3 * asked.runs).items():
            print(f"{name:22}{seconds:7.3f} s   {_SMALL.get(name, '')}".rstrip())
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
