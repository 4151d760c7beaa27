"""Decides how scoring very many pains is measured: in one process, medians, as ratios to a floor.

    python scripts/benchmarks/score_large.py [PAINS [RUNS]]

Order: the floor reads both columns of scores once and sorts the places of one of them. Weight grid:
the floor is one product of the logarithms with the 125 sets of weights, and for each set the places
of its three highest; ours has the rank of every pain in every set, and equal scores in their order.
Scores: the floor is one pass in plain Python over what a score is made from; a twentieth of the
pains, as they are rows with names and no columns. The runs of all jobs alternate, so that a machine
that slows down slows all of them.
"""

import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from operator import attrgetter
from pathlib import Path

import numpy as np

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from cjm_sheets.model.journey import Evidence, Pain, Touchpoint  # noqa: E402 - the path comes first
from cjm_sheets.model.workbook import Workbook  # noqa: E402 - the same
from cjm_sheets.scoring.firmness_large import Columns, over_the_grid  # noqa: E402 - the same
from cjm_sheets.scoring.pain_scores import score_pains  # noqa: E402 - the same
from cjm_sheets.scoring.ranking_large import order_of_columns  # noqa: E402 - the same
from cjm_sheets.scoring.weight_grid import TOP, grid  # noqa: E402 - the same
from scripts.benchmarks.side_by_side import Job, measured  # noqa: E402 - the same

_MOST = {"order": "at most 2 x", "weight grid": "near 1 x", "scores": ""}
_CHUNK = 1 << 13
_ROWS = 20
"""One in so many pains is a row in the job that scores rows."""

_BASE = (1.0, 1.0, 1.0)
_READ = attrgetter(
    "touchpoint", "pain", "severity", "hit", "observed", "guess", "reach", "evidence", "extra_churn"
)


@dataclass(frozen=True)
class Made:
    """Pains by chance: two columns of scores with their ids, logarithms of factors, and rows."""

    shown: np.ndarray[tuple[int], np.dtype[np.float64]]
    if_true: np.ndarray[tuple[int], np.dtype[np.float64]]
    ids: list[str]
    logs: Columns
    rows: Workbook


def made(pains: int) -> Made:
    """Return so many pains, always the same ones."""
    chance = np.random.default_rng(7)
    factors = [chance.uniform(0.01, 1, pains) for _ in range(3)]
    grade = chance.choice([1.0, 0.8, 0.5, 0.2], pains)
    if_true = 100 * np.cbrt(factors[0] * factors[1] * factors[2])
    s, f, r = (np.log(factor) for factor in factors)
    logs = Columns(s, f, r, np.zeros(pains), np.log(grade), np.zeros(pains, np.bool_))
    ids = [f"N{at}" for at in range(pains)]
    return Made(if_true * grade, if_true, ids, logs, _rows(max(1, pains // _ROWS)))


def _rows(count: int) -> Workbook:
    """Return a workbook with so many pains as rows."""
    chance = np.random.default_rng(8)
    hits, severities = chance.integers(0, 90, count), chance.integers(1, 6, count)
    pains = tuple(
        Pain(id=f"N{at}", touchpoint="T1", pain="slow", severity=severity, hit=hit, observed=90,
             evidence=("E1", "E2"))
        for at, (hit, severity) in enumerate(zip(hits.tolist(), severities.tolist(), strict=True))
    )  # fmt: skip
    evidence = (Evidence(id="E1", source="survey"), Evidence(id="E2", source="review"))
    return Workbook(touchpoints=(Touchpoint(id="T1", reach=0.4),), pains=pains, evidence=evidence)


def jobs(of: Made) -> dict[str, tuple[Job, Job]]:
    """Return each job as its floor and as we do it."""
    falling = np.argsort(-of.if_true, kind="stable")
    if_true = np.empty(len(falling), np.int64)
    if_true[falling] = np.arange(1, len(falling) + 1)
    return {
        "order": (
            lambda: (of.shown.sum(), of.if_true.sum(), np.argsort(of.shown)),
            lambda: order_of_columns(of.shown, of.if_true, of.ids),
        ),
        "weight grid": (
            lambda: product_and_top(of.logs),
            lambda: over_the_grid(of.logs, if_true, _BASE),
        ),
        "scores": (
            lambda: [_READ(row) for row in of.rows.pains],
            lambda: score_pains(of.rows),
        ),
    }


def product_and_top(logs: Columns) -> list[object]:
    """Return the three highest of each set of weights, by one product of matrices."""
    sets = -np.array(
        [(*parts, 1.0, 1.0) for parts in grid(_BASE)]
    ).T  # so that the highest are the least
    factors = np.column_stack((logs.severity, logs.frequency, logs.reach, logs.moment, logs.grade))
    many = len(factors)
    found: list[object] = []
    for begin in range(0, sets.shape[1], 25):  # 25 sets at a time: 200 MB for a million
        part = np.ascontiguousarray(sets[:, begin : begin + 25])
        values = np.empty((part.shape[1], many))
        for at in range(0, many, _CHUNK):
            values[:, at : at + _CHUNK] = (factors[at : at + _CHUNK] @ part).T
        found += [np.argpartition(row, min(TOP, many - 1))[:TOP] for row in values]
    return found


def report(medians: Mapping[str, tuple[float, float]]) -> list[str]:
    """Return a line for each job: its floor, ours, the ratio, and what we aim at."""
    return [
        f"{name:12}{floor:8.3f} s{own:8.3f} s{own / floor:8.2f} x   {_MOST[name]}".rstrip()
        for name, (floor, own) in medians.items()
    ]


def main(arguments: Sequence[str]) -> int:
    """Measure and print; return the exit code."""
    pains = int(arguments[0]) if arguments else 1_000_000
    runs = int(arguments[1]) if len(arguments) > 1 else 5
    print(*report(measured(jobs(made(pains)), runs)), sep="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
