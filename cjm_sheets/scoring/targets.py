"""Decides how far a stage is on its way to its target, and what keeping customers is worth."""

import math

from cjm_sheets.model.journey import Stage
from cjm_sheets.model.scales import Settings


def attainment(stage: Stage) -> float | None:
    """Return actual over target, or target over actual where lower is better.

    None if one of them is missing or no number, or one would divide by 0.
    """
    parts = (stage.target, stage.actual)
    lower, upper = parts if stage.better == "lower" else parts[::-1]
    if lower is None or upper is None or math.isnan(lower) or math.isnan(upper) or upper == 0:
        return None
    return lower / upper


def retention_value(settings: Settings) -> float | None:
    """Return what it is worth in a year to reach the retention that Settings aims at.

    customers * annual value * (target - now); None unless all four are given.
    """
    customers, value = settings.customers, settings.annual_value
    now, target = settings.retention_now, settings.retention_target
    if customers is None or value is None or now is None or target is None:
        return None
    return customers * value * (target - now)
