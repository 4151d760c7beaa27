"""Decides which severe pains of today the future says nothing about."""

from collections.abc import Iterator

from cjm_sheets.checks.finding import Found, Severity
from cjm_sheets.checks.futures import with_today
from cjm_sheets.checks.registry import rule
from cjm_sheets.checks.to_do import SETTLED
from cjm_sheets.checks.view import View
from cjm_sheets.words.mark import N_


@rule(
    "CJ092",
    Severity.WARNING,
    table="Pains",
    reads=("Pains.severity", "Pains.status", "Touchpoints.resolves", "Maps.based_on"),
    summary=N_("the future leaves a severe pain of today as it is"),
    message=N_("Nothing on the map of the future ({map}) takes this pain away."),
    fix=N_("Name {id} at the touchpoint that will relieve it, or set this pain to accepted."),
)
def severe_pain_stays(view: View) -> Iterator[Found]:
    """CJ092: the future leaves a severe pain of today as it is.

    Why: to live with a pain can be right, but somebody should have decided it. From which severity
        on is severe_from in Settings.
    Fires: a pain of severity 4 on the map of today that no touchpoint of the future resolves.
    Silent: severity 3; a pain that is solved or accepted; one that any map of the future based on
        this one resolves; a future of which no touchpoint resolves anything yet.
    """
    least = view.limit("severe_from")
    futures: dict[str, list[str]] = {}
    resolved: set[str] = set()
    pains = {}
    for rows, today in with_today(view):
        resolves = {id_ for step in rows.touchpoints for id_ in step.resolves}
        resolved |= resolves
        for other in today if resolves else ():
            futures.setdefault(other.row.id, []).append(rows.row.title or rows.row.id)
            pains[other.row.id] = other.pains
    for id_, rows_of in pains.items():
        for pain in rows_of:
            severe = pain.severity is not None and pain.severity >= least
            if pain.pain and severe and pain.status not in SETTLED and pain.id not in resolved:
                facts = {"map": ", ".join(futures[id_]), "id": pain.id}
                yield Found("Pains", pain.line, pain.id, "severity", facts=facts)
