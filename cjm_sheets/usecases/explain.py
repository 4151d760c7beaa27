"""Decides how a rule or a score is explained: the rule's page, or the score factor by factor."""

from dataclasses import dataclass
from typing import Any

from cjm_sheets.checks.catalogue import rule_by_id
from cjm_sheets.checks.reference import as_text, page
from cjm_sheets.errors import UnknownRowError
from cjm_sheets.model.journey import Pain
from cjm_sheets.model.scores import PainScore
from cjm_sheets.ports.store import Store
from cjm_sheets.tables.table import Table
from cjm_sheets.usecases.reading import Reading, read_map
from cjm_sheets.words.catalogue import say
from cjm_sheets.words.mark import N_

_MISSING = N_("not known")


def explain_rule(rule: str, language: str) -> str:
    """Return the reference page of a rule as text; UnknownRuleError if there is none."""
    return as_text(page(rule_by_id(rule), language))


@dataclass(frozen=True)
class Story:
    """Where the score of one pain comes from."""

    pain: Pain
    score: PainScore
    lines: tuple[str, ...]

    def document(self) -> dict[str, Any]:
        """Return the story as a JSON-able document."""
        score = self.score
        factors = {
            name: getattr(score, name)
            for name in ("severity", "frequency", "n", "frequency_low", "reach", "moment")
        }
        return {
            "schema": "cjm-sheets/1",
            "row": self.pain.id,
            "pain": self.pain.pain,
            "factors": factors,
            "sources": score.sources,
            "grade": score.grade,
            "if_true": score.if_true,
            "evidenced": score.evidenced,
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
            return Story(pain, score, tuple(_told(reading, pain, score, language)))
    raise UnknownRowError(row, store.name)


def _told(reading: Reading, pain: Pain, score: PainScore, language: str) -> list[str]:
    """Return the factors of a score, one a line, then both scores."""
    return [
        f"{pain.id}: {pain.pain}",
        "",
        _severity(reading, pain, score, language),
        _frequency(reading, pain, score, language),
        _reach(reading, pain, score, language),
        _moment(score, language),
        _trust(reading, pain, score, language),
        "",
        *_scores(reading, score, language),
    ]


def _severity(reading: Reading, pain: Pain, score: PainScore, language: str) -> str:
    text = N_("Severity {severity} ({cell}) counts {factor}; Settings say so.")
    return say(
        language,
        text,
        severity=_or_missing(pain.severity, language),
        cell=_cell(reading, "Pains", "severity", pain.line),
        factor=_number(score.severity, language),
    )


def _frequency(reading: Reading, pain: Pain, score: PainScore, language: str) -> str:
    if pain.hit is None and pain.observed is None and pain.guess is not None:
        return say(
            language,
            N_("A guess of {share} ({cell}) counts as two people; at least {low}."),
            share=_percent(score.frequency, language),
            cell=_cell(reading, "Pains", "guess", pain.line),
            low=_percent(score.frequency_low, language),
        )
    return say(
        language,
        N_(
            "{hit} of {observed} people had it ({cell}): {share}; nine times in ten at least {low}."
        ),
        hit=_or_missing(pain.hit, language),
        observed=_or_missing(pain.observed, language),
        cell=_cell(reading, "Pains", "hit", pain.line),
        share=_percent(score.frequency, language),
        low=_percent(score.frequency_low, language),
    )


def _reach(reading: Reading, pain: Pain, score: PainScore, language: str) -> str:
    at = next((t for t in reading.workbook.touchpoints if t.id == pain.touchpoint), None)
    own = pain.reach is not None
    cell = (
        _cell(reading, "Pains", "reach", pain.line)
        if own or at is None
        else _cell(reading, "Touchpoints", "reach", at.line)
    )
    return say(
        language,
        N_("{share} of customers pass there ({cell})."),
        share=_percent(score.reach, language),
        cell=cell,
    )


def _moment(score: PainScore, language: str) -> str:
    if score.moment is None or score.moment == 1:
        return say(language, N_("No moment of truth: nothing is added."))
    return say(language, N_("A moment of truth: times {factor}."), factor=f"{score.moment:.3f}")


def _trust(reading: Reading, pain: Pain, score: PainScore, language: str) -> str:
    return say(
        language,
        N_("Kinds of source: {sources} ({cell}). Trust {grade} leaves {factor} of the score."),
        sources=score.sources,
        cell=_cell(reading, "Pains", "evidence", pain.line),
        grade=score.grade or "–",
        factor=_percent(reading.workbook.settings.grade_factor(score.grade), language),
    )


def _scores(reading: Reading, score: PainScore, language: str) -> list[str]:
    if score.if_true is None or score.evidenced is None:
        return [say(language, N_("No score yet: what is not known above is needed first."))]
    settings = reading.workbook.settings
    weights = (settings.weight_severity, settings.weight_frequency, settings.weight_reach)
    root = " : ".join(_number(weight, language) for weight in weights)
    moment = f" × {score.moment:.3f}" if score.moment != 1 else ""
    severity, reach = _number(score.severity, language), _number(score.reach, language)
    often, low = _number(score.frequency, language), _number(score.frequency_low, language)
    factor = _number(settings.grade_factor(score.grade), language)
    return [
        say(
            language,
            N_("Score if true: 100 × mean({factors}){moment} = {score}"),
            factors=f"{severity}, {often}, {reach}",
            moment=moment,
            score=f"{score.if_true:.1f}",
        ),
        say(
            language,
            N_("Score shown: 100 × mean({factors}){moment} × {trust} = {score}"),
            factors=f"{severity}, {low}, {reach}",
            moment=moment,
            trust=factor,
            score=f"{score.evidenced:.1f}",
        ),
        say(
            language,
            N_("The mean is geometric, with the weights {weights}; the result is 100 at most."),
            weights=root,
        ),
    ]


def _cell(reading: Reading, table: str, column: str, line: int) -> str:
    """Return where a cell is; the sheet alone if there is no such column."""
    there: Table | None = next((t for t in reading.snapshot.tables if t.spec.key == table), None)
    return there.place(column, line) if there is not None else table


def _or_missing(value: float | None, language: str) -> str:
    return say(language, _MISSING) if value is None else f"{value:g}"


def _number(value: float | None, language: str) -> str:
    return say(language, _MISSING) if value is None else f"{value:.3g}"


def _percent(value: float | None, language: str) -> str:
    return say(language, _MISSING) if value is None else f"{100 * value:.3g} %"
