"""Decides how checking a large map is measured: each step by itself, as ratios to one plain pass.

    python scripts/benchmarks/check_large.py [ROWS]

The map has ROWS touchpoints and as many pains (100,000 unless told), in the shape in which a reader
hands them on; reading itself is measured by read_large.py. The floor is one pass over all cells
that asks of each whether it is blank. Memory is the most that the whole process held.
"""

import random
import resource
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from cjm_sheets.checks.catalogue import all_rules  # noqa: E402 - the path comes first
from cjm_sheets.checks.runner import run  # noqa: E402 - the same
from cjm_sheets.checks.view import View  # noqa: E402 - the same
from cjm_sheets.scoring.pain_scores import score_pains  # noqa: E402 - the same
from cjm_sheets.tables import circles, schema  # noqa: E402 - the same
from cjm_sheets.tables.codec import decode  # noqa: E402 - the same
from cjm_sheets.tables.recognise import recognise  # noqa: E402 - the same
from cjm_sheets.tables.table import Grid, Raw  # noqa: E402 - the same
from cjm_sheets.tables.to_model import to_model  # noqa: E402 - the same

STAGES = 20
TODAY = date(2026, 6, 30)
_SLOWEST = 8
_MOST = "at most 10 s and 1 GB for all of it"

T = TypeVar("T")
Row = Mapping[str, Raw]


class Stopwatch:
    """Times steps, in seconds."""

    def __init__(self) -> None:
        self.steps: dict[str, float] = {}

    def __call__(self, name: str, step: Callable[[], T]) -> T:
        """Do a step, and note how long it takes."""
        began = time.perf_counter()
        done = step()
        self.steps[name] = time.perf_counter() - began
        return done


def rows(count: int) -> dict[str, list[Row]]:
    """Return the rows of a made-up map that is full and mostly in order."""
    pick = random.Random(1)  # noqa: S311 - test data
    words = ["".join(pick.choices("aeinorstlumd", k=pick.randint(2, 9))) for _ in range(3000)]

    def text(length: int) -> str:
        return " ".join(pick.choice(words) for _ in range(length))

    return {
        "Maps": [{"id": "M1", "title": text(3), "type": "current", "goal": text(5)}],
        "Stages": [{"id": f"S{n}", "order": n, "name": text(2)} for n in range(1, STAGES + 1)],
        "Touchpoints": [
            {
                "id": f"T{n}",
                "stage": f"S{1 + n % STAGES}",
                "order": 1 + n // STAGES,
                "name": text(3),
                "channel": pick.choice(["website", "store", "phone", "email"]),
                "medium": "online",
                "action": text(5),
                "thought": text(5),
                "emotion": pick.randint(-2, 2),
                "why": text(6),
                "importance": pick.randint(1, 5),
                "reach": pick.random(),
                "owner": text(1),
                "evidence": f"E{1 + n % 500}",
            }
            for n in range(1, count + 1)
        ],
        "Pains": [
            {
                "id": f"N{n}",
                "touchpoint": f"T{n}",
                "pain": text(8),
                "severity": pick.randint(1, 5),
                "hit": pick.randint(0, 50),
                "observed": 100,
                "evidence": f"E{1 + n % 500}",
            }
            for n in range(1, count + 1)
        ],
        "Evidence": [
            {"id": f"E{n}", "source": "survey", "date": TODAY, "sample_size": 100, "quote": text(8)}
            for n in range(1, 501)
        ],
    }


def grid(key: str, content: Sequence[Row]) -> Grid:
    """Return the sheet of a table as a reader hands it on."""
    of = schema.BY_KEY[key]
    header = tuple(column.label for column in of.typed)
    body = (tuple(row.get(column.key) for column in of.typed) for row in content)
    return Grid(of.label, (header, *body))


def blanks(grids: Sequence[Grid]) -> int:
    """Return how many cells are blank."""
    return sum(cell is None or cell == "" for each in grids for row in each.rows for cell in row)


def measured(grids: Sequence[Grid]) -> tuple[float, dict[str, float], dict[str, float], int]:
    """Return the floor, the seconds of each step and of each rule, and the number of findings."""
    watch, by_rule = Stopwatch(), Stopwatch()
    watch("floor", lambda: blanks(grids))
    with circles.not_looked_for():  # as whoever reads and checks a map has it
        return _checked(grids, watch, by_rule)


def _checked(
    grids: Sequence[Grid], watch: Stopwatch, by_rule: Stopwatch
) -> tuple[float, dict[str, float], dict[str, float], int]:
    tables = watch("find the tables", lambda: recognise(grids))
    decoded = watch("read the cells", lambda: tuple(map(decode, tables)))
    book = watch("make the model", lambda: to_model(decoded, "en"))
    scores = watch("score the pains", lambda: score_pains(book))
    view = View(book, {each.table.spec.key: each for each in decoded}, scores, TODAY)
    findings = watch("run all rules", lambda: run(view))
    for each in all_rules():
        by_rule(each.id, lambda each=each: _exhaust(each.find(view)))  # type: ignore[misc] # bound now
    floor = watch.steps.pop("floor")
    return floor, watch.steps, by_rule.steps, len(findings)


def _exhaust(items: Any) -> int:  # noqa: ANN401 - any iterator
    return sum(1 for _ in items)


def main(arguments: Sequence[str]) -> int:
    """Measure and print; return the exit code."""
    count = int(arguments[0]) if arguments else 100_000
    grids = [grid(key, content) for key, content in rows(count).items()]
    floor, steps, by_rule, found = measured(grids)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    for name, seconds in ({"one plain pass": floor} | steps).items():
        print(f"{name:20}{seconds:8.2f} s{seconds / floor:8.1f} x")
    whole = sum(steps.values())
    print(f"{'together':20}{whole:8.2f} s{whole / floor:8.1f} x   {memory:.0f} MB   {_MOST}")
    print(f"{len(by_rule)} rules, {found} findings; the slowest:")
    for name in sorted(by_rule, key=by_rule.__getitem__, reverse=True)[:_SLOWEST]:
        print(f"  {name}{by_rule[name]:8.2f} s")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
