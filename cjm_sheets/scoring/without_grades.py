"""Decides in which order pains stand if the trust grades did not count."""

from dataclasses import replace

from cjm_sheets.model.workbook import Workbook
from cjm_sheets.scoring.pain_scores import score_pains
from cjm_sheets.scoring.ranking import ranking


def ranks_without_grades(workbook: Workbook) -> dict[int, int]:
    """Return the rank of each scored pain, by its position, when every grade leaves all of a score.

    Time: one scoring of all pains.
    """
    even = tuple((grade, 1.0) for grade, _ in workbook.settings.grades)
    settings = replace(workbook.settings, grades=even)
    scores = score_pains(replace(workbook, settings=settings))
    return {ranked.position: ranked.rank for ranked in ranking(scores)}
