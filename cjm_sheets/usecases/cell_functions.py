"""Decides what the functions for cells give, from nothing but the cells that they are given.

They are the live formulas of the workbook in the form of functions: what a formula leaves blank,
they leave blank. Settings that are not given are those of a fresh workbook.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from cjm_sheets.model.journey import Pain
from cjm_sheets.model.scales import Settings
from cjm_sheets.model.scores import PainScore
from cjm_sheets.scoring.pain_scores import score_pain
from cjm_sheets.scoring.weights import exponents, weights
from cjm_sheets.tables import schema
from cjm_sheets.tables.codec import value_of
from cjm_sheets.tables.table import Raw
from cjm_sheets.tables.to_model import row_of, settings_of

Rows = Sequence[Sequence[Raw]]
"""Cells, line by line."""

BLANK = ""


@dataclass(frozen=True, slots=True)
class Told:
    """What the cells of a pain say; `sources` is how many kinds of source tell of it."""

    hit: Raw = None
    observed: Raw = None
    guess: Raw = None
    severity: Raw = None
    reach: Raw = None
    moment: Raw = None
    sources: Raw = None


def evidenced(told: Told, settings: Rows | None = None) -> float | str:
    """Return the score of a pain as far as it can be shown, 0 to 100; blank if one is missing."""
    return _shown(_score(told, settings).evidenced)


def if_true(told: Told, settings: Rows | None = None) -> float | str:
    """Return the score of a pain if all that is said of it is true, 0 to 100."""
    return _shown(_score(told, settings).if_true)


def grade(told: Told) -> str:
    """Return how far a pain can be trusted, A to D."""
    return _score(told, None).grade


def frequency_low(told: Told, settings: Rows | None = None) -> float | str:
    """Return the lower end of Wilson's interval for hit of observed people, 0 to 1."""
    return _shown(_score(told, settings).frequency_low)


def frequency_high(told: Told, settings: Rows | None = None) -> float | str:
    """Return the upper end of Wilson's interval for hit of observed people, 0 to 1."""
    return _shown(_score(told, settings).frequency_high)


def _score(told: Told, rows: Rows | None) -> PainScore:
    settings = Settings() if rows is None else _settings(rows)
    cells = ("severity", "hit", "observed", "guess", "reach")
    # Without words a pain has no grade; whoever asks for its score has some elsewhere.
    pain: Pain = row_of("Pains", {key: getattr(told, key) for key in cells} | {"pain": "?"})
    step = row_of("Touchpoints", {"moment_of_truth": told.moment})
    parts = exponents(weights(settings))
    return score_pain(pain, step, _whole(told.sources), settings, parts)


def _settings(rows: Rows) -> Settings:
    """Return what a block of cells says: keys in its first column, values in its second."""
    value = schema.BY_KEY["Settings"].by_key["value"]
    return settings_of(
        (str(row[0]).strip(), value_of(row[1], value)) for row in rows if len(row) > 1 and row[0]
    )


def _whole(cell: Raw) -> int:
    if isinstance(cell, bool) or not isinstance(cell, int | float) or not math.isfinite(cell):
        return 0
    return int(cell)


def _shown(number: float | None) -> float | str:
    return BLANK if number is None else number
