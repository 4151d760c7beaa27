"""Decides how healthy a map is: a grade from A to F out of the number of findings."""

from collections import Counter
from collections.abc import Iterable

from cjm_sheets.checks.finding import Finding, Severity

MOST_WARNINGS = {"A": 0, "B": 3, "C": 8}
"""Up to how many warnings a map without errors gets a grade; with more it gets D."""


def counts(findings: Iterable[Finding]) -> dict[str, int]:
    """Return the number of findings of each severity, worst first."""
    found = Counter(finding.severity for finding in findings)
    return {severity.value: found[severity] for severity in Severity}


def grade(findings: Iterable[Finding]) -> str:
    """Return A to D by the number of warnings, F if there is any error; notes do not count."""
    number = counts(findings)
    if number[Severity.ERROR]:
        return "F"
    fitting = (key for key, most in MOST_WARNINGS.items() if number[Severity.WARNING] <= most)
    return next(fitting, "D")
