"""Decides which evidence would raise the grade of a pain, and what its score would be then."""

from dataclasses import dataclass, replace

from cjm_sheets.model.journey import Evidence, Pain
from cjm_sheets.model.scores import PainScore
from cjm_sheets.model.workbook import Workbook
from cjm_sheets.scoring import factors
from cjm_sheets.scoring.grades import MANY, SOME, TRIANGULATED, grade
from cjm_sheets.scoring.pain_scores import score_pains


@dataclass(frozen=True, slots=True)
class Way:
    """More people to ask and more kinds of source to find, and the grade that they make.

    `evidenced` is the score that could be shown then if the share of those who have the pain stayed
    the same; None while there is no score.
    """

    people: int
    kinds: int
    grade: str
    evidenced: float | None


def ways_up(workbook: Workbook, score: PainScore) -> tuple[Way, ...]:
    """Return the least that raises the grade of a pain, the best grade last; none for grade A.

    Asking people up to the next limits, finding enough kinds of source, and both are looked at.
    Each of these raises the grade or is left out, so none of them asks for more than it gives.
    """
    if not score.grade:
        return ()
    asked = people_asked(workbook.pains[score.position], score)
    ways = [
        (max(0, people - asked), max(0, kinds - score.sources))
        for people in (asked, SOME, MANY)
        for kinds in (score.sources, TRIANGULATED)
    ]
    graded = {way: grade(asked + way[0], score.sources + way[1]) for way in ways}
    better = {way: made for way, made in graded.items() if made < score.grade}
    return tuple(
        Way(*way, better[way], _shown(workbook, score, way))
        for way in sorted(better, key=lambda way: (-ord(better[way]), way))
    )


def people_asked(pain: Pain, score: PainScore) -> int:
    """Return how many people were asked; nobody where the frequency is a guess or not known."""
    return 0 if score.n is None or not pain.observed else int(score.n)


def _shown(workbook: Workbook, score: PainScore, way: tuple[int, int]) -> float | None:
    """Return what could be shown with more people of the same share and more kinds of source."""
    pain = workbook.pains[score.position]
    people = people_asked(pain, score) + way[0] or factors.GUESS_COUNTS_AS
    share = score.frequency
    if share is None:
        return None
    kinds = tuple(
        Evidence(id=f"+{number}", source=f"+{number}") for number in range(score.sources + way[1])
    )
    then = replace(
        pain,
        hit=share * people,
        observed=people,
        guess=None,
        evidence=tuple(kind.id for kind in kinds),
    )
    return score_pains(replace(workbook, pains=(then,), evidence=kinds))[0].evidenced
