"""Decides which stages and touchpoints belong to no map, because nothing says where they belong."""

from collections.abc import Iterator

from cjm_sheets.checks.finding import Found, Severity
from cjm_sheets.checks.registry import rule
from cjm_sheets.checks.view import View
from cjm_sheets.model.by_map import NO_WAY
from cjm_sheets.words.mark import N_

_STAGE = N_("This stage does not say to which map it belongs.")


@rule(
    "CJ006",
    Severity.WARNING,
    table="Touchpoints",
    reads=("Touchpoints.stage", "Touchpoints.name", "Stages.map", "Maps.id", "Maps.type"),
    summary=N_("a touchpoint has no stage, or a stage no map"),
    message=N_("This touchpoint is in no stage, so it is not on the map."),
    fix=N_("Choose {column} from the list."),
)
def row_outside_every_map(view: View) -> Iterator[Found]:
    """CJ006: a touchpoint has no stage, or a stage no map.

    Why: what belongs nowhere is drawn nowhere, and its pains hang in the air.
    Fires: a touchpoint whose stage is blank; a stage whose map is blank, in a workbook with two
        maps.
    Silent: a stage without map where there is one map only; a stage that does not exist (that is
        CJ004); a row without a name; a workbook of days and empathy maps, which need no stages.
    """
    maps = view.workbook.maps
    if maps and all(row.type in NO_WAY for row in maps):
        return
    for step in view.workbook.touchpoints:
        if step.name and not view.shown("Touchpoints", "stage", step.line).strip():
            yield Found("Touchpoints", step.line, step.id, "stage")
    if len(maps) > 1:
        for stage in view.workbook.stages:
            if stage.name and not view.shown("Stages", "map", stage.line).strip():
                yield Found("Stages", stage.line, stage.id, "map", message=_STAGE)
