"""Decides of which actions nobody will be able to tell whether they worked."""

from collections.abc import Iterator
from dataclasses import replace

from cjm_sheets.checks.finding import Found, Severity
from cjm_sheets.checks.gaps import gaps, is_blank
from cjm_sheets.checks.registry import rule
from cjm_sheets.checks.to_do import is_bare, taken_up
from cjm_sheets.checks.view import View
from cjm_sheets.words.mark import N_

_WIDELY = N_(
    "{missing} of {all} open actions do not say by which figure one will see that they worked."
)
_NO_BASELINE = N_("This action has a measure ({kpi}), but not what it is today.")
_NO_BASELINE_WIDELY = N_(
    "{missing} of {all} open actions with a measure do not say what it is today."
)
_MEND_BASELINE = N_("Measure it once before you begin, and fill in {column}.")


@rule(
    "CJ076",
    Severity.WARNING,
    table="Actions",
    reads=("Actions.action", "Actions.kpi", "Actions.baseline", "Actions.status"),
    summary=N_("an action has no measure, or no value of it before"),
    message=N_("This does not say by which figure one will see that it worked."),
    fix=N_("Fill in {column} with one figure that should change, and measure it today."),
)
def action_without_measure(view: View) -> Iterator[Found]:
    """CJ076: an action has no measure, or no value of it before.

    Why: without a value before, an action can never be shown to have worked, and afterwards it is
        too late to measure it.
    Fires: a planned action without a measure; one with a measure and no value before.
    Silent: a value of 0 before; an action that is an idea, done or dropped, or of which there are
        only words so far (that is CJ074); a value that cannot be read (that is CJ011); a workbook
        without the columns; an action of an archived map.
    """
    rows = [row for row in taken_up(view) if not is_bare(row)]
    if view.has("Actions", "kpi"):
        lacking = [row for row in rows if not row.kpi]
        yield from gaps(("Actions", "kpi"), rows, lacking, _WIDELY)
    measured = [row for row in rows if row.kpi]
    unknown = [
        row
        for row in measured
        if row.baseline is None and is_blank(view, "Actions", "baseline", row.line)
    ]
    for found in gaps(
        ("Actions", "baseline"),
        measured,
        unknown,
        _NO_BASELINE_WIDELY,
        facts=lambda row: {"kpi": row.kpi},
    ):
        yield replace(found, message=found.message or _NO_BASELINE, fix=_MEND_BASELINE)
