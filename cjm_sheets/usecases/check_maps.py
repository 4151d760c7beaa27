"""Decides what checking several maps is: each for itself, so that a broken one stops no other."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from cjm_sheets.checks import health, report
from cjm_sheets.errors import CjmError
from cjm_sheets.usecases.check_map import Checked

_READ, _REMOTE, _BUSY = 3, 4, 5
_WORST_CODES = (_READ, _REMOTE, _BUSY)
"""Which exit code wins where several workbooks failed, each in its own way."""


@dataclass(frozen=True, slots=True)
class Result:
    """One workbook, by its name: checked, or why it was not, as a fact and as it is said."""

    workbook: str
    checked: Checked | None = None
    error: CjmError | None = None
    said: str = ""


def failed_with(results: Sequence[Result]) -> int | None:
    """Return the exit code of the failures, None if nothing failed; what cannot be read wins."""
    codes = {result.error.exit_code for result in results if result.error}
    return next((code for code in _WORST_CODES if code in codes), max(codes, default=None))


def document(results: Sequence[Result], *, show_muted: bool = False) -> dict[str, Any]:
    """Return several workbooks as one JSON-able document, with the counts of all."""
    counts: Counter[str] = Counter({"error": 0, "warning": 0, "info": 0})
    muted = 0
    for result in results:
        if result.checked:
            counts.update(health.counts(result.checked.findings))
            muted += len(result.checked.muted)
    return {
        "workbooks": [_one(result, show_muted=show_muted) for result in results],
        "counts": dict(counts),
        "muted": muted,
    }


def error_document(error: CjmError, said: str) -> dict[str, Any]:
    """Return a failure as a JSON-able document."""
    return {"kind": type(error).__name__, "message": said, "facts": error.facts}


def total(results: Sequence[Result], language: str) -> str:
    """Return the line that sums up several workbooks."""
    checked = [result.checked for result in results if result.checked]
    found = [finding for each in checked for finding in each.findings]
    return report.total(language, found, len(checked), len(results) - len(checked))


def _one(result: Result, *, show_muted: bool) -> dict[str, Any]:
    if result.checked is None:
        assert result.error is not None  # noqa: S101 - one of both is there
        return {"workbook": result.workbook, "error": error_document(result.error, result.said)}
    whole = result.checked.document(show_muted=show_muted)
    del whole["schema"]  # said once for all
    return {"workbook": result.workbook, **whole}
