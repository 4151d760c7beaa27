"""Decides what four known methods would give each pain, to hold against our ranking.

None of them enters a score. A method that lacks something for a pain gives nothing for it.

- Severity x frequency x reach: the plain product of what makes a problem bad. Severity 1 to 5 as
  typed, the other two as shares. That severity, how many meet it and how often belong together:
  J. Nielsen, Severity ratings for usability problems, Nielsen Norman Group (1994).
- RICE = reach x impact x confidence / effort: S. McBride, RICE: simple prioritization for product
  managers, Intercom (2018). Impact has its scale of .25, .5, 1, 2, 3.
- Risk priority number = severity x occurrence x detection, each 1 to 10, of failure mode and
  effects analysis (MIL-P-1629, 1949; IEC 60812). Occurrence has the failure rates of the handbook
  of the Automotive Industry Action Group (3rd edition, 2001).
- Opportunity score = importance + max(importance - satisfaction, 0), each up to 10: A. W. Ulwick,
  Turn customer input into innovation, Harvard Business Review 80 (January 2002).
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from cjm_sheets.model.journey import Pain, Touchpoint
from cjm_sheets.model.scales import Settings
from cjm_sheets.model.scores import PainScore
from cjm_sheets.model.workbook import Workbook
from cjm_sheets.scoring import factors

PRODUCT, RICE, RISK, OPPORTUNITY = "severity_frequency_reach", "rice", "rpn", "opportunity"

METHODS = (PRODUCT, RICE, RISK, OPPORTUNITY)
"""The methods by their keys in JSON, in the order in which they are shown."""

IMPACT = (0.25, 0.5, 1.0, 2.0, 3.0)
"""Impact of RICE for severity 1 to 5: minimal, low, medium, high, massive."""

_CUSTOMERS = 100
"""Customers of whom the reach of RICE speaks while Settings name no number."""

FAILURE_RATES = (1 / 150_000, 1 / 15_000, 1 / 2_000, 1 / 400, 1 / 80, 1 / 20, 1 / 8, 1 / 3, 1 / 2)
"""Shares from which on an occurrence counts 2, 3, ... 10; what is rarer counts 1."""

UNSEEN, SEEN_BY_EACH = 10, 3
"""A pain that nothing shows has detection 10; each thing that shows it takes 3 away, down to 1."""

_ALIKE = 1e-9
"""Relative difference below which two values share a place."""

Values = Mapping[str, tuple[float | None, ...]]
"""Method: its value for each pain, by position; None where it has none."""


@dataclass(frozen=True, slots=True)
class Agreement:
    """Who is first by a method: ids of the pains with its highest value.

    `agrees` tells whether ours is among them, None if the method has no value for ours or for no
    other pain.
    """

    method: str
    first: tuple[str, ...]
    agrees: bool | None


@dataclass(frozen=True, slots=True)
class _Row:
    """What the methods look at of one pain."""

    pain: Pain
    score: PainScore
    step: Touchpoint | None
    effort: int | None
    has_metric: bool
    settings: Settings


def other_values(workbook: Workbook, scores: Sequence[PainScore]) -> Values:
    """Return the value of each method for each pain, in the order of the workbook's pains."""
    rows = tuple(_rows(workbook, scores))
    return {method: tuple(of(row) for row in rows) for method, of in _OF.items()}


def agreements(
    values: Values, scores: Sequence[PainScore], first: int | None
) -> tuple[Agreement, ...]:
    """Return for each method whom it puts first, and whether that is the pain at `first`."""
    return tuple(_agreement(method, values[method], scores, first) for method in METHODS)


def _agreement(
    method: str,
    values: Sequence[float | None],
    scores: Sequence[PainScore],
    first: int | None,
) -> Agreement:
    known = {at: value for at, value in enumerate(values) if value is not None}
    top = max(known.values(), default=0.0)
    winners = [at for at, value in known.items() if value >= top * (1 - _ALIKE)]
    judged = first in known and len(known) > 1
    ids = tuple(scores[at].id for at in winners)
    return Agreement(method, ids, first in winners if judged else None)


def _rows(workbook: Workbook, scores: Sequence[PainScore]) -> Iterable[_Row]:
    steps = factors.touchpoints_by_id(workbook.touchpoints)
    efforts = _efforts(workbook)
    measured = {row.touchpoint for row in workbook.metrics if row.value is not None}
    for pain, score in zip(workbook.pains, scores, strict=True):
        yield _Row(
            pain,
            score,
            steps.get(pain.touchpoint),
            efforts.get(pain.id),
            bool(pain.touchpoint) and pain.touchpoint in measured,
            workbook.settings,
        )


def _efforts(workbook: Workbook) -> dict[str, int]:
    """Return the least effort of the ideas for each pain; dropped ideas do not count."""
    least: dict[str, int] = {}
    for idea in workbook.opportunities:
        if idea.effort is None or idea.effort < 1 or idea.status == "dropped":
            continue
        for pain in idea.pains:
            least[pain] = min(idea.effort, least.get(pain, idea.effort))
    return least


def _severity(row: _Row) -> int | None:
    """Return the severity as typed, if it is one of 1 to 5."""
    typed = row.pain.severity
    return typed if typed is not None and 1 <= typed <= len(IMPACT) else None


def product(row: _Row) -> float | None:
    """Return severity x frequency x reach, from 0 to 5."""
    severity = _severity(row)
    often, reach = row.score.frequency, row.score.reach
    if severity is None or often is None or reach is None:
        return None
    return severity * often * reach


def rice(row: _Row) -> float | None:
    """Return reach x impact x confidence / effort.

    Reach: the customers who come past and have the pain, of 100 while Settings name no number.
    Confidence: what the trust grade leaves. Effort: the least of an idea that would relieve it.
    """
    severity, settings = _severity(row), row.settings
    often, reach = row.score.frequency, row.score.reach
    confidence = settings.grade_factor(row.score.grade)
    if severity is None or often is None or reach is None:
        return None
    if confidence is None or row.effort is None:
        return None
    customers = _CUSTOMERS if settings.customers is None else settings.customers
    return customers * reach * often * IMPACT[severity - 1] * confidence / row.effort


def risk(row: _Row) -> float | None:
    """Return the risk priority number, from 1 to 1000.

    Severity counts twice as typed; occurrence is that of the frequency; detection is 10 less 3 for
    each kind of source that shows the pain, and for a metric that is followed at its step.
    """
    severity, often = _severity(row), row.score.frequency
    if severity is None or often is None:
        return None
    seen = row.score.sources + row.has_metric
    return 2 * severity * occurrence(often) * max(1, UNSEEN - SEEN_BY_EACH * seen)


def occurrence(share: float) -> int:
    """Return the occurrence 1 to 10 of a share.

    >>> occurrence(0), occurrence(0.05), occurrence(0.5)
    (1, 7, 10)
    """
    return 1 + sum(share >= rate for rate in FAILURE_RATES)


def opportunity(row: _Row) -> float | None:
    """Return importance + max(importance - satisfaction, 0), of the step, each 1 to 5 doubled."""
    if row.step is None:
        return None
    importance, satisfaction = row.step.importance, row.step.satisfaction
    if importance is None or satisfaction is None:
        return None
    if not (1 <= importance <= len(IMPACT) and 1 <= satisfaction <= len(IMPACT)):
        return None
    return 2.0 * (importance + max(importance - satisfaction, 0))


_OF: dict[str, Callable[[Any], float | None]] = {
    PRODUCT: product,
    RICE: rice,
    RISK: risk,
    OPPORTUNITY: opportunity,
}
