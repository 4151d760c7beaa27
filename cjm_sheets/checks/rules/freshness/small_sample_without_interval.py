"""Decides which figures of few people look more exact than they are."""

from collections.abc import Iterator

from cjm_sheets.checks.finding import Found, Severity
from cjm_sheets.checks.registry import rule
from cjm_sheets.checks.view import View
from cjm_sheets.words.mark import N_

_ASKED = frozenset({"nps", "csat", "ces"})


@rule(
    "CJ108",
    Severity.INFO,
    table="Metrics",
    reads=("Metrics.definition", "Metrics.value", "Metrics.n", "Metrics.low", "Metrics.high"),
    summary=N_("a figure of few people is shown without its interval"),
    message=N_("{name} comes from few people ({n}), and does not say how far off it may be."),
    fix=N_("Fill in {low} and {high}, or ask more people; enough are: {least}."),
)
def small_sample_without_interval(view: View) -> Iterator[Found]:
    """CJ108: a figure of few people is shown without its interval.

    Why: with twelve answers an NPS can move by 50 points by chance; without its interval people
        read a rise into it that is none. The limit is small_sample in Settings.
    Fires: an NPS, CSAT or CES of 29 people, where from or to is blank.
    Silent: 30 people; an interval; a number of people that is not known; other kinds of figure.
    """
    least = view.limit("small_sample")
    for row in view.workbook.metrics:
        if row.definition not in _ASKED or row.value is None or row.n is None:
            continue
        if 0 < row.n < least and (row.low is None or row.high is None):
            facts = {
                "name": row.name or view.shown("Metrics", "definition", row.line),
                "n": row.n,
                "least": f"{least:g}",
                "low": view.label("Metrics", "low"),
                "high": view.label("Metrics", "high"),
            }
            yield Found("Metrics", row.line, row.id, "n", facts=facts)
