"""Decides at which points of failure nobody knows what to do."""

from collections.abc import Iterator

from cjm_sheets.checks.finding import Found, Severity
from cjm_sheets.checks.registry import rule
from cjm_sheets.checks.view import View
from cjm_sheets.words.mark import N_


@rule(
    "CJ097",
    Severity.INFO,
    table="Blueprint",
    reads=("Blueprint.failure_point", "Blueprint.recovery"),
    summary=N_("a point of failure has no recovery"),
    message=N_("This step fails at times, and nothing says what happens then."),
    fix=N_("Write under {column} what customers are offered, and who does it."),
)
def failure_without_recovery(view: View) -> Iterator[Found]:
    """CJ097: a point of failure has no recovery.

    Why: customers forgive a failure that is mended well, and remember one that is not.
    Fires: failure point yes, and a blank recovery.
    Silent: a recovery; failure point no or blank; a sheet without the column of recovery.
    """
    for row in view.workbook.blueprint:
        if row.failure_point and not row.recovery and view.has("Blueprint", "recovery"):
            yield Found("Blueprint", row.line, row.id, "recovery")
