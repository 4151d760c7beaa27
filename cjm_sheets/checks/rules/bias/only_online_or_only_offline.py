"""Decides which maps show customers in one world only: online, or outside of it."""

from collections.abc import Iterator

from cjm_sheets.checks import channels, proof
from cjm_sheets.checks.finding import Found, Severity
from cjm_sheets.checks.registry import rule
from cjm_sheets.checks.view import View
from cjm_sheets.words.mark import N_

_FEWEST = 5
"""Steps from which on it is no accident that all are of one kind."""

_OFFLINE = N_("All {steps} steps of this map are offline.")
_MEND_OFFLINE = N_("Walk the way online too: search, reviews, messages, your own pages.")


@rule(
    "CJ044",
    Severity.WARNING,
    table="Maps",
    reads=("Maps.type", "Touchpoints.channel", "Touchpoints.medium"),
    summary=N_("a map is online only, or offline only"),
    message=N_("All {steps} steps of this map are online."),
    fix=N_("Walk the way offline too: store, phone, parcel, what friends say."),
)
def only_online_or_only_offline(view: View) -> Iterator[Found]:
    """CJ044: a map is online only, or offline only.

    Why: customers do not care where a channel ends; hardly a journey has no parcel, no call and no
        friend in it, or no search before the visit to the store.
    Fires: six steps on website, app and e-mail, and none elsewhere.
    Silent: one step in the store; fewer than five steps; a step of which neither the cell nor the
        channel tells where it is; an empathy map or a day.
    """
    for of in view.maps:
        steps = proof.steps(of)
        if of.row.type in {"empathy", "day"} or len(steps) < _FEWEST:
            continue
        found = {channels.medium(row) for row in steps}
        if found == {"online"}:
            yield proof.on_map(of, steps=len(steps))
        elif found == {"offline"}:
            place = ("Maps", of.row.line, of.row.id, "title")
            facts = {"steps": len(steps)}
            yield Found(*place, facts=facts, message=_OFFLINE, fix=_MEND_OFFLINE)
