"""Decides when two scores are the same: when they differ by no more than rounding does."""

import math

BITS = 40
"""Binary digits in which two scores must agree to be a tie and no accident of rounding: 12 decimal
ones. They are binary so that NumPy rounds large maps to the very same numbers."""


def rounded(score: float | None) -> float:
    """Return a score to the digits that count when scores are compared.

    >>> rounded(0.1 + 0.2) == rounded(0.3), rounded(0.3) == rounded(0.300000000001), rounded(None)
    (True, False, 0.0)
    """
    part, power = math.frexp(score or 0.0)
    return math.ldexp(round(math.ldexp(part, BITS)), power - BITS)
