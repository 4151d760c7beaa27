"""Decides how much severity, frequency and reach count in a score, relative to each other."""

from cjm_sheets.model.scales import Settings

Weights = tuple[float, float, float]
"""Of severity, frequency and reach."""


def weights(settings: Settings) -> Weights | None:
    """Return the weights of a workbook; None if one is missing or negative, or all are 0."""
    given = (settings.weight_severity, settings.weight_frequency, settings.weight_reach)
    usable = tuple(weight for weight in given if weight is not None and weight >= 0)
    match usable:
        case (a, b, c) if a + b + c > 0:
            return float(a), float(b), float(c)
    return None


def exponents(of: Weights | None) -> Weights | None:
    """Return the part of each weight in all three.

    >>> exponents((1, 2, 1))
    (0.25, 0.5, 0.25)
    """
    if of is None:
        return None
    total = sum(of)
    return of[0] / total, of[1] / total, of[2] / total
