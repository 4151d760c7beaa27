"""Decides which steps of a blueprint customers see without anybody or anything acting there."""

from collections.abc import Iterator

from cjm_sheets.checks.finding import Found, Severity
from cjm_sheets.checks.registry import rule
from cjm_sheets.checks.view import View
from cjm_sheets.words.mark import N_


@rule(
    "CJ094",
    Severity.WARNING,
    table="Blueprint",
    reads=(
        "Blueprint.touchpoint",
        "Blueprint.frontstage",
        "Blueprint.physical_evidence",
        "Touchpoints.action",
    ),
    summary=N_("customers see a step, and nobody acts in it"),
    message=N_("Customers see this step, but nothing says who or what they deal with."),
    fix=N_("Write under {column} who serves them there: a person, a page, a machine."),
)
def nobody_on_stage(view: View) -> Iterator[Found]:
    """CJ094: customers see a step, and nobody acts in it.

    Why: the line of visibility runs below frontstage; where nothing stands above it, what customers
        meet there happens by accident.
    Fires: a row with a touchpoint at which customers do something, or with physical evidence, and a
        blank frontstage.
    Silent: a screen or a letter under frontstage; another row of the same touchpoint that has one;
        a row without touchpoint, which is work behind the scenes (see CJ095).
    """
    if not view.has("Blueprint", "frontstage"):
        return
    acting = {step.id for step in view.workbook.touchpoints if step.action}
    for rows in view.maps:
        staged = {row.touchpoint for row in rows.blueprint if row.frontstage}
        for row in rows.blueprint:
            seen = row.physical_evidence or row.touchpoint in acting
            if row.touchpoint and seen and row.touchpoint not in staged:
                yield Found("Blueprint", row.line, row.id, "frontstage")
