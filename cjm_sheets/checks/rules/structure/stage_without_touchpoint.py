"""Decides which stages of a map nobody has filled with touchpoints."""

from collections.abc import Iterator

from cjm_sheets.checks.finding import Found, Severity
from cjm_sheets.checks.registry import rule
from cjm_sheets.checks.view import View
from cjm_sheets.words.mark import N_


@rule(
    "CJ005",
    Severity.WARNING,
    table="Stages",
    reads=("Stages.id", "Stages.name", "Touchpoints.stage"),
    summary=N_("a stage has no touchpoint"),
    message=N_("Nothing happens in this stage: no touchpoint names it."),
    fix=N_("Add what customers meet there to {target}, or take the stage away."),
)
def stage_without_touchpoint(view: View) -> Iterator[Found]:
    """CJ005: a stage has no touchpoint.

    Why: an empty stage is a gap in what is known, or a word that nobody needs; on the map both
        look like a place where all is well.
    Fires: Preparation, on a map where the other stages have touchpoints.
    Silent: a map without any touchpoint, which is only begun; a day in the life or an empathy map;
        a stage without a name.
    """
    for rows in view.maps:
        if not rows.is_way or not rows.touchpoints:
            continue
        filled = {row.stage for row in rows.touchpoints}
        for stage in rows.stages:
            if stage.name and stage.id and stage.id not in filled:
                facts = {"target": view.sheet("Touchpoints")}
                yield Found("Stages", stage.line, stage.id, "name", facts=facts)
