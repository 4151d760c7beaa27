"""Decides which goals of customers are the company's own."""

from collections.abc import Iterator

from cjm_sheets.checks.finding import Found, Severity
from cjm_sheets.checks.registry import rule
from cjm_sheets.checks.view import View
from cjm_sheets.checks.word_lists import has_list, hits
from cjm_sheets.words.mark import N_

_LIST = "company_goal"


@rule(
    "CJ057",
    Severity.WARNING,
    table="Stages",
    reads=(
        "Stages.customer_goal",
        "Touchpoints.goal",
        "Maps.business_model",
    ),
    summary=N_("a customer goal is what the company wants"),
    message=N_("This speaks of what the company wants ({phrase}), and not of what customers want."),
    fix=N_("Write what the customer wants to reach; move the rest to {goal} in {maps}."),
)
def goal_of_the_company(view: View) -> Iterator[Found]:
    """CJ057: a customer goal is what the company wants.

    Why: nobody goes to a shop to raise its revenue; a stage that is judged by the company's goal
        is improved for the company, and customers leave. The words are lists, one per language of
        the workbook, that anybody may edit. On maps of business customers it is a note, since
        revenue or profit may well be what those want; so it is where there is no list of a
        language, and the English one is read.
    Fires: Increase conversion; Sell more; Mehr Umsatz im Shop; рост продаж.
    Silent: Find the right one and be sure; a goal in the business goal of the map; a word within
        another one, such as a loft conversion; an archived map.
    """
    language = view.workbook.language
    facts = {"goal": view.label("Maps", "goal"), "maps": view.sheet("Maps")}
    known = has_list(_LIST, language)
    for each in view.maps:
        note = not known or each.row.business_model == "b2b"
        stages = [
            ("Stages", "customer_goal", row.id, row.line, row.customer_goal) for row in each.stages
        ]
        steps = [("Touchpoints", "goal", row.id, row.line, row.goal) for row in each.touchpoints]
        for table, column, id_, line, text in (*stages, *steps):
            if text and (phrase := hits(_LIST, language, text)):
                told = {**facts, "phrase": phrase}
                severity = Severity.INFO if note else None
                yield Found(table, line, id_, column, facts=told, severity=severity)
