"""Decides whether the first place rests on a single row of evidence."""

from collections.abc import Sequence
from dataclasses import replace

from cjm_sheets.model.scores import PainScore
from cjm_sheets.model.workbook import Workbook
from cjm_sheets.scoring.pain_scores import score_pains
from cjm_sheets.scoring.ranking import first
from cjm_sheets.scoring.sources import listed_rows, sources_by_id


def decisive_evidence(workbook: Workbook, scores: Sequence[PainScore]) -> tuple[int, ...]:
    """Return the evidence rows without any one of which another pain would be first.

    They are indices into the workbook's evidence; () means that the first place survives the loss
    of any single row. A lost row can only lower grades, so only those of the first pain matter.
    Time: for each of these rows, one scoring of the pains that list it.
    """
    leader = first(scores)
    if leader is None:
        return ()
    rows = listed_rows(workbook.pains[leader].evidence, sources_by_id(workbook.evidence))
    return tuple(row for row in sorted(rows) if _first_without(row, workbook, scores) != leader)


def _first_without(row: int, workbook: Workbook, scores: Sequence[PainScore]) -> int | None:
    """Return the position of the pain that is first when an evidence row is left out."""
    lost = workbook.evidence[row].id
    listing = [at for at, pain in enumerate(workbook.pains) if lost in pain.evidence]
    left = replace(
        workbook,
        evidence=(*workbook.evidence[:row], *workbook.evidence[row + 1 :]),
        pains=tuple(workbook.pains[at] for at in listing),
    )
    then = list(scores)
    for at, score in zip(listing, score_pains(left), strict=True):
        then[at] = replace(score, position=at)
    return first(then)
