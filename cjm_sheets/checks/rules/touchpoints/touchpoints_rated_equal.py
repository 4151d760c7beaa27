"""Decides whether ratings of touchpoints tell them apart."""

from collections.abc import Iterator

from cjm_sheets.checks.finding import Found, Severity
from cjm_sheets.checks.registry import rule
from cjm_sheets.checks.view import View
from cjm_sheets.checks.way import steps
from cjm_sheets.model.by_map import NO_WAY
from cjm_sheets.words.mark import N_

_ENOUGH = 4
"""Ratings that would differ if somebody had thought about each; three may well agree."""


@rule(
    "CJ054",
    Severity.INFO,
    table="Touchpoints",
    reads=("Touchpoints.name", "Touchpoints.importance", "Touchpoints.impact", "Maps.type"),
    summary=N_("all touchpoints of a map have the same rating"),
    message=N_("All {count} touchpoints rated on this map have {value} in {column}."),
    fix=N_("Compare them in pairs: which would customers miss first? Rate that one higher."),
)
def touchpoints_rated_equal(view: View) -> Iterator[Found]:
    """CJ054: all touchpoints of a map have the same rating.

    Why: ratings are there to choose by; where everything is a 5, nothing is.
    Fires: four touchpoints with importance 5; importance all 3 and impact all 4.
    Silent: one of the ratings differs, or the other column tells the touchpoints apart; three
        rated touchpoints; future, day and empathy maps; an archived map.
    """
    for each in view.maps:
        rows = steps(each, without=NO_WAY | {"future"})
        rated = {
            "importance": [(row, row.importance) for row in rows if row.importance is not None],
            "impact": [(row, row.impact) for row in rows if row.impact is not None],
        }
        if any(len({value for _, value in pairs}) > 1 for pairs in rated.values()):
            continue
        column, pairs = max(rated.items(), key=lambda item: len(item[1]))
        if len(pairs) >= _ENOUGH:
            first = pairs[0][0]
            facts = {"count": len(pairs)}
            yield Found("Touchpoints", first.line, first.id, column, facts=facts)
