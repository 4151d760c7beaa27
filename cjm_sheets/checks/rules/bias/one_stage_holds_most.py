"""Decides in which stage nearly everything happens."""

from collections import Counter
from collections.abc import Iterator

from cjm_sheets.checks import proof
from cjm_sheets.checks.finding import Found, Severity
from cjm_sheets.checks.registry import rule
from cjm_sheets.checks.view import View
from cjm_sheets.words.mark import N_

_FEWEST_STAGES = 3
"""With two stages one of them always has the larger half."""

_FEWEST_STEPS = 5
"""Steps from which on their share means something."""


@rule(
    "CJ046",
    Severity.INFO,
    table="Stages",
    reads=("Maps.type", "Stages.name", "Touchpoints.stage"),
    summary=N_("most steps of a map are in one stage"),
    message=N_("{here} of the {steps} steps of this map are in the stage {value}."),
    fix=N_("Look for what customers do in the other stages, or split this one."),
)
def one_stage_holds_most(view: View) -> Iterator[Found]:
    """CJ046: most steps of a map are in one stage.

    Why: teams see their own part of the way in detail and the rest from afar. Most are more than
        one_stage_share in Settings (60 %).
    Fires: 7 of 10 steps in one of three stages.
    Silent: 6 of 10 steps; a map of two stages; fewer than five steps; an empathy map or a day.
    """
    for of in view.maps:
        steps = [row for row in proof.steps(of) if row.stage]
        stages = {row.id: row for row in of.stages if row.id and row.name}
        few = len(stages) < _FEWEST_STAGES or len(steps) < _FEWEST_STEPS
        if few or of.row.type in {"empathy", "day"}:
            continue
        id_, here = Counter(row.stage for row in steps).most_common(1)[0]
        if here > view.limit("one_stage_share") * len(steps) and id_ in stages:
            facts = {"here": here, "steps": len(steps)}
            yield Found("Stages", stages[id_].line, id_, "name", facts=facts)
