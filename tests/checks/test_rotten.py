"""Real-looking maps that were made wrong on purpose: an expert's list of what is wrong with them.

Each file holds one map as in cases and the findings in the order in which people read them. It is
for the group of rules after which it is named, or for those of `select`.
"""

import tomllib
from pathlib import Path
from typing import Any

import pytest

from cjm_sheets.checks.catalogue import all_rules
from cjm_sheets.checks.runner import run
from tests.checks.builder import NAMES, OTHER_KEYS, as_found, view

ROTTEN = sorted((Path(__file__).parent / "rotten").glob("*.toml"))


@pytest.mark.parametrize("path", ROTTEN, ids=lambda path: path.stem)
def test_what_an_expert_would_say(path: Path) -> None:
    rotten: dict[str, Any] = tomllib.loads(path.read_text("utf-8"))
    assert set(rotten) <= {*NAMES, *OTHER_KEYS, "about", "select"}
    group = [each.id for each in all_rules() if each.find.__module__.split(".")[-2] == path.stem]
    findings = run(view(rotten), select=rotten.get("select", group))
    assert [as_found(finding, "") for finding in findings] == rotten["finds"]
    if "select" not in rotten:
        fired = {finding.rule for finding in findings}
        assert fired == set(group), "each rule of the group has something to find"
