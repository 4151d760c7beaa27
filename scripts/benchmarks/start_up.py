"""Decides how start-up is measured: whole processes, medians, as ratios to importing click.

    python scripts/benchmarks/start_up.py [RUNS]

The runs of all jobs alternate, so that a machine that slows down slows all of them.
"""

import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

FLOOR = "import click"
_MOST = {"--help": "at most 1.5 x", "check of a sample": "at most 0.25 s"}
_MAIN = "import sys; from cjm_sheets.cli.main import main; main(sys.argv[1:], 'cjm-sheets')"


def jobs(workbook: Path) -> dict[str, tuple[str, ...]]:
    """Return the commands to measure, the floor first."""
    ours = (sys.executable, "-c", _MAIN)
    return {
        FLOOR: (sys.executable, "-c", "import click"),
        "--help": (*ours, "--help"),
        "check of a sample": (*ours, "check", str(workbook)),
    }


def seconds(command: Sequence[str]) -> float:
    """Return how long a command takes from start to end; CalledProcessError if it fails."""
    began = time.perf_counter()
    subprocess.run(command, check=True, capture_output=True)  # noqa: S603 - our own commands
    return time.perf_counter() - began


def measured(commands: Mapping[str, Sequence[str]], runs: int) -> dict[str, float]:
    """Return the median of each command, after one run that only warms the disk's memory."""
    for command in commands.values():
        seconds(command)
    times: dict[str, list[float]] = {name: [] for name in commands}
    for _ in range(runs):
        for name, command in commands.items():
            times[name].append(seconds(command))
    return {name: statistics.median(each) for name, each in times.items()}


def report(medians: Mapping[str, float]) -> list[str]:
    """Return a line for each command: seconds, ratio to the floor, and what we aim at."""
    floor = medians[FLOOR]
    return [
        f"{name:20}{median:7.3f} s{median / floor:7.2f} x   {_MOST.get(name, '')}".rstrip()
        for name, median in medians.items()
    ]


def main(arguments: Sequence[str]) -> int:
    """Measure and print; return the exit code."""
    runs = int(arguments[0]) if arguments else 15
    with tempfile.TemporaryDirectory() as folder:
        workbook = Path(folder) / "vacuum.xlsx"
        made = [sys.executable, "-c", _MAIN, "new", str(workbook), "--starter", "vacuum", "-q"]
        subprocess.run(made, check=True)  # noqa: S603 - our own command
        print(*report(measured(jobs(workbook), runs)), sep="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
