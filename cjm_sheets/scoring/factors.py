"""Decides what of a pain's row enters its score, and when an input counts as missing.

Something that stands in a cell but is no number (NaN in the model) is not missing there: it gives
a blank and no fall-back, as a live formula sees it.
"""

from collections.abc import Mapping

from cjm_sheets.model.journey import Pain, Touchpoint
from cjm_sheets.model.scales import Settings

GUESS_COUNTS_AS = 2
"""People that a guess stands for, so that it never outweighs anything observed."""


def is_share(number: float | None) -> bool:
    """Tell whether a number lies between 0 and 1 (NaN and None do not)."""
    return number is not None and 0 <= number <= 1


def frequency(pain: Pain) -> float | None:
    """Return the share of people who had the pain: k of n, else the guess; None if impossible.

    A guess counts only while k and n are both blank or 0.
    """
    hit, observed = pain.hit, pain.observed
    if hit is not None and hit == hit and observed is not None and observed > 0:  # noqa: PLR0124 - NaN is not itself
        return hit / observed if 0 <= hit <= observed else None
    nothing_counted = hit in {None, 0} and observed in {None, 0}
    return pain.guess if nothing_counted and is_share(pain.guess) else None


def people(pain: Pain) -> float:
    """Return of how many people a frequency speaks; a guess stands for 2."""
    observed = pain.observed
    return observed if observed is not None and observed > 0 else GUESS_COUNTS_AS


def severity(pain: Pain, settings: Settings) -> float | None:
    """Return what the severity counts; None unless it is one of 1 to 5 and Settings has it."""
    typed = pain.severity
    return settings.severity[typed - 1] if typed is not None and 1 <= typed <= 5 else None  # noqa: PLR2004 - the scale of severity


def reach(pain: Pain, at: Touchpoint | None) -> float | None:
    """Return the share of customers who pass: the pain's own if it has any, else its step's."""
    own = pain.reach
    share = own if own is not None or at is None else at.reach
    return share if is_share(share) else None


def moment(at: Touchpoint | None, settings: Settings) -> float | None:
    """Return what a moment of truth multiplies a score by, 1 where there is none.

    It is the cube root of the factor in Settings; None if that is missing or not above 0.
    """
    if at is None or not at.moment_of_truth:
        return 1.0
    factor = settings.moment_factor
    return factor ** (1 / 3) if factor is not None and factor > 0 else None


def touchpoints_by_id(touchpoints: tuple[Touchpoint, ...]) -> Mapping[str, Touchpoint]:
    """Return the steps by their ids; of several with the same id the first one."""
    return {row.id: row for row in reversed(touchpoints) if row.id}
