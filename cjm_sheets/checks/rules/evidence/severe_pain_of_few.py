"""Decides which severe pains were seen in too few people."""

from collections.abc import Iterator, Mapping

from cjm_sheets.checks.finding import Found, Severity
from cjm_sheets.checks.registry import rule
from cjm_sheets.checks.view import View
from cjm_sheets.model.journey import Evidence, Pain
from cjm_sheets.words.mark import N_


@rule(
    "CJ035",
    Severity.WARNING,
    table="Pains",
    reads=(
        "Pains.pain",
        "Pains.severity",
        "Pains.observed",
        "Pains.evidence",
        "Pains.status",
        "Evidence.sample_size",
    ),
    summary=N_("a severe pain was seen in only a few people"),
    message=N_("This pain has severity {severity}, but few people stand behind it: {people}."),
    fix=N_("Look into this one next: ask at least {fewest} people before much is spent on it."),
)
def severe_pain_of_few(view: View) -> Iterator[Found]:
    """CJ035: a severe pain was seen in only a few people.

    Why: one angry voice can look like a crisis; severe pains decide where the money goes, so they
        are the first that deserve a second look. Severe is severe_from in Settings (4), a few are
        fewer than few_people (5). People are those out of whom it was counted, else all that its
        sources asked.
    Fires: severity 5, and 2 of 3 people; severity 4, and its only source is an interview with 4.
    Silent: severity 3; 3 of 5 people; a source that does not say how many people; no source (that
        is CJ031); a pain that is solved; a map that is archived.
    """
    evidence = {row.id: row for row in reversed(view.workbook.evidence)}
    severe, fewest = view.limit("severe_from"), view.limit("few_people")
    archived = {row.id for row in view.workbook.maps if row.status == "archived"}
    for pain in view.workbook.pains:
        if not pain.pain or pain.status == "solved" or (pain.severity or 0) < severe:
            continue
        people = _people(pain, evidence)
        if people is None or people >= fewest or view.map_of("Pains", pain.line) in archived - {""}:
            continue
        column = "observed" if pain.observed else "evidence"
        facts = {"severity": pain.severity, "people": f"{people:g}", "fewest": f"{fewest:g}"}
        yield Found("Pains", pain.line, pain.id, column, facts=facts)


def _people(pain: Pain, evidence: Mapping[str, Evidence]) -> float | None:
    """Return how many people stand behind a pain, None if that is not known."""
    if pain.observed:
        return pain.observed if pain.observed > 0 else None
    sizes = [evidence[id_].sample_size for id_ in set(pain.evidence) if id_ in evidence]
    known = [size for size in sizes if size]
    return sum(known) if known and len(known) == len(sizes) else None
