"""Decides how it is told how a persona's way feels: its mean, and what is left of it in memory."""

from collections.abc import Iterable, Sequence
from typing import Any

from cjm_sheets.model.workbook import Workbook
from cjm_sheets.scoring.columns import aligned
from cjm_sheets.scoring.curve import EmotionCurve
from cjm_sheets.words.catalogue import say
from cjm_sheets.words.mark import N_

_HEADING = N_("How the way feels, from -2 to +2 (Kahneman and others 1993)")
_NUMBERS = N_("mean {mean}, most extreme {peak}, last {end}: remembered as {remembered}")


def document(workbook: Workbook, curves: Iterable[EmotionCurve]) -> list[dict[str, Any]]:
    """Return the curves as JSON has them, one for each map and persona."""
    names = _names(workbook)
    return [
        {
            "map": curve.map,
            "persona": curve.persona,
            "name": names.get(curve.persona, ""),
            "moods": len(curve.moods),
            "mean": curve.mean,
            "peak": curve.peak,
            "end": curve.end,
            "remembered": curve.remembered,
        }
        for curve in curves
    ]


def lines(workbook: Workbook, curves: Sequence[EmotionCurve], language: str) -> list[str]:
    """Return the block for the terminal."""
    names = _names(workbook)
    several = len({curve.map for curve in curves}) > 1
    rows = [
        (f"  {_whose(curve, names, several=several)}", _numbers(curve, language))
        for curve in curves
    ]
    return ["", say(language, _HEADING), *aligned(rows, numbers=0)] if rows else []


def _names(workbook: Workbook) -> dict[str, str]:
    return {row.id: " ".join(row.name.split()) for row in reversed(workbook.personas) if row.id}


def _whose(curve: EmotionCurve, names: dict[str, str], *, several: bool) -> str:
    """Return the persona of a curve, with its map if there are several."""
    persona = f"{curve.persona} {names.get(curve.persona, '')}".strip()
    return f"{curve.map} {persona}".strip() if several or not persona else persona


def _numbers(curve: EmotionCurve, language: str) -> str:
    return say(
        language,
        _NUMBERS,
        mean=f"{curve.mean:+.1f}",
        peak=f"{curve.peak:+d}",
        end=f"{curve.end:+d}",
        remembered=f"{curve.remembered:+.1f}",
    )
