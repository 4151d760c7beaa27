"""Decides which moods nobody gives a reason for."""

from collections.abc import Iterator, Mapping

from cjm_sheets.checks import moods, proof
from cjm_sheets.checks.finding import Found, Severity
from cjm_sheets.checks.registry import rule
from cjm_sheets.checks.view import View
from cjm_sheets.model.by_map import MapRows
from cjm_sheets.model.journey import Touchpoint
from cjm_sheets.words.mark import N_

_FEW = 3
"""So many moods without a reason are told one by one; more of them at once."""

_MANY = N_("{missing} of the {rated} moods on this map have no reason.")
_MEND_MANY = N_("Write into {column} what makes customers feel so, here and at the other steps.")


@rule(
    "CJ040",
    Severity.WARNING,
    table="Touchpoints",
    reads=(
        "Maps.type",
        "Touchpoints.emotion",
        "Touchpoints.why",
        "Touchpoints.evidence",
        "Evidence.quote",
        "Pains.pain",
        "Highs.high",
    ),
    summary=N_("a mood has no reason"),
    message=N_("The mood here is {mood}, but nothing says why."),
    fix=N_("Write into {column} what makes customers feel so, best in their own words."),
)
def mood_without_reason(view: View) -> Iterator[Found]:
    """CJ040: a mood has no reason.

    Why: a number alone cannot be mended, and nobody can tell later whether it still holds.
    Fires: a mood of -2, and nothing says why; on a map with more than three of these once, at the
        first.
    Silent: a reason; a source with a quote; a pain or a great moment at that step; a mood of 0;
        fewer than three steps; a future map, whose moods are wishes.
    """
    quoted = {row.id for row in view.workbook.evidence if row.quote}
    for of in view.maps:
        if of.row.type not in proof.SHOWS_TODAY or len(proof.steps(of)) < proof.BEGUN:
            continue
        rated = [row for row in proof.steps(of) if moods.mood_of(row)]
        told = _told_elsewhere(of)
        bare = [
            row
            for row in rated
            if not row.why and row.id not in told and quoted.isdisjoint(row.evidence)
        ]
        if len(bare) > _FEW:
            facts = {"missing": len(bare), "rated": len(rated)}
            yield _found(bare[0], facts, message=_MANY, fix=_MEND_MANY)
        else:
            for row in bare:
                yield _found(row, {"mood": f"{row.emotion:+d}"})


def _told_elsewhere(of: MapRows) -> set[str]:
    """Return the steps of which a pain or a great moment tells why people feel as they do."""
    return {row.touchpoint for row in of.pains if row.pain} | {
        row.touchpoint for row in of.highs if row.high
    }


def _found(row: Touchpoint, facts: Mapping[str, object], message: str = "", fix: str = "") -> Found:
    """Return what is found of a step."""
    return Found("Touchpoints", row.line, row.id, "why", None, facts, message=message, fix=fix)
