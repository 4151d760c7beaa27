"""Decides which touchpoints do not say how much they weigh."""

from collections.abc import Iterator

from cjm_sheets.checks.finding import Found, Severity
from cjm_sheets.checks.gaps import gaps, is_blank, softly
from cjm_sheets.checks.registry import rule
from cjm_sheets.checks.view import View
from cjm_sheets.checks.way import steps
from cjm_sheets.model.by_map import NO_WAY
from cjm_sheets.model.journey import Touchpoint
from cjm_sheets.words.mark import N_

_WEIGHTS = ("importance", "impact")
_WIDELY = N_("{missing} of {all} touchpoints of this map say neither {importance} nor {impact}.")


@rule(
    "CJ053",
    Severity.WARNING,
    table="Touchpoints",
    reads=("Touchpoints.name", "Touchpoints.importance", "Touchpoints.impact", "Maps.type"),
    summary=N_("a touchpoint has neither importance nor impact"),
    message=N_("This touchpoint says neither {importance} nor {impact}."),
    fix=N_("Rate one of the two from 1 to 5; ask customers how much the touchpoint matters."),
)
def touchpoint_without_weight(view: View) -> Iterator[Found]:
    """CJ053: a touchpoint has neither importance nor impact.

    Why: touchpoints differ in weight; without a rating the team spends as much on a business card
        as on the checkout. Many gaps are told once, and as a note if none of the touchpoints of a
        draft is rated yet.
    Fires: one of four touchpoints without either; all nine of a map, in one finding.
    Silent: only one of the two is filled in; a number that cannot be read (that is CJ011); a map
        with fewer than three named touchpoints; future, day and empathy maps; a workbook with
        neither column; an archived map.
    """
    there = [column for column in _WEIGHTS if view.has("Touchpoints", column)]
    if not there:
        return
    labels = {column: view.label("Touchpoints", column) for column in _WEIGHTS}

    def lacks(row: Touchpoint) -> bool:
        if row.importance is not None or row.impact is not None:
            return False
        return all(is_blank(view, "Touchpoints", column, row.line) for column in there)

    for each in view.maps:
        rows = steps(each, without=NO_WAY | {"future"})
        lacking = [row for row in rows if lacks(row)]
        place = ("Touchpoints", there[0])
        found = gaps(place, rows, lacking, _WIDELY, facts=lambda _: labels)
        yield from softly(each.row, found)
