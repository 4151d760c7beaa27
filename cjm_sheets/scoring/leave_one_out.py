"""Decides whether the first place rests on a single row of evidence."""

from collections.abc import Sequence
from dataclasses import replace

from cjm_sheets.model.scores import PainScore
from cjm_sheets.model.workbook import Workbook
from cjm_sheets.scoring.pain_scores import score_pains
from cjm_sheets.scoring.ranking import ranking
from cjm_sheets.scoring.sources import listed_rows, sources_by_id


def decisive_evidence(workbook: Workbook, scores: Sequence[PainScore]) -> tuple[int, ...]:
    """Return the evidence rows without any one of which another pain would be first.

    They are indices into the workbook's evidence; () means that the first place survives the loss
    of any single row. A lost row can only lower grades, so only those of the first pain matter.
    Time: one scoring of all pains for each of these rows.
    """
    ranked = ranking(scores)
    if not ranked:
        return ()
    first = ranked[0].position
    rows = listed_rows(workbook.pains[first].evidence, sources_by_id(workbook.evidence))
    return tuple(row for row in sorted(rows) if _first_without(row, workbook) != first)


def _first_without(row: int, workbook: Workbook) -> int:
    """Return the position of the pain that is first when an evidence row is left out."""
    evidence = (*workbook.evidence[:row], *workbook.evidence[row + 1 :])
    return ranking(score_pains(replace(workbook, evidence=evidence)))[0].position
