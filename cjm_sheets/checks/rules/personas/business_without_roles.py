"""Decides which maps of business customers forget that several people decide."""

from collections.abc import Iterator

from cjm_sheets.checks.finding import Found, Severity
from cjm_sheets.checks.registry import rule
from cjm_sheets.checks.view import View
from cjm_sheets.words.mark import N_


@rule(
    "CJ029",
    Severity.INFO,
    table="Maps",
    reads=("Maps.business_model", "Maps.personas", "Personas.buying_role"),
    summary=N_("a map of business customers knows one role in buying only"),
    message=N_("Several people decide in a business, and this map knows only: {roles}."),
    fix=N_("Choose {column} for each persona, and add those who use, influence, decide or block."),
)
def business_without_roles(view: View) -> Iterator[Found]:
    """CJ029: a map of business customers knows one role in buying only.

    Why: the one who uses it, the one who pays and the one who can stop it want different things; a
        map of one of them ends where the next one takes over.
    Fires: a map of business customers whose personas are all deciders, or have no role.
    Silent: a user and a decider; a map of private customers; a map that names no persona (that is
        CJ020).
    """
    for rows in view.maps:
        if rows.row.business_model != "b2b" or not rows.personas:
            continue
        roles = {row.buying_role for row in rows.personas} - {""}
        if len(roles) < 2:  # noqa: PLR2004 - two roles are several
            first = rows.personas[0]
            role = view.shown("Personas", "buying_role", first.line)
            facts = {"roles": role or first.name or first.id}
            yield Found("Personas", first.line, first.id, "buying_role", facts=facts)
