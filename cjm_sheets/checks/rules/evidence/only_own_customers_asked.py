"""Decides which maps know only those who stayed."""

from collections.abc import Iterator

from cjm_sheets.checks import proof
from cjm_sheets.checks.finding import Found, Severity
from cjm_sheets.checks.registry import rule
from cjm_sheets.checks.view import View
from cjm_sheets.words.mark import N_


@rule(
    "CJ050",
    Severity.INFO,
    table="Maps",
    reads=("Maps.type", "Evidence.source", "Evidence.who"),
    summary=N_("only people who are customers already were asked"),
    message=N_("All {sources} sources are of people who are customers already."),
    fix=N_("Ask some who left, or who looked and did not buy, and add them to {target}."),
)
def only_own_customers_asked(view: View) -> Iterator[Found]:
    """CJ050: only people who are customers already were asked.

    Why: those who stayed could live with what is wrong; those who left, or never came, know what it
        costs.
    Fires: three sources, all of current customers.
    Silent: one source of prospects, past or lost customers; one that does not say who was asked,
        for it may hold anybody; a single source; fewer than three steps or notes; a future map.
    """
    for of in view.maps:
        if of.row.type == "future" or not proof.is_begun(of):
            continue
        asked = [row.who for row in proof.sources(of) if proof.is_from_customers(row)]
        if len(asked) > 1 and set(asked) == {"current"}:
            yield proof.on_map(of, sources=len(asked), target=proof.evidence_sheet(view))
