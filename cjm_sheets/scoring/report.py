"""Decides how scores are reported: the document for programs and the lines for people."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from cjm_sheets.model.scores import PainScore
from cjm_sheets.model.workbook import Workbook
from cjm_sheets.scoring.firmness import Firmness, Standing
from cjm_sheets.scoring.firmness_words import standing_in_words, top_sentence
from cjm_sheets.scoring.ranking import research_next
from cjm_sheets.words.catalogue import count, say
from cjm_sheets.words.mark import N_

SCHEMA = "cjm-sheets/1"

_WIDEST = 60
"""Characters of a pain's words in a line."""

_NOT_SCORING = ("review_days", "overdue_days", "evidence_days", "severities", "limits")

HEADINGS = (N_("Rank"), N_("Shown"), N_("If true"), N_("Trust"), N_("Pain"), N_("How firm"))
_RESEARCH = N_("Research next")
_NO_SCORE = N_("No pain has a score yet.")


def document(workbook: Workbook, scores: Sequence[PainScore], firm: Firmness) -> dict[str, Any]:
    """Return the scores as one JSON-able document: ranked pains first, then those without a score.

    Scores lie between 0 and 100, shares between 0 and 1; what is not known is null.
    """
    ranked = {standing.position: standing for standing in firm.standings}
    unranked = [at for at in range(len(scores)) if at not in ranked]
    settings = asdict(workbook.settings)
    settings["grades"] = dict(workbook.settings.grades)
    return {
        "schema": SCHEMA,
        "pains": [_entry(workbook, scores, at, ranked.get(at)) for at in (*ranked, *unranked)],
        "top3_share": firm.top3_share,
        "settings": {key: settings[key] for key in settings if key not in _NOT_SCORING},
    }


def _entry(
    workbook: Workbook, scores: Sequence[PainScore], at: int, standing: Standing | None
) -> Mapping[str, Any]:
    """Return what there is to say of one pain."""
    score = scores[at]
    return {
        "row": score.id,
        "pain": workbook.pains[at].pain,
        "if_true": score.if_true,
        "evidenced": score.evidenced,
        "gap": score.gap,
        "grade": score.grade,
        "rank": standing and standing.rank,
        "rank_if_true": standing and standing.rank_if_true,
        "tied_with": [scores[other].id for other in standing.tied_with] if standing else [],
        "firm_share": standing and standing.firm_share,
        "best_rank": standing and standing.best_rank,
        "worst_rank": standing and standing.worst_rank,
    }


def lines(
    workbook: Workbook, scores: Sequence[PainScore], firm: Firmness, language: str
) -> list[str]:
    """Return the ranking, its firmness and what to research next as lines of text."""
    if not firm.standings:
        return [say(language, _NO_SCORE)]
    rows = [tuple(say(language, heading) for heading in HEADINGS)]
    rows += [_row(workbook, scores, standing, language) for standing in firm.standings]
    missing = len(scores) - len(firm.standings)
    text = [*aligned(rows, numbers=3), ""]
    if top := top_sentence(firm, language):
        text.append(top)
    if missing:
        text.append(count(language, "{n} pain has no score.", "{n} pains have no score.", missing))
    return [*text, *_research(workbook, scores, language)]


def _row(
    workbook: Workbook, scores: Sequence[PainScore], standing: Standing, language: str
) -> tuple[str, ...]:
    """Return the cells of one line."""
    score = scores[standing.position]
    firm = standing_in_words(standing, [of.id for of in scores], language)
    words = f"{score.id} {shortened(workbook.pains[standing.position].pain)}".strip()
    shown, if_true = (f"{number or 0:.1f}" for number in (score.evidenced, score.if_true))
    return (str(standing.rank), shown, if_true, score.grade, words, firm)


def _research(workbook: Workbook, scores: Sequence[PainScore], language: str) -> list[str]:
    """Return the lines that say about which pains to learn more."""
    positions = research_next(scores)
    rows = [
        (f"  +{scores[at].gap or 0:.1f}", f"{scores[at].id} {shortened(workbook.pains[at].pain)}")
        for at in positions
    ]
    return ["", say(language, _RESEARCH), *aligned(rows, numbers=1)] if rows else []


def aligned(rows: Sequence[Sequence[str]], numbers: int) -> list[str]:
    """Return rows of cells as lines with columns below each other, the first ones to the right."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return [
        "  ".join(
            cell.rjust(width) if at < numbers else cell.ljust(width)
            for at, (cell, width) in enumerate(zip(row, widths, strict=True))
        ).rstrip()
        for row in rows
    ]


def shortened(text: str, most: int = _WIDEST) -> str:
    r"""Return a text on one line, cut at a blank if it is too long.

    >>> shortened("a long way\nto go", 12)
    'a long way…'
    """
    line = " ".join(text.split())
    if len(line) <= most:
        return line
    return line[: most - 1].rsplit(" ", 1)[0] + "…"
