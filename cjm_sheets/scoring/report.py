"""Decides how scores are reported: the document for programs and the lines for people."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from cjm_sheets.model.scores import PainScore
from cjm_sheets.model.workbook import Workbook
from cjm_sheets.scoring import curve_report, methods_report, metrics_report
from cjm_sheets.scoring.columns import aligned, shortened
from cjm_sheets.scoring.curve import emotion_curves
from cjm_sheets.scoring.firmness import Firmness, Standing
from cjm_sheets.scoring.firmness_words import (
    first_place_in_words,
    standing_in_words,
    top_sentence,
    without_grades_in_words,
)
from cjm_sheets.scoring.leave_one_out import decisive_evidence
from cjm_sheets.scoring.metric_intervals import measured
from cjm_sheets.scoring.other_methods import METHODS, agreements, other_values
from cjm_sheets.scoring.ranking import research_next
from cjm_sheets.scoring.without_grades import ranks_without_grades
from cjm_sheets.words.catalogue import count, say
from cjm_sheets.words.mark import N_

SCHEMA = "cjm-sheets/1"

_NOT_SCORING = ("review_days", "overdue_days", "evidence_days", "severities", "limits")

HEADINGS = (N_("Rank"), N_("Shown"), N_("If true"), N_("Trust"), N_("Pain"), N_("How firm"))
_RESEARCH = N_("Research next")
_VALUE = N_("Value at risk a year, as far as it can be shown, and at most")
_RANGE = N_("{low} to {high}")

_MOST_VALUES = 10
"""Pains, from the dearest one on, of which the terminal says what is at risk."""
_NO_SCORE = N_("No pain has a score yet.")


def document(workbook: Workbook, scores: Sequence[PainScore], firm: Firmness) -> dict[str, Any]:
    """Return the scores as one JSON-able document: ranked pains first, then those without a score.

    Scores lie between 0 and 100, shares between 0 and 1; what is not known is null.
    """
    ranked = {standing.position: standing for standing in firm.standings}
    unranked = [at for at in range(len(scores)) if at not in ranked]
    values, without = other_values(workbook, scores), ranks_without_grades(workbook)
    agreed = agreements(values, scores, next(iter(ranked), None))
    settings = asdict(workbook.settings)
    settings["grades"] = dict(workbook.settings.grades)
    return {
        "schema": SCHEMA,
        "pains": [
            {
                **_entry(workbook, scores, at, ranked.get(at)),
                "rank_without_grades": without.get(at) if at in ranked else None,
                "methods": {method: values[method][at] for method in METHODS},
            }
            for at in (*ranked, *unranked)
        ],
        "top3_share": firm.top3_share,
        "first_place_rests_on": _rests_on(workbook, scores),
        "other_methods": methods_report.document(values, agreed),
        "metrics": metrics_report.document(measured(workbook.metrics, workbook.settings)),
        "curves": curve_report.document(workbook, emotion_curves(workbook)),
        "settings": {key: settings[key] for key in settings if key not in _NOT_SCORING},
    }


def _rests_on(workbook: Workbook, scores: Sequence[PainScore]) -> list[str]:
    """Return the ids of the evidence without any one of which another pain would be first."""
    return [workbook.evidence[row].id for row in decisive_evidence(workbook, scores)]


def _entry(
    workbook: Workbook, scores: Sequence[PainScore], at: int, standing: Standing | None
) -> Mapping[str, Any]:
    """Return what there is to say of one pain."""
    score = scores[at]
    return {
        "row": score.id,
        "pain": workbook.pains[at].pain,
        "if_true": score.if_true,
        "evidenced": score.evidenced,
        "gap": score.gap,
        "grade": score.grade,
        "rank": standing and standing.rank,
        "rank_if_true": standing and standing.rank_if_true,
        "tied_with": [scores[other].id for other in standing.tied_with] if standing else [],
        "firm_share": standing and standing.firm_share,
        "best_rank": standing and standing.best_rank,
        "worst_rank": standing and standing.worst_rank,
        "value_at_risk": score.value_at_risk,
        "value_low": score.value_low,
        "value_high": score.value_high,
    }


def lines(
    workbook: Workbook, scores: Sequence[PainScore], firm: Firmness, language: str
) -> list[str]:
    """Return the ranking, its firmness, what stands beside it, and what to research next."""
    ranking = _ranking(workbook, scores, firm, language)
    values, positions = other_values(workbook, scores), [s.position for s in firm.standings]
    agreed = agreements(values, scores, positions[0] if positions else None)
    return [
        *ranking,
        *_research(workbook, scores, language),
        *methods_report.lines(values, agreed, scores, positions, language),
        *_values_at_risk(workbook, scores, language),
        *curve_report.lines(workbook, emotion_curves(workbook), language),
        *metrics_report.lines(measured(workbook.metrics, workbook.settings), language),
    ]


def _ranking(
    workbook: Workbook, scores: Sequence[PainScore], firm: Firmness, language: str
) -> list[str]:
    """Return the lines of the ranking, and the sentences about it as a whole."""
    if not firm.standings:
        return [say(language, _NO_SCORE)]
    rows = [tuple(say(language, heading) for heading in HEADINGS)]
    ids = [score.id for score in scores]
    rows += [
        _row(workbook, scores[standing.position], standing, ids, language)
        for standing in firm.standings
    ]
    missing = len(scores) - len(firm.standings)
    text = [*aligned(rows, numbers=3), ""]
    if top := top_sentence(firm, language):
        text.append(top)
    text.append(first_place_in_words(_rests_on(workbook, scores), language))
    first = scores[firm.standings[0].position].id
    without = _first_without_grades(workbook, scores)
    text.append(without_grades_in_words(first, without, language))
    if missing:
        text.append(count(language, "{n} pain has no score.", "{n} pains have no score.", missing))
    return text


def _first_without_grades(workbook: Workbook, scores: Sequence[PainScore]) -> str:
    """Return the id of the pain that is first when every grade leaves all of a score."""
    ranks = ranks_without_grades(workbook)
    return scores[min(ranks, key=ranks.__getitem__)].id


def _row(
    workbook: Workbook, score: PainScore, standing: Standing, ids: Sequence[str], language: str
) -> tuple[str, ...]:
    """Return the cells of one line; `ids` are those of all pains, by position."""
    firm = standing_in_words(standing, ids, language)
    words = f"{score.id} {shortened(workbook.pains[standing.position].pain)}".strip()
    shown, if_true = (f"{number or 0:.1f}" for number in (score.evidenced, score.if_true))
    return (str(standing.rank), shown, if_true, score.grade, words, firm)


def _research(workbook: Workbook, scores: Sequence[PainScore], language: str) -> list[str]:
    """Return the lines that say about which pains to learn more."""
    positions = research_next(scores)
    rows = [
        (f"  +{scores[at].gap or 0:.1f}", f"{scores[at].id} {shortened(workbook.pains[at].pain)}")
        for at in positions
    ]
    return ["", say(language, _RESEARCH), *aligned(rows, numbers=1)] if rows else []


def _values_at_risk(workbook: Workbook, scores: Sequence[PainScore], language: str) -> list[str]:
    """Return the lines that say what is at risk, the dearest pain first."""
    known = [score for score in scores if score.value_low is not None]
    known.sort(key=lambda score: -(score.value_low or 0))
    currency = workbook.settings.currency
    rows = [
        (f"  {score.id}", f"{value_range(score, language)} {currency}".rstrip())
        for score in known[:_MOST_VALUES]
    ]
    return ["", say(language, _VALUE), *aligned(rows, numbers=0)] if rows else []


def value_range(score: PainScore, language: str) -> str:
    """Return what is at risk as far as it can be shown, and at most."""
    low, high = (f"{end or 0:,.0f}" for end in (score.value_low, score.value_high))
    return say(language, _RANGE, low=low, high=high)
