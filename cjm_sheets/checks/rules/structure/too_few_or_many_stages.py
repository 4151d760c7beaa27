"""Decides whether a map has a number of stages with which people can work."""

from collections.abc import Iterator

from cjm_sheets.checks.finding import Found, Severity
from cjm_sheets.checks.registry import rule
from cjm_sheets.checks.view import View
from cjm_sheets.words.mark import N_

_FEW = N_("This map has few stages: {count}.")
_SPLIT = N_("Split the way where customers begin to want something else; stages at least: {least}.")


@rule(
    "CJ008",
    Severity.WARNING,
    table="Maps",
    reads=("Maps.id", "Maps.type", "Stages.map", "Stages.name", "Touchpoints.stage"),
    summary=N_("a map has too few or too many stages"),
    message=N_("This map has more stages than anybody keeps in mind: {count}."),
    fix=N_("Merge stages in which customers want the same; stages at most: {most}."),
)
def too_few_or_many_stages(view: View) -> Iterator[Found]:
    """CJ008: a map has too few or too many stages.

    Why: stages are how people talk about the way; with two of them everything is the same, and
        with fifteen nobody sees the whole. The limits are stages_fewest and stages_most in
        Settings.
    Fires: 2 stages, or 13.
    Silent: 3 stages, or 12; a map without stages or without touchpoints, which is only begun; a day
        or an empathy map; rows without a name.
    """
    least, most = view.limit("stages_fewest"), view.limit("stages_most")
    for rows in view.maps:
        count = sum(bool(stage.name) for stage in rows.stages)
        if not rows.is_way or not count or not rows.touchpoints or least <= count <= most:
            continue
        facts = {"count": count, "least": f"{least:g}", "most": f"{most:g}"}
        few = count < least
        yield Found(
            "Maps",
            rows.row.line,
            rows.row.id,
            "title",
            facts=facts,
            message=_FEW if few else "",
            fix=_SPLIT if few else "",
        )
