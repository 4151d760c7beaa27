"""Decides which steps of the work were left out, while later ones are done."""

from collections.abc import Iterator

from cjm_sheets.checks.finding import Found, Severity
from cjm_sheets.checks.registry import rule
from cjm_sheets.checks.view import View
from cjm_sheets.tables import naming
from cjm_sheets.tables.lists import LISTS
from cjm_sheets.words.mark import N_

_OPTIONAL = frozenset({"share", "review"})
"""What comes after the map is made; it goes on for ever."""


@rule(
    "CJ104",
    Severity.INFO,
    table="Steps",
    reads=("Steps.step", "Steps.status"),
    summary=N_("a step of the work was skipped"),
    message=N_("{value} is not done, but {later} is."),
    fix=N_("Do it, or choose {word} under {column} and say why in a note."),
)
def step_skipped(view: View) -> Iterator[Found]:
    """CJ104: a step of the work was skipped.

    Why: each step rests on the one before; a map that was drawn before anybody was asked shows
        what we think.
    Fires: touchpoints are done, and research is to do.
    Silent: research is not needed; a later step that is only being done; steps that nobody has
        listed; sharing and reviewing, which go on for ever.
    """
    order = {key: at for at, key in enumerate(LISTS["workflow_step"])}
    done = [row for row in view.workbook.steps if row.status == "done" and row.step in order]
    if not done:
        return
    last = max(done, key=lambda row: order[row.step])
    language = view.workbook.language
    for row in view.workbook.steps:
        if row.step not in order or row.step in _OPTIONAL or order[row.step] >= order[last.step]:
            continue
        if row.status not in {"done", "not-needed"}:
            facts = {
                "value": view.shown("Steps", "step", row.line),
                "later": view.shown("Steps", "step", last.line),
                "word": naming.word(language, "step_status", "not-needed"),
            }
            yield Found("Steps", row.line, row.id, "status", facts=facts)
