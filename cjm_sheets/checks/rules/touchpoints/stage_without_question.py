"""Decides in which stages it is not known what customers ask, or where they get the answer."""

from collections.abc import Iterator
from dataclasses import replace

from cjm_sheets.checks.finding import Found, Severity
from cjm_sheets.checks.gaps import gaps
from cjm_sheets.checks.registry import rule
from cjm_sheets.checks.view import View
from cjm_sheets.checks.way import stages_with_steps
from cjm_sheets.model.journey import Stage
from cjm_sheets.words.mark import N_

_WIDELY = N_("{missing} of {all} stages of this map have no question of the customer.")
_UNANSWERED = N_("The customer's question in this stage has no answer.")
_UNANSWERED_WIDELY = N_("The customer's question has no answer in {missing} of {all} stages.")
_MEND_ANSWER = N_("Name the touchpoint where the customer gets the answer, in {column}.")


@rule(
    "CJ058",
    Severity.INFO,
    table="Stages",
    reads=("Stages.question", "Stages.answer", "Touchpoints.question", "Maps.type"),
    summary=N_("a stage has no customer question, or one without an answer"),
    message=N_("This stage has no question that customers ask themselves in it."),
    fix=N_("Ask sales and service what customers want to know here, and fill in {column}."),
)
def stage_without_question(view: View) -> Iterator[Found]:
    """CJ058: a stage has no customer question, or one without an answer.

    Why: people move on when their question is answered, and drop off when it is not. A question
        without an answer is a page or a sentence that is still missing.
    Fires: a stage without a question, none of whose touchpoints has one either; a stage with a
        question and no answer.
    Silent: the question stands at a touchpoint of the stage; a stage without touchpoints; a map
        with fewer than three named touchpoints; day and empathy maps; a workbook without the
        column; an archived map.
    """
    for each in view.maps:
        stages = stages_with_steps(each)
        rows = [row for row, _ in stages]
        if view.has("Stages", "question"):
            silent = [
                row for row, of in stages if not row.question and not any(s.question for s in of)
            ]
            yield from gaps(("Stages", "question"), rows, silent, _WIDELY)
        if view.has("Stages", "answer"):
            yield from _unanswered([row for row in rows if row.question])


def _unanswered(asking: list[Stage]) -> Iterator[Found]:
    """Yield what is found of the stages whose question has no answer, of those with a question."""
    lacking = [row for row in asking if not row.answer]
    place = ("Stages", "answer")
    for found in gaps(place, asking, lacking, _UNANSWERED_WIDELY):
        yield replace(found, message=found.message or _UNANSWERED, fix=_MEND_ANSWER)
