"""Decides between which ends a measured figure lies: a share, a mean on a scale, an NPS.

Of numbers on a scale from a to b with the mean m no variance is greater than (m - a)(b - m), which
is that of a crowd in which everybody answers a or b (R. Bhatia and C. Davis, A better bound on the
variance, American Mathematical Monthly 107 (2000), 353-357). So the score interval of a share
(Wilson 1927, see wilson) of (m - a) / (b - a) is the widest that such a mean can have. It is exact
in this sense for shares and cautious for means, and needs only the mean and the number of answers.

An NPS is 100 times the mean of answers that count -1, 0 or 1 (F. Reichheld, The one number you need
to grow, Harvard Business Review 81 (December 2003)), so it is such a mean: most uncertain if nobody
answered in between. CES has the scale 1 to 7 unless its unit says otherwise; CSAT is a share.
"""

import math
import re
from collections.abc import Iterable
from dataclasses import dataclass

from cjm_sheets.model.journey import Metric
from cjm_sheets.model.scales import Settings
from cjm_sheets.scoring import wilson

LEAST = 2
"""People below whom there is no interval: one answer shows nothing of how answers differ."""

ENOUGH = 30
"""People below whom a figure is a hint at most."""

GIVEN, RECKONED = "given", "reckoned"
NO_PEOPLE, TOO_FEW, OFF_SCALE, UNCLEAR, NOT_THIS, NO_Z = (
    "no_people", "too_few", "off_scale", "unclear_unit", "not_this_kind", "no_z",
)  # fmt: skip

Scale = tuple[float, float]

_SHARES = frozenset({"csat", "drop-off", "conversion", "retention"})
_EFFORT: Scale = (1, 7)
_PROMOTERS: Scale = (-100, 100)
_RATING = 10
"""A CSAT up to here without a unit may be a mean of stars or points, and no share at all."""

_NUMBER = re.compile(r"\d+(?:[.,]\d+)?")


@dataclass(frozen=True, slots=True)
class Measured:
    """A metric with its range: from `low` to `high` in the unit of its value, None if unknown.

    `how` tells whether the range was given in the row, reckoned, or why there is none.
    """

    metric: Metric
    low: float | None
    high: float | None
    how: str

    @property
    def is_hint(self) -> bool:
        """Tell whether so few people stand behind it that it is a hint at most."""
        return self.metric.n is not None and self.metric.n < ENOUGH


def measured(metrics: Iterable[Metric], settings: Settings) -> tuple[Measured, ...]:
    """Return the metrics that have a value, with their ranges, in their order."""
    return tuple(
        _measured(metric, settings.z) for metric in metrics if _known(metric.value) is not None
    )


def within(value: float, scale: Scale, n: float, z: float) -> tuple[float, float] | None:
    """Return the ends for a mean of n answers on a scale; z as for wilson.

    None off the scale, for fewer than two answers, or for numbers too extreme to compute with.

    >>> [round(end, 1) for end in within(40, (-100, 100), 100, 1.2816)]
    [27.7, 51.0]
    """
    least, most = scale
    if not least <= value <= most or n < LEAST or not z > 0:
        return None
    share = (value - least) / (most - least)
    low, high = wilson.lower(share, n, z), wilson.upper(share, n, z)
    if low is None or high is None:
        return None
    return least + low * (most - least), least + high * (most - least)


def scale_of(metric: Metric) -> Scale | None:
    """Return the scale of a metric; None if its unit does not make clear which one it is.

    Shares are fractions up to 1 and per cent above. A unit such as 1-5 or /5 names a scale.
    """
    if metric.definition == "nps":
        return _PROMOTERS
    named = _named_scale(metric.unit)
    if named is not None:
        return named
    if metric.definition == "ces":
        return _EFFORT
    value = metric.value or 0.0
    rating = metric.definition == "csat" and 1 < value <= _RATING and "%" not in metric.unit
    return None if rating else (0, 1) if value <= 1 else (0, 100)


def _named_scale(unit: str) -> Scale | None:
    """Return the scale that a unit names.

    >>> _named_scale("1-5"), _named_scale("/ 7"), _named_scale("%"), _named_scale("points")
    ((1.0, 5.0), (1.0, 7.0), None, None)
    """
    numbers = [float(found.replace(",", ".")) for found in _NUMBER.findall(unit)]
    match numbers:
        case [least, most] if least < most:
            return least, most
        case [most] if most > 1 and "%" not in unit:
            return 1.0, most
    return None


def _measured(metric: Metric, z: float | None) -> Measured:
    low, high = _known(metric.low), _known(metric.high)
    if low is not None or high is not None:
        return Measured(metric, low, high, GIVEN)
    why, scale = _why_none(metric, z), scale_of(metric)
    if why or scale is None:
        return Measured(metric, None, None, why)
    ends = within(metric.value or 0.0, scale, metric.n or 0, z or 0.0)
    if ends is None:
        return Measured(metric, None, None, OFF_SCALE)
    return Measured(metric, ends[0], ends[1], RECKONED)


def _why_none(metric: Metric, z: float | None) -> str:
    """Return why no range can be reckoned from what the row says, "" if one may be."""
    if metric.definition not in {*_SHARES, "nps", "ces"}:
        return NOT_THIS
    if metric.n is None or metric.n < 1:
        return NO_PEOPLE
    if metric.n < LEAST:
        return TOO_FEW
    if z is None or not z > 0:
        return NO_Z
    return "" if scale_of(metric) else UNCLEAR


def _known(value: float | None) -> float | None:
    """Return a number; None for what is missing or no number."""
    return None if value is None or not math.isfinite(value) else value
