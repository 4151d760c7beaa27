"""Decides which steps of a blueprint say nothing of what they rest on."""

from collections.abc import Iterator

from cjm_sheets.checks.finding import Found, Severity
from cjm_sheets.checks.registry import rule
from cjm_sheets.checks.view import View
from cjm_sheets.words.mark import N_

_FACTORS = ("people", "policy", "technology", "process")


@rule(
    "CJ096",
    Severity.WARNING,
    table="Blueprint",
    reads=(*(f"Blueprint.{column}" for column in _FACTORS),),
    summary=N_("a step of a blueprint names no people, policy, technology or process"),
    message=N_("Nothing says what this step rests on."),
    fix=N_("Fill in one of {columns} at least; there lies the cause when it goes wrong."),
)
def step_rests_on_nothing(view: View) -> Iterator[Found]:
    """CJ096: a step of a blueprint names no people, policy, technology or process.

    Why: these four are what makes today's way what it is, and what has to change for another one.
    Fires: a row with frontstage and backstage, where all four are blank.
    Silent: one of the four is there; a row with nothing but its touchpoint, which is only begun; a
        sheet without these columns.
    """
    there = [column for column in _FACTORS if view.has("Blueprint", column)]
    if not there:
        return
    columns = ", ".join(view.label("Blueprint", column) for column in there)
    for row in view.workbook.blueprint:
        says = row.frontstage or row.backstage or row.support
        if says and not any(getattr(row, column) for column in _FACTORS):
            yield Found("Blueprint", row.line, row.id, there[0], facts={"columns": columns})
