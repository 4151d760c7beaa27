"""Decides for which maps no day is set on which somebody looks at them again."""

from collections.abc import Iterator

from cjm_sheets.checks.finding import Found, Severity
from cjm_sheets.checks.registry import rule
from cjm_sheets.checks.view import View
from cjm_sheets.words.mark import N_

_NO_CADENCE = N_("Nothing says after how many days this map is to be reviewed again.")
_SET = N_("Fill in {column}: 90 for once a quarter, 182 for twice a year.")


@rule(
    "CJ103",
    Severity.INFO,
    table="Maps",
    reads=("Maps.last_reviewed", "Maps.cadence_days", "Maps.status"),
    summary=N_("no day is set for the next review of a map"),
    message=N_("This map is under review, but no day of a review is written down."),
    fix=N_("Fill in {column} when you have gone through it together."),
)
def no_next_review(view: View) -> Iterator[Found]:
    """CJ103: no day is set for the next review of a map.

    Why: what has no day is not done. That the day has passed is told by CJ100.
    Fires: a map in review without a date of its last review; a reviewed map without a number of
        days to the next one, where review_days in Settings is blank, too.
    Silent: a map with date and days; a draft; an agreed map that was never reviewed (that is
        CJ100); a date or a number that cannot be read (that is CJ011).
    """
    usual = view.workbook.settings.review_days
    for rows in view.maps:
        row = rows.row
        place = ("Maps", row.line, row.id)
        dated = bool(view.shown("Maps", "last_reviewed", row.line).strip())
        days = bool(view.shown("Maps", "cadence_days", row.line).strip()) or usual is not None
        if row.status == "in-review" and not dated and view.has("Maps", "last_reviewed"):
            yield Found(*place, "last_reviewed")
        elif row.last_reviewed is not None and not days:
            yield Found(*place, "cadence_days", message=_NO_CADENCE, fix=_SET)
