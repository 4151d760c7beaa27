"""Decides which work behind the scenes serves no touchpoint."""

from collections.abc import Iterator

from cjm_sheets.checks.finding import Found, Severity
from cjm_sheets.checks.registry import rule
from cjm_sheets.checks.view import View
from cjm_sheets.words.mark import N_


@rule(
    "CJ095",
    Severity.WARNING,
    table="Blueprint",
    reads=("Blueprint.touchpoint", "Blueprint.backstage", "Blueprint.support"),
    summary=N_("work behind the scenes is linked to no touchpoint"),
    message=N_("This work behind the scenes serves no touchpoint."),
    fix=N_("Choose under {column} what it makes possible for customers, or leave it out."),
)
def work_without_customer(view: View) -> Iterator[Found]:
    """CJ095: work behind the scenes is linked to no touchpoint.

    Why: a blueprint shows what each moment of the customer rests on; work that hangs on none is a
        process chart of the company.
    Fires: a row with backstage or support, whose touchpoint is blank.
    Silent: a row with a touchpoint, even one that does not exist (that is CJ004); a row that says
        nothing of backstage and support.
    """
    for row in view.workbook.blueprint:
        blank = not view.shown("Blueprint", "touchpoint", row.line).strip()
        if (row.backstage or row.support) and blank:
            yield Found("Blueprint", row.line, row.id, "touchpoint")
