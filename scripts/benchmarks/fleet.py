"""Decides how the cost of keeping a fleet is measured: requests, virtual and real time, memory.

    python scripts/benchmarks/fleet.py [PAIRS ...]

For 100 and 1,000 pairs, or as many as are named (10,000 take about half an hour to be made), each
with a workbook file of its own and a shared copy in the embedded service, which counts by Google's
quota: an idle run; three runs before each of which one pair in fifty changed, half of them in the
workbook; three more with faults and colleagues at work; runs until all is in step. "fewest" is what
no program could do without: one question for all pairs, one read and, where the workbook changed,
one write for each, and what met a fault and had to be asked once more. Time is virtual where the
quota makes it, and real beside it.
"""

import resource
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

import stamina  # noqa: E402 - run by path: the path comes first

from cjm_sheets.service.faults import Broken, Busy, Cut, Edit, On  # noqa: E402 - same
from tests.fleet.simulated import Cycle, Fleet  # noqa: E402 - same

SIZES = (100, 1_000)
CHANGED = 0.02
_HEAD = ("pairs", "run", "due", "requests", "fewest", "over", "429s", "quota min", "bound min",
         "real s", "MB")  # fmt: skip
_WIDTHS = (6, 12, 6, 9, 7, 7, 5, 10, 10, 7, 6)


@dataclass(frozen=True)
class Line:
    """One line of the table."""

    pairs: int
    name: str
    cycle: Cycle
    refused: int
    seconds: float

    def __str__(self) -> str:
        cost, fewest = self.cycle.cost.total, self.cycle.fewest.total
        cells = (
            self.pairs,
            self.name,
            self.cycle.ran.due,
            cost,
            fewest,
            f"{cost / fewest - 1:.1%}",
            self.refused,
            f"{self.cycle.seconds / 60:.2f}",
            f"{self.cycle.fewest.seconds() / 60:.2f}",
            f"{self.seconds:.2f}",
            _megabytes(),
        )
        return _row(cells)


def measured(pairs: int, folder: Path) -> Iterator[Line]:
    """Yield what each run of a fleet cost."""
    fleet = Fleet(folder, pairs)
    with fleet.service, stamina.set_testing(True, attempts=6):
        fleet.clone()

        def run(name: str) -> Line:
            refused, begun = _refused(fleet), time.perf_counter()
            cycle = fleet.run()
            passed = time.perf_counter() - begun
            return Line(pairs, name, cycle, _refused(fleet) - refused, passed)

        yield run("idle")
        for number in range(3):
            _change(fleet, number)
            yield run("2 % changed")
        yield run("idle")
        _go_wrong(fleet)
        for number in range(3, 6):
            _change(fleet, number)
            yield run("faults")
        fleet.faults.clear()
        for _ in range(4):
            fleet.time.pass_to(fleet.time.now() + 300)
            yield run("after")
        out = fleet.out_of_step()
        if out:
            raise AssertionError(out)
        yield run("idle")


def _change(fleet: Fleet, number: int) -> None:
    for at, pair in enumerate(fleet.some(CHANGED)):
        if at % 2 or (pair.key, "action") in fleet.typed:
            fleet.answer(pair, f"answered {number} {at}")
        else:
            fleet.edit(pair, f"typed {number} {at}")


def _go_wrong(fleet: Fleet) -> None:
    spreadsheet = fleet.standings.all()[fleet.pairs[0].key].spreadsheet
    typed = [{"values": [{"userEnteredValue": {"stringValue": "typed meanwhile"}}]}]
    update = {
        "start": fleet.place(spreadsheet, "T2"), "rows": typed, "fields": "userEnteredValue",
    }  # fmt: skip
    for on, fault in (
        (On("READ *", chance=0.02, times=None), Broken(503)),
        (On("READ *", chance=0.02, times=None), Busy(retry_after=3)),
        (On("POST *:batchUpdate", chance=0.05, times=None), Cut(after=True)),
        (On("POST *:batchUpdate", chance=0.1, times=None), Edit([{"updateCells": update}])),
    ):
        fleet.faults.add(on, fault)


def _refused(fleet: Fleet) -> int:
    return sum(fleet.google.tally(kind).refused for kind in ("reads", "writes", "drive"))


def _megabytes() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def _row(cells: tuple[object, ...]) -> str:
    return "  ".join(str(cell).rjust(width) for cell, width in zip(cells, _WIDTHS, strict=True))


def main() -> None:
    """Print the table."""
    sizes = [int(word) for word in sys.argv[1:]] or list(SIZES)
    print(_row(_HEAD))
    for pairs in sizes:
        with tempfile.TemporaryDirectory() as folder:
            for line in measured(pairs, Path(folder)):
                print(line, flush=True)


if __name__ == "__main__":
    main()
