"""Decides in which lines the score of a pain is told: factor by factor, then both scores."""

from cjm_sheets.model.journey import Pain
from cjm_sheets.model.scores import PainScore
from cjm_sheets.usecases.reading import Reading
from cjm_sheets.usecases.score_cells import cell_of
from cjm_sheets.words.catalogue import say
from cjm_sheets.words.mark import N_

_MISSING = N_("not known")
_NO_SEVERITY = N_("How severe it is, from 1 to 5, is not known ({cell}).")
_NO_FREQUENCY = N_("How many people have it is not known ({cell}).")
_NO_REACH = N_("How many customers pass there is not known ({cell}).")
_NO_MOMENT = N_("A moment of truth, but Settings do not say what it counts.")


def factors_told(reading: Reading, pain: Pain, score: PainScore, language: str) -> list[str]:
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
    cell = cell_of(reading, "Pains", "severity", pain.line)
    if score.severity is None:
        return say(language, _NO_SEVERITY, cell=cell)
    return say(
        language,
        N_("Severity {severity} ({cell}) counts {factor}; Settings say so."),
        severity=_or_missing(pain.severity, language),
        cell=cell,
        factor=_number(score.severity, language),
    )


def _frequency(reading: Reading, pain: Pain, score: PainScore, language: str) -> str:
    if score.frequency is None:
        return say(language, _NO_FREQUENCY, cell=cell_of(reading, "Pains", "hit", pain.line))
    if not pain.observed:
        return say(
            language,
            N_("A guess of {share} ({cell}) counts as two people; at least {low}."),
            share=_percent(score.frequency, language),
            cell=cell_of(reading, "Pains", "guess", pain.line),
            low=_percent(score.frequency_low, language),
        )
    return say(
        language,
        N_(
            "{hit} of {observed} people had it ({cell}): {share}; nine times in ten at least {low}."
        ),
        hit=_or_missing(pain.hit, language),
        observed=_or_missing(pain.observed, language),
        cell=cell_of(reading, "Pains", "hit", pain.line),
        share=_percent(score.frequency, language),
        low=_percent(score.frequency_low, language),
    )


def _reach(reading: Reading, pain: Pain, score: PainScore, language: str) -> str:
    at = next((t for t in reading.workbook.touchpoints if t.id == pain.touchpoint), None)
    own = pain.reach is not None
    cell = (
        cell_of(reading, "Pains", "reach", pain.line)
        if own or at is None
        else cell_of(reading, "Touchpoints", "reach", at.line)
    )
    if score.reach is None:
        return say(language, _NO_REACH, cell=cell)
    return say(
        language,
        N_("{share} of customers pass there ({cell})."),
        share=_percent(score.reach, language),
        cell=cell,
    )


def _moment(score: PainScore, language: str) -> str:
    if score.moment is None:
        return say(language, _NO_MOMENT)
    if score.moment == 1:
        return say(language, N_("No moment of truth: nothing is added."))
    return say(language, N_("A moment of truth: times {factor}."), factor=f"{score.moment:.3f}")


def _trust(reading: Reading, pain: Pain, score: PainScore, language: str) -> str:
    return say(
        language,
        N_("Kinds of source: {sources} ({cell}). Trust {grade} leaves {factor} of the score."),
        sources=score.sources,
        cell=cell_of(reading, "Pains", "evidence", pain.line),
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


def _or_missing(value: float | None, language: str) -> str:
    return say(language, _MISSING) if value is None else f"{value:g}"


def _number(value: float | None, language: str) -> str:
    return say(language, _MISSING) if value is None else f"{value:.3g}"


def _percent(value: float | None, language: str) -> str:
    return say(language, _MISSING) if value is None else f"{100 * value:.3g} %"
