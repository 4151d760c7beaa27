"""Every rule finds what its cases say, and nothing else."""

import tomllib
from pathlib import Path
from typing import Any

import pytest

from cjm_sheets.checks.catalogue import all_rules
from cjm_sheets.checks.runner import run
from tests.checks.builder import NAMES, OTHER_KEYS, as_found, view

CASES = Path(__file__).parent / "cases"
MODULES = {each.find.__module__.rpartition(".")[2]: each for each in all_rules()}


def _cases(module: str) -> dict[str, dict[str, Any]]:
    return tomllib.loads((CASES / f"{module}.toml").read_text("utf-8"))


ALL = [
    pytest.param(MODULES[module].id, case, id=f"{MODULES[module].id}-{name}")
    for module in MODULES
    if (CASES / f"{module}.toml").exists()
    for name, case in _cases(module).items()
]


@pytest.mark.parametrize(("rule", "case"), ALL)
def test_a_rule_finds_what_the_case_says(rule: str, case: dict[str, Any]) -> None:
    findings = run(view(case), select=[rule])
    expected = case["finds"]
    likes = [*expected, *[""] * (len(findings) - len(expected))]
    assert [as_found(f, like) for f, like in zip(findings, likes, strict=False)] == expected
    if "says" in case:
        assert [finding.message for finding in findings] == case["says"]
    if "mends" in case:
        assert [finding.fix for finding in findings] == case["mends"]
    for finding in findings:
        assert "{" not in finding.message + finding.fix
        assert finding.message.endswith(".")
        assert finding.fix.endswith(".")


def test_every_rule_has_cases_and_every_file_of_cases_a_rule() -> None:
    assert {path.stem for path in CASES.glob("*.toml")} == set(MODULES)


@pytest.mark.parametrize("module", MODULES)
def test_a_file_of_cases_has_some_that_fire_and_some_that_do_not(module: str) -> None:
    cases = _cases(module)
    assert sum(bool(case["finds"]) for case in cases.values()) >= 1
    assert sum(not case["finds"] for case in cases.values()) >= 2
    for case in cases.values():
        assert set(case) <= {*NAMES, *OTHER_KEYS}
