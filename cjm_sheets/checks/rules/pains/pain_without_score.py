"""Decides what keeps a pain from having a score."""

import math
from collections.abc import Iterator

from cjm_sheets.checks.finding import Found, Severity
from cjm_sheets.checks.registry import rule
from cjm_sheets.checks.view import View
from cjm_sheets.model.journey import Pain
from cjm_sheets.model.scores import PainScore
from cjm_sheets.words.catalogue import say
from cjm_sheets.words.mark import N_

_MISSING = {
    "severity": N_("severity is missing"),
    "frequency": N_("how often is missing"),
    "reach": N_("reach is missing"),
}
_IMPOSSIBLE = {
    "severity": N_("severity is impossible"),
    "frequency": N_("how often is impossible"),
    "reach": N_("reach is impossible"),
}


@rule(
    "CJ070",
    Severity.WARNING,
    table="Pains",
    reads=(
        "Pains.pain",
        "Pains.severity",
        "Pains.hit",
        "Pains.observed",
        "Pains.guess",
        "Pains.reach",
        "Touchpoints.reach",
    ),
    summary=N_("a pain has no score, because severity, frequency or reach is missing"),
    message=N_("This pain has no score: {what}."),
    fix=N_("Fill in severity 1 to 5, how many of how many had it or a guess, reach here or there."),
)
def pain_without_score(view: View) -> Iterator[Found]:
    """CJ070: a pain has no score, because severity, frequency or reach is missing.

    Why: a pain without a score is in no ranking, and so it is forgotten; a missing number is never
        taken for zero. An impossible number counts as missing: more people than were asked, a
        share of 45 in place of 45 %, severity 6. Reach is the pain's own, else that of its step.
    Fires: a severity and a reach, but nobody counted and nothing guessed; 12 of 10 people; a reach
        of 45 that is no share, even if its step has a good one.
    Silent: severity 3, 2 of 9 people, reach of its step 30 %; 0 of 40 people, which is a score of
        zero; a row without words.
    """
    touchpoints = {row.id: row for row in reversed(view.workbook.touchpoints)}
    for pain, score in zip(view.workbook.pains, view.scores, strict=True):
        if not pain.pain:
            continue
        step = touchpoints.get(pain.touchpoint)
        troubles = list(_troubles(view, pain, score, step.reach if step else None))
        if troubles:
            what = ", ".join(say(view.language, words) for _, words in troubles)
            yield Found("Pains", pain.line, pain.id, troubles[0][0], facts={"what": what})


def _troubles(
    view: View, pain: Pain, score: PainScore, step_reach: float | None
) -> Iterator[tuple[str, str]]:
    """Yield the column to look at and the words for each input that is missing or impossible."""
    if pain.severity is None or not 1 <= pain.severity <= 5:  # noqa: PLR2004 - the scale of severity
        there = bool(view.shown("Pains", "severity", pain.line).strip())
        yield "severity", (_IMPOSSIBLE if there else _MISSING)["severity"]
    if score.frequency is None:
        column, impossible = _frequency(pain)
        yield column, (_IMPOSSIBLE if impossible else _MISSING)["frequency"]
    if score.reach is None:
        there = pain.reach is not None or step_reach is not None
        yield "reach", (_IMPOSSIBLE if there else _MISSING)["reach"]


def _frequency(pain: Pain) -> tuple[str, bool]:
    """Return which column keeps a frequency from being known, and whether it is impossible there.

    Impossible is what is no number, is below 0, is more than were asked, or is a guess above 1;
    everything else is not there yet.
    """
    hit, observed, guess = pain.hit, pain.observed, pain.guess
    for column, number in (("hit", hit), ("observed", observed)):
        if number is not None and (math.isnan(number) or number < 0):
            return column, True
    if hit and observed:
        return "hit", True  # more than were asked: anything else would be a frequency
    if hit:
        return "observed", False
    if observed:
        return "hit", False
    if guess is not None:
        return "guess", True
    return ("hit" if hit is None else "observed"), False
