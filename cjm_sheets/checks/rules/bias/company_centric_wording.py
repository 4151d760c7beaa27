"""Decides which steps and stages tell what the company does, and not what the customer does."""

from collections.abc import Iterator

from cjm_sheets.checks import word_lists
from cjm_sheets.checks.finding import Found, Severity
from cjm_sheets.checks.registry import rule
from cjm_sheets.checks.view import View
from cjm_sheets.model.by_map import MapRows
from cjm_sheets.words.mark import N_

_FEWEST_DEPARTMENTS = 2
"""One stage called Service may be the customer's; two departments in a row are a chart."""

_DEPARTMENTS = N_("These stages are called like departments: {stages}.")
_MEND_DEPARTMENTS = N_("Name stages after what customers want there, such as Compare or Get help.")


@rule(
    "CJ037",
    Severity.WARNING,
    table="",
    reads=("Touchpoints.name", "Touchpoints.action", "Stages.name"),
    summary=N_("wording tells what the company does, and not what the customer does"),
    message=N_("Here the company speaks, and not the customer: “{phrase}”."),
    fix=N_("Write what the customer does or meets here, as in “I get a message that it is ready”."),
)
def company_centric_wording(view: View) -> Iterator[Found]:
    """CJ037: wording tells what the company does, and not what the customer does.

    Why: a map of what the company does is a process chart; nobody can feel a mood at “we process
        the order”, and what customers do meanwhile is missing. There are lists of words for six
        languages; in any other it is only a note.
    Fires: a step called Send newsletter; an action We process the order; stages called Marketing,
        Sales and Logistics.
    Silent: I send the form; Get the newsletter; We sit down and compare, which a family says; a
        single stage called Service; what stands in other columns.
    """
    language = view.workbook.language
    known = word_lists.has_list("company", language)
    severity = None if known else Severity.INFO
    for of in view.maps:
        yield from _departments(of, language, severity)
        for row in of.stages:
            phrase = word_lists.hits("company", language, row.name) if row.name else ""
            if phrase:
                place = ("Stages", row.line, row.id, "name", row.name)
                yield Found(*place, facts={"phrase": phrase}, severity=severity)
        for step in of.touchpoints:
            for column, text in (("name", step.name), ("action", step.action)):
                phrase = word_lists.hits("company", language, text) if text else ""
                if phrase:
                    place = ("Touchpoints", step.line, step.id, column, text)
                    yield Found(*place, facts={"phrase": phrase}, severity=severity)
                    break  # whoever rewrites the one sees the other


def _departments(of: MapRows, language: str, severity: Severity | None) -> Iterator[Found]:
    """Yield the stages of a map that are called like departments, as one finding at the first."""
    stages = [row for row in of.stages if row.name and _is_department(language, row.name)]
    if len(stages) >= _FEWEST_DEPARTMENTS:
        first = stages[0]
        yield Found(
            "Stages",
            first.line,
            first.id,
            "name",
            facts={"stages": ", ".join(row.name for row in stages)},
            message=_DEPARTMENTS,
            fix=_MEND_DEPARTMENTS,
            severity=severity,
        )


def _is_department(language: str, name: str) -> bool:
    """Tell whether a name is that of a department, and nothing else."""
    return word_lists.hits("departments", language, name) != ""
