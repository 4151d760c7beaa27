"""Decides how two jobs are timed side by side: in one process, in turns, as medians."""

import statistics
import time
from collections.abc import Callable, Mapping

Job = Callable[[], object]


def seconds(job: Job) -> float:
    """Return how long a job takes."""
    began = time.perf_counter()
    job()
    return time.perf_counter() - began


def measured(pairs: Mapping[str, tuple[Job, Job]], runs: int) -> dict[str, tuple[float, float]]:
    """Return the medians of each pair's floor and of ours, after one run that only warms."""
    times: dict[str, list[tuple[float, float]]] = {name: [] for name in pairs}
    for run in range(runs + 1):
        for name, (floor, own) in pairs.items():
            each = (seconds(floor), seconds(own))
            if run:
                times[name].append(each)
    return {
        name: (statistics.median(f for f, _ in each), statistics.median(o for _, o in each))
        for name, each in times.items()
    }
