"""Real-looking maps that were made wrong on purpose: an expert's list of what is wrong with them.

Each file holds one map as in cases, `about` (what went wrong with it), the groups of rules that it
is for (`select`), and the findings in the order in which people read them.
"""

import tomllib
from pathlib import Path

import pytest

from cjm_sheets.checks.runner import run
from tests.checks.builder import NAMES, OTHER_KEYS, as_found, view

ROTTEN = sorted((Path(__file__).parent / "rotten").glob("*.toml"))


@pytest.mark.parametrize("path", ROTTEN, ids=lambda path: path.stem)
def test_what_an_expert_would_say(path: Path) -> None:
    case = tomllib.loads(path.read_text("utf-8"))
    assert {"about", "select"} <= set(case) <= {*NAMES, *OTHER_KEYS, "about", "select"}
    findings = run(view(case), select=case["select"])
    assert [as_found(finding, "") for finding in findings] == case["finds"]
