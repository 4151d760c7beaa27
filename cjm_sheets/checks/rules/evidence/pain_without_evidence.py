"""Decides which pains are only claimed."""

from collections.abc import Iterator

from cjm_sheets.checks.finding import Found, Severity
from cjm_sheets.checks.registry import rule
from cjm_sheets.checks.view import View
from cjm_sheets.words.mark import N_

_NONE_COUNTS = N_("None of the rows named here ({value}) says from which source it is.")
_MEND_SOURCE = N_("Choose a source in the rows of {target} that are named here, or name others.")


@rule(
    "CJ031",
    Severity.WARNING,
    table="Pains",
    reads=("Pains.pain", "Pains.evidence", "Pains.status", "Evidence.id", "Evidence.source"),
    summary=N_("a pain rests on no evidence"),
    message=N_("Nothing shows that customers have this pain."),
    fix=N_(
        "Add to {target} where you know it from and name that id here; until then it is a guess."
    ),
)
def pain_without_evidence(view: View) -> Iterator[Found]:
    """CJ031: a pain rests on no evidence.

    Why: a pain that only we believe in can send a team to mend the wrong thing; its numbers may be
        right, but nobody can look them up. It fires when no listed row of Evidence with a source
        exists, which is one of the ways to a grade D; too few people is another rule's matter.
    Fires: a pain with a severity and 90 of 200 people, but no evidence; one that names E7, a row
        without a source, or one that does not exist.
    Silent: a pain that names one row of Evidence with a source, whatever its grade; a row without
        words; a pain that is solved.
    """
    for pain, score in zip(view.workbook.pains, view.scores, strict=True):
        if pain.pain and not score.sources and pain.status != "solved":
            yield Found(
                "Pains",
                pain.line,
                pain.id,
                "evidence",
                facts={"target": view.sheet("Evidence")},
                message=_NONE_COUNTS if pain.evidence else "",
                fix=_MEND_SOURCE if pain.evidence else "",
            )
