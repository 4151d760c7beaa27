"""Decides which actions serve no goal of the business."""

from collections.abc import Iterator
from dataclasses import replace

from cjm_sheets.checks.finding import Found, Severity
from cjm_sheets.checks.gaps import gaps
from cjm_sheets.checks.registry import rule
from cjm_sheets.checks.to_do import CLOSED
from cjm_sheets.checks.view import View
from cjm_sheets.model.journey import Action
from cjm_sheets.words.mark import N_

_WIDELY = N_("For {missing} of {all} open actions one cannot tell which map and goal they serve.")
_ARCHIVED = N_("This action is open, but its map {map} is archived, and its goal with it.")
_ARCHIVED_WIDELY = N_("{missing} of {all} open actions belong to maps that are archived.")
_MEND_ARCHIVED = N_("Fill in {column} with a map that is still in use, or drop the action.")


@rule(
    "CJ078",
    Severity.WARNING,
    table="Actions",
    reads=(
        "Actions.action",
        "Actions.map",
        "Actions.pains",
        "Actions.opportunity",
        "Actions.status",
        "Maps.goal",
        "Maps.status",
    ),
    summary=N_("an action serves no business goal"),
    message=N_("One cannot tell to which map this action belongs, and so which goal it serves."),
    fix=N_("Fill in {column} with the map whose {goal} it serves."),
)
def action_without_goal(view: View) -> Iterator[Found]:
    """CJ078: an action serves no business goal.

    Why: all actions should serve the goal for which the map was made; the goal stands in the map,
        and an action has it from the map that it names, or to which its pains belong.
    Fires: in a workbook of two maps an action without a map whose pains lie in both; an open
        action of a map that is archived.
    Silent: a single map; an action that names no pain and no opportunity either (that is CJ077);
        an action that is done or dropped; a map without a goal (that is CJ013); a map that does
        not exist (that is CJ004).
    """
    archived = {row.id for row in view.workbook.maps if row.status == "archived"}
    if len(view.workbook.maps) <= 1 and not archived:
        return
    rows = [row for row in view.workbook.actions if row.action and row.status not in CLOSED]
    maps = {row.line: view.map_of("Actions", row.line) for row in rows}
    labels = {"goal": view.label("Maps", "goal")}
    lost = [row for row in rows if not maps[row.line] and (row.pains or row.opportunity)]
    yield from gaps(("Actions", "map"), rows, lost, _WIDELY, facts=lambda _: labels)

    def facts(row: Action) -> dict[str, object]:
        return {"map": maps[row.line]}

    gone = [row for row in rows if maps[row.line] in archived]
    place = ("Actions", "map")
    for found in gaps(place, rows, gone, _ARCHIVED_WIDELY, facts):
        yield replace(found, message=found.message or _ARCHIVED, fix=_MEND_ARCHIVED)
