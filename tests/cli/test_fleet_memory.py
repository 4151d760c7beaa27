"""A watch goes on for weeks: it takes no more memory after many cycles than after some."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.conftest import Run
from tests.cli.machines import Machine
from tests.cli.service import serving

MANY = Path(__file__).parents[1] / "fleet" / "many_cycles.py"
CYCLES = 1000 if os.environ.get("CJM_SHEETS_LONG") else 60
FILE = """\
[fleet]
every = "1s"
fail_on = "never"

[[pair]]
workbook = "maps/*.xlsx"
shared_copy = "local"
"""


@pytest.mark.skipif(not Path("/proc/self/statm").exists(), reason="Only Linux tells it so.")
def test_memory_does_not_grow_with_cycles(run: Run, tmp_path: Path) -> None:
    (tmp_path / "maps").mkdir()
    run("new", "maps/0.xlsx", "--starter", "vacuum", "-q")
    for number in (1, 2):
        (tmp_path / "maps" / f"{number}.xlsx").write_bytes(
            (tmp_path / "maps" / "0.xlsx").read_bytes()
        )
    (tmp_path / "fleet.toml").write_text(FILE)
    home = tmp_path / "home" / "service"
    home.mkdir(parents=True)
    with serving(home):
        done = subprocess.run(
            [sys.executable, str(MANY), "fleet.toml", str(CYCLES)],
            capture_output=True, text=True, timeout=1200, check=False,
            env=Machine(tmp_path, "home", {}).surroundings, cwd=tmp_path,
        )  # fmt: skip
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    assert len(told["synced"]) == CYCLES
    assert min(told["synced"]) >= 1  # each cycle had work to do
    some, all_ = max(told["memory"][: CYCLES // 3]), max(told["memory"][-CYCLES // 3 :])
    print([taken >> 10 for taken in told["memory"][:: CYCLES // 12]])  # noqa: T201 - shown on failure
    assert all_ - some < 6 * 2**20
