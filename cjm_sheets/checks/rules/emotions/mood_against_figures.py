"""Decides which moods contradict what else is known of a step."""

import re
from collections.abc import Iterator

from cjm_sheets.checks import moods, proof
from cjm_sheets.checks.finding import Found, Severity
from cjm_sheets.checks.registry import rule
from cjm_sheets.checks.view import View
from cjm_sheets.model.journey import Metric, Pain, Touchpoint
from cjm_sheets.words.mark import N_

_LOW, _HIGH = 2, 4
"""Satisfaction, 1 to 5, up to which people are unhappy, and from which on they are happy."""

_MOST = 0.5
"""Share of people from which on a severe pain should show in the mood of all; policy."""

_PAIN = N_(
    "The mood here is {mood}, but {share} of people have a pain of severity {severity} here."
)
_SATISFIED = N_("The mood here is {mood}, but satisfaction is {satisfaction} of 5.")
_METRIC = N_("The mood here is {mood}, but {metric} is low: {figure}.")


@rule(
    "CJ043",
    Severity.WARNING,
    table="Touchpoints",
    reads=(
        "Touchpoints.emotion",
        "Touchpoints.satisfaction",
        "Pains.touchpoint",
        "Pains.severity",
        "Metrics.definition",
        "Metrics.value",
        "Metrics.unit",
    ),
    summary=N_("a mood contradicts what else is known of the step"),
    message=_SATISFIED,
    fix=N_("Find out which of the two is right, and correct the other."),
)
def mood_against_figures(view: View) -> Iterator[Found]:
    """CJ043: a mood contradicts what else is known of the step.

    Why: the mood is what is drawn and the figures are what is ranked; where they disagree, the map
        and the list of pains send the team to different places.
    Fires: a mood of 1 with satisfaction 2; a mood of -1 with satisfaction 4; a mood of 2 where most
        people have a pain of severity 4; a mood of 1 and a CSAT of 2.1 of 5.
    Silent: a mood of 0; satisfaction 3; a severe pain of a tenth of people, of one persona, or one
        that is solved; a CSAT whose unit does not say out of how much; a future map.
    """
    hurt, low = _severe(view), _low(view)
    for of in view.maps:
        if of.row.type not in proof.SHOWS_TODAY:
            continue
        for row in of.touchpoints:
            found = _found(row, hurt.get(row.id), low.get(row.id))
            if found is not None:
                yield found


def _found(
    row: Touchpoint, hurt: tuple[Pain, float] | None, metric: tuple[Metric, str] | None
) -> Found | None:
    """Return how the mood of a step is contradicted, None if it is not."""
    mood, satisfied = moods.mood_of(row) or 0, row.satisfaction
    facts: dict[str, object] = {"mood": f"{mood:+d}"}
    message = ""
    if satisfied and (satisfied <= _LOW if mood > 0 else mood < 0 and satisfied >= _HIGH):
        message = _SATISFIED
        facts["satisfaction"] = satisfied
    elif mood > 0 and hurt:
        message = _PAIN
        facts |= {"share": f"{hurt[1] * 100:.0f} %", "severity": hurt[0].severity}
    elif mood > 0 and metric:
        message = _METRIC
        facts |= {"metric": metric[0].name, "figure": metric[1]}
    if not message:
        return None
    return Found("Touchpoints", row.line, row.id, "emotion", None, facts, message=message)


def _severe(view: View) -> dict[str, tuple[Pain, float]]:
    """Return for steps a severe pain that most people have there, and how many."""
    severe = view.limit("severe_from")
    return {
        pain.touchpoint: (pain, score.frequency)
        for pain, score in zip(view.workbook.pains, view.scores, strict=True)
        if pain.pain
        and (pain.severity or 0) >= severe
        and score.frequency is not None
        and score.frequency >= _MOST
        and pain.status != "solved"
        and not pain.persona
    }


def _low(view: View) -> dict[str, tuple[Metric, str]]:
    """Return for steps a figure that shows unhappy people, and the figure as it is said."""
    return {
        row.touchpoint: (row, f"{row.value:g} {row.unit}".strip())
        for row in view.workbook.metrics
        if row.touchpoint and row.value is not None and _is_low(row.definition, row)
    }


def _is_low(definition: str, row: Metric) -> bool:
    """Tell whether a metric is in the lower half of its scale, as far as that is known."""
    value = row.value or 0.0
    if definition == "nps":
        return value < 0
    if definition != "csat":
        return False
    top = 100 if "%" in row.unit else int((re.findall(r"\d{1,3}", row.unit) or ["0"])[-1])
    return value < top / 2
