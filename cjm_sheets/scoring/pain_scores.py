"""Decides the scores of a pain: how bad it is if it is true, and as far as we can show.

if true = 100 min(1, s^a f^b r^c m), with a + b + c = 1; evidenced has the lower end of f's interval
in place of f and is multiplied by what the grade of the evidence leaves. Equal to the live formulas
of tables.formulas to 1e-9.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass

from cjm_sheets.model.journey import Pain, Touchpoint
from cjm_sheets.model.scales import Settings
from cjm_sheets.model.scores import PainScore
from cjm_sheets.model.workbook import Workbook
from cjm_sheets.scoring import factors, grades, wilson
from cjm_sheets.scoring.sources import Sources, kinds_of_source, sources_by_id
from cjm_sheets.scoring.weights import Weights, exponents, weights


@dataclass(frozen=True, slots=True)
class _Around:
    """What of the workbook the score of any pain needs."""

    settings: Settings
    exponents: Weights | None
    touchpoints: Mapping[str, Touchpoint]
    sources: Sources


def score_pains(workbook: Workbook) -> tuple[PainScore, ...]:
    """Return the scores of all pains, in the order of the workbook's pains.

    `sources` is 0 and `grade` is "" while a pain has no words.
    """
    around = _Around(
        workbook.settings,
        exponents(weights(workbook.settings)),
        factors.touchpoints_by_id(workbook.touchpoints),
        sources_by_id(workbook.evidence),
    )
    return tuple(_score(at, pain, around) for at, pain in enumerate(workbook.pains))


def _score(position: int, pain: Pain, around: _Around) -> PainScore:
    """Return the scores of one pain."""
    step = around.touchpoints.get(pain.touchpoint)
    sources = kinds_of_source(pain.evidence, around.sources) if pain.pain else 0
    return score_pain(pain, step, sources, around.settings, around.exponents, position)


def score_pain(  # noqa: PLR0913, PLR0917 - all that a score is made of
    pain: Pain,
    step: Touchpoint | None,
    sources: int,
    settings: Settings,
    parts: Weights | None,
    position: int = 0,
) -> PainScore:
    """Return the scores of a pain at a step, told by a number of kinds of source.

    `parts` are the exponents of the weights in the settings.
    """
    severity, moment = factors.severity(pain, settings), factors.moment(step, settings)
    reach = factors.reach(pain, step)
    frequency = factors.frequency(pain)
    n = None if frequency is None else factors.people(pain)
    low, high = _ends(frequency, n, settings.z)
    grade = grades.grade(n, sources) if pain.pain else ""
    at_risk = _value(settings, reach, low, pain.extra_churn)
    low_score = _mean((severity, low, reach), moment, parts)
    return PainScore(
        position=position,
        id=pain.id,
        frequency=frequency,
        n=n,
        frequency_low=low,
        frequency_high=high,
        severity=severity,
        reach=reach,
        moment=moment,
        sources=sources,
        grade=grade,
        if_true=_mean((severity, frequency, reach), moment, parts),
        evidenced=_times(low_score, settings.grade_factor(grade)),
        value_at_risk=at_risk,
        value_low=at_risk,
        value_high=_value(settings, reach, high, pain.extra_churn),
    )


def _ends(
    share: float | None, n: float | None, z: float | None
) -> tuple[float | None, float | None]:
    """Return the ends of the interval of a share."""
    if share is None or n is None or z is None:
        return None, None
    return wilson.lower(share, n, z), wilson.upper(share, n, z)


def _mean(
    inputs: tuple[float | None, float | None, float | None],
    moment: float | None,
    parts: Weights | None,
) -> float | None:
    """Return the weighted geometric mean of severity, frequency and reach, from 0 to 100."""
    if moment is None or parts is None:
        return None
    product = moment
    for value, exponent in zip(inputs, parts, strict=True):
        if value is None or (value < 0 and exponent):
            return None
        product *= value**exponent if exponent else 1.0
    return 100 * min(1.0, product)


def _times(score: float | None, factor: float | None) -> float | None:
    """Return a score with what the grade leaves of it."""
    return None if score is None or factor is None else score * factor


def _value(
    settings: Settings, reach: float | None, share: float | None, churn: float | None
) -> float | None:
    """Return what is at risk in a year if this share of those who pass leaves more often."""
    if not factors.is_share(churn):
        return None
    parts = (settings.customers, reach, share, churn, settings.annual_value)
    known = [part for part in parts if part is not None]
    product = math.prod(known)
    return product if len(known) == len(parts) and math.isfinite(product) else None
