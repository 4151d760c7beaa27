"""Decides between which ends a share lies that was seen in a sample: the score interval.

E. B. Wilson, Probable inference, the law of succession, and statistical inference, Journal of the
American Statistical Association 22 (1927), 209-212. The two ends are the shares whose own normal
spread just reaches the seen one, z standard deviations away; they stay within 0 to 1 and fit small
samples and extreme shares.
"""

import math


def lower(share: float, n: float, z: float) -> float | None:
    """Return the lower end for a share 0..1 of n > 0 people; exactly 0 if nobody had it.

    None if the numbers are too extreme to compute with.

    >>> round(lower(412 / 1030, 1030, 1.2816), 3), lower(0, 12, 1.2816)
    (0.381, 0.0)
    """
    if share == 0:
        return 0.0  # rounding would leave 1e-18, of which a cube root makes 1e-6
    return _bounded(share, n, z, -1)


def upper(share: float, n: float, z: float) -> float | None:
    """Return the upper end for a share 0..1 of n > 0 people.

    None if the numbers are too extreme to compute with.

    >>> round(upper(0, 10, 1.2816), 3)
    0.141
    """
    return _bounded(share, n, z, 1)


def _bounded(share: float, n: float, z: float, side: int) -> float | None:
    """Return one end, kept within 0 to 1; side is -1 or 1."""
    squared = z * z
    spread = z * math.sqrt(share * (1 - share) / n + (z / n / 2) * (z / n / 2))
    end = (share + squared / (2 * n) + side * spread) / (1 + squared / n)
    return min(1.0, max(0.0, end)) if math.isfinite(end) else None
