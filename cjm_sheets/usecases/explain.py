"""Decides how a rule or a score is explained: the rule's page, or the whole story of the score."""

from dataclasses import dataclass
from typing import Any

from cjm_sheets.checks.catalogue import rule_by_id
from cjm_sheets.checks.reference import as_text, page
from cjm_sheets.errors.asked import UnknownRowError
from cjm_sheets.model.journey import Pain
from cjm_sheets.model.scores import PainScore
from cjm_sheets.ports.store import Store
from cjm_sheets.usecases.reading import read_map
from cjm_sheets.usecases.score_around import Around, around, around_told
from cjm_sheets.usecases.score_cells import cells_read
from cjm_sheets.usecases.score_story import factors_told


def explain_rule(rule: str, language: str) -> str:
    """Return the reference page of a rule as text; UnknownRuleError if there is none."""
    return as_text(page(rule_by_id(rule), language))


@dataclass(frozen=True)
class Story:
    """Where the score of one pain comes from, and what to make of it.

    `typed` and `cells` have what was read and where, by column; `around` what else is known.
    """

    pain: Pain
    score: PainScore
    typed: dict[str, Any]
    cells: dict[str, list[str]]
    around: Around
    lines: tuple[str, ...]

    def document(self) -> dict[str, Any]:
        """Return the story as a JSON-able document."""
        score = self.score
        factors = {
            name: getattr(score, name)
            for name in (
                "severity", "frequency", "n", "frequency_low", "frequency_high", "reach", "moment",
            )
        }  # fmt: skip
        return {
            "schema": "cjm-sheets/1",
            "row": self.pain.id,
            "pain": self.pain.pain,
            "typed": self.typed,
            "cells": self.cells,
            "factors": factors,
            "sources": score.sources,
            "grade": score.grade,
            "if_true": score.if_true,
            "evidenced": score.evidenced,
            "gap": score.gap,
            **self.around.document(),
            "lines": list(self.lines),
        }


def explain_score(store: Store, row: str, language: str) -> Story:
    """Return the story of one pain's score, with the cells it was read from.

    Raises:
        UnknownRowError: the workbook has no pain of this id.
    """
    reading = read_map(store)
    wanted = row.strip().upper()
    for pain, score in zip(reading.workbook.pains, reading.scores, strict=True):
        if pain.id == wanted:
            cells = cells_read(reading, pain, score)
            beside = around(reading, score)
            told = (
                *factors_told(reading, pain, score, language),
                *around_told(reading, score, beside, cells, language),
            )
            return Story(pain, score, _typed(pain), cells, beside, told)
    raise UnknownRowError(row, store.name)


def _typed(pain: Pain) -> dict[str, Any]:
    """Return what stands in the row of a pain; null where nothing that can be read does."""
    typed = {
        name: getattr(pain, name)
        for name in ("severity", "hit", "observed", "guess", "reach", "extra_churn")
    }
    known = {name: None if value != value else value for name, value in typed.items()}  # noqa: PLR0124 - NaN is not itself
    return {**known, "touchpoint": pain.touchpoint, "evidence": list(pain.evidence)}
