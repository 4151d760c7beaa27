"""Decides which stages and maps hold more touchpoints than anybody can look at."""

from collections import Counter
from collections.abc import Iterator

from cjm_sheets.checks.finding import Found, Severity
from cjm_sheets.checks.registry import rule
from cjm_sheets.checks.view import View
from cjm_sheets.words.mark import N_

_MAP = N_("Touchpoints on this map: {count}; on a wall that is too small to read.")
_SPLIT = N_("Make a map of its own of the part with the most touchpoints, and name it in both.")


@rule(
    "CJ009",
    Severity.INFO,
    table="Stages",
    reads=("Stages.name", "Touchpoints.stage", "Maps.title"),
    summary=N_("a stage or a map has very many touchpoints"),
    message=N_("Many touchpoints in this stage: {count}."),
    fix=N_("Split the stage, or put touchpoints together that customers take for one."),
)
def crowded_stage_or_map(view: View) -> Iterator[Found]:
    """CJ009: a stage or a map has very many touchpoints.

    Why: where everything is on the map, nothing stands out; a part that needs so much room is
        worth a map of its own. The limits are touchpoints_in_stage and touchpoints_in_map in
        Settings.
    Fires: 16 touchpoints in a stage; 101 on a map.
    Silent: 15 in a stage; 100 on a map; rows without a name.
    """
    in_stage, in_map = view.limit("touchpoints_in_stage"), view.limit("touchpoints_in_map")
    for rows in view.maps:
        named = [step for step in rows.touchpoints if step.name]
        if len(named) > in_map:
            facts = {"count": len(named)}
            place = ("Maps", rows.row.line, rows.row.id, "title")
            yield Found(*place, facts=facts, message=_MAP, fix=_SPLIT)
        counts = Counter(step.stage for step in named)
        for stage in rows.stages:
            if counts[stage.id] > in_stage:
                facts = {"count": counts[stage.id]}
                yield Found("Stages", stage.line, stage.id, "name", facts=facts)
