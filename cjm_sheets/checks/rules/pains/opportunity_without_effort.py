"""Decides which opportunities drop out of a ranking by payoff for want of an effort."""

from collections.abc import Iterator

from cjm_sheets.checks.finding import Found, Severity
from cjm_sheets.checks.gaps import gaps, is_blank
from cjm_sheets.checks.registry import rule
from cjm_sheets.checks.to_do import CLOSED
from cjm_sheets.checks.view import View
from cjm_sheets.words.mark import N_

_WIDELY = N_("{missing} of {all} opportunities have no {column}, so what they pay is not known.")


@rule(
    "CJ083",
    Severity.WARNING,
    table="Opportunities",
    reads=(
        "Opportunities.opportunity",
        "Opportunities.relief",
        "Opportunities.effort",
        "Opportunities.status",
    ),
    summary=N_("an opportunity to be ranked has no effort"),
    message=N_("This opportunity has no {column}, so it is missing where the others are ranked."),
    fix=N_("Estimate the effort from 1 (a day) to 5 (a big project) with whoever would do it."),
)
def opportunity_without_effort(view: View) -> Iterator[Found]:
    """CJ083: an opportunity to be ranked has no effort.

    Why: what an opportunity pays is the pain that it relieves, divided by its effort; without
        effort it has no payoff and drops out, however good it is.
    Fires: an opportunity that says how much it relieves, without an effort; one without an effort
        among others that have one.
    Silent: no opportunity has an effort or a relief, so nobody ranks them yet; one that is done or
        dropped; an effort that cannot be read (that is CJ011); a workbook without the column; an
        opportunity of an archived map.
    """
    archived = {row.id for row in view.workbook.maps if row.status == "archived"}
    rows = [
        row
        for row in view.workbook.opportunities
        if row.opportunity
        and row.status not in CLOSED
        and view.map_of("Opportunities", row.line) not in archived
    ]
    ranked = any(row.effort is not None for row in rows)
    lacking = [
        row
        for row in rows
        if row.effort is None
        and (ranked or row.relief is not None)
        and is_blank(view, "Opportunities", "effort", row.line)
    ]
    yield from gaps(("Opportunities", "effort"), rows, lacking, _WIDELY)
