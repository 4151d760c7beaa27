"""Decides what every computed column shows: the values beside the live formulas of tables.formulas.

Templates and file writers store them as cached results, so that a program that does not calculate
on opening shows the right numbers. "" is what a formula shows as a blank.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date

from cjm_sheets.model.journey import Action, Opportunity, Pain
from cjm_sheets.model.scores import PainScore
from cjm_sheets.model.workbook import Workbook
from cjm_sheets.scoring.dates import is_overdue, next_review
from cjm_sheets.scoring.layout import Layout, packed
from cjm_sheets.scoring.payoff import evidenced_by_id, payoff
from cjm_sheets.scoring.targets import attainment
from cjm_sheets.tables import naming
from cjm_sheets.tables.table import Raw

Columns = Mapping[str, tuple[Raw, ...]]
"""Column key: one value for each row of the model."""

_SEPARATORS = str.maketrans("\n;,", "   ")
_BLANKS = re.compile(" +")


def computed_values(
    workbook: Workbook, scores: Sequence[PainScore], as_of: date, layout: Layout | None = None
) -> dict[str, Columns]:
    """Return the values of all computed columns: table key, column key, one value per model row.

    layout says how the rows lie (see layout.as_it_lies); without it they lie right below their
    headers. as_of stands for today. Dates are dates, shares lie between 0 and 1. Rows of a table
    with nothing but an id are rows here if the model has them as such.
    """
    lie = layout or packed(workbook)
    return {
        "Maps": {
            "next_review": _shown(next_review(row, workbook.settings) for row in workbook.maps)
        },
        "Stages": {"attainment": _shown(attainment(row) for row in workbook.stages)},
        "Pains": _pains(workbook.pains, scores, lie),
        "Opportunities": _opportunities(workbook.opportunities, scores, lie),
        "Actions": {"overdue": _overdue(workbook.actions, as_of, workbook.language)},
        "Evidence": {"row_no": lie.evidence},
    }


def _shown(values: Iterable[Raw]) -> tuple[Raw, ...]:
    """Return values as formulas show them."""
    return tuple("" if value is None else value for value in values)


_OF_SCORES: dict[str, Callable[[PainScore], Raw]] = {
    "frequency": lambda score: score.frequency,
    "frequency_low": lambda score: score.frequency_low,
    "frequency_high": lambda score: score.frequency_high,
    "n_used": lambda score: score.n,
    "severity_used": lambda score: score.severity,
    "reach_used": lambda score: score.reach,
    "moment_used": lambda score: score.moment,
    "grade": lambda score: score.grade,
    "if_true": lambda score: score.if_true,
    "evidenced": lambda score: score.evidenced,
    "gap": lambda score: score.gap,
    "value_at_risk": lambda score: score.value_at_risk,
    "value_low": lambda score: score.value_low,
    "value_high": lambda score: score.value_high,
}


def _pains(pains: Sequence[Pain], scores: Sequence[PainScore], lie: Layout) -> Columns:
    """Return the computed columns of Pains."""
    columns = {key: _shown(map(of, scores)) for key, of in _OF_SCORES.items()}
    columns["sources"] = tuple(
        score.sources if pain.pain else "" for pain, score in zip(pains, scores, strict=True)
    )
    columns["touchpoint_row"] = _shown(lie.touchpoints.get(pain.touchpoint) for pain in pains)
    columns["evidence_list"] = tuple(map(tokens_text, lie.pain_evidence))
    return columns


def _opportunities(
    opportunities: Sequence[Opportunity], scores: Sequence[PainScore], lie: Layout
) -> Columns:
    """Return the computed columns of Opportunities."""
    evidenced = evidenced_by_id(scores)
    lists = tuple(map(tokens_text, lie.opportunity_pains))
    return {
        "pains_list": lists,
        "payoff": _shown(
            payoff([t for t in text.split(" ") if t], row.relief, row.effort, evidenced)
            for row, text in zip(opportunities, lists, strict=True)
        ),
    }


def _overdue(actions: Sequence[Action], as_of: date, language: str) -> tuple[Raw, ...]:
    """Return yes or no in the workbook's language for each action that has a due date."""
    word = {True: "yes", False: "no"}
    late = (is_overdue(action, as_of) for action in actions)
    return tuple(
        "" if is_late is None else naming.word(language, "yes_no", word[is_late])
        for is_late in late
    )


def tokens_text(cell: str) -> str:
    r"""Return the references of a cell as other formulas search them: capitals between blanks.

    >>> tokens_text("e1; E11,e2\nE1"), tokens_text("")
    (' E1 E11 E2 E1 ', '  ')
    """
    return f" {_BLANKS.sub(' ', cell.upper().translate(_SEPARATORS)).strip(' ')} "
