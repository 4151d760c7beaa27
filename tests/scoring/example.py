"""Decides which pains the worked example of the scoring page consists of."""

from cjm_sheets.model.journey import Evidence, Pain, Touchpoint
from cjm_sheets.model.workbook import Workbook

NO, YES = False, True

ROWS = (
    # pain, severity, hit, observed, guess, reach, moment of truth, sources
    ("checkout drop-off", 4, 412, 1030, None, 0.45, NO, 2),
    ("long store queue", 3, 55, 140, None, 0.30, NO, 1),
    ("complicated login", 3, 9, 12, None, 0.60, NO, 1),
    ("breaks in year one", 5, 6, 200, None, 0.90, YES, 2),
    ("slow social replies", 3, 18, 60, None, 0.20, NO, 1),
    ("information overload", 4, None, None, 0.90, 0.80, YES, 0),
)


def workbook() -> Workbook:
    """Return the example: pains N1 to N6 at touchpoints T1 to T6, evidence E1 and E2."""
    return Workbook(
        touchpoints=tuple(
            Touchpoint(id=f"T{i}", name=row[0], reach=row[5], moment_of_truth=row[6])
            for i, row in enumerate(ROWS, start=1)
        ),
        evidence=(Evidence(id="E1", source="analytics"), Evidence(id="E2", source="survey")),
        pains=tuple(
            Pain(
                id=f"N{i}",
                touchpoint=f"T{i}",
                pain=row[0],
                severity=row[1],
                hit=row[2],
                observed=row[3],
                guess=row[4],
                evidence=("E1", "E2")[: row[7]],
            )
            for i, row in enumerate(ROWS, start=1)
        ),
    )
