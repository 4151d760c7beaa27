"""Decides what else is told of a score: its rank and firmness, what would raise it, its worth."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from cjm_sheets.model.scores import PainScore
from cjm_sheets.scoring import methods_report, metrics_report
from cjm_sheets.scoring.firmness import Standing, firmness
from cjm_sheets.scoring.firmness_words import standing_in_words
from cjm_sheets.scoring.metric_intervals import Measured, measured
from cjm_sheets.scoring.other_methods import METHODS, other_values
from cjm_sheets.scoring.raising import Way, ways_up
from cjm_sheets.scoring.report import value_range
from cjm_sheets.scoring.without_grades import ranks_without_grades
from cjm_sheets.usecases.reading import Reading
from cjm_sheets.words.catalogue import count, say
from cjm_sheets.words.mark import N_

_READ = N_("Read from: {cells}.")
_RANK = N_("Rank {rank} of {all} ({firm}); if all were true {if_true}, without grades {without}.")
_VALUE = N_("Value at risk a year: {range}.")
_OTHERS = N_("Other methods: {values}.")
_METRIC = N_("Metric at this step: {name} {value} ({range}).")
_RAISES = N_("What would raise trust {grade}:")
_BEST = N_("Trust {grade} is the highest there is.")
_BOTH = N_("{people} and {kinds}")
_WAY = N_("  {what}: trust {grade}")
_WAY_SCORE = N_("  {what}: trust {grade}; the score shown would be {score} if the share held")


@dataclass(frozen=True)
class Around:
    """What is known of a score beside its factors; no standing while there is none."""

    standing: Standing | None
    without_grades: int | None
    tied_with: tuple[str, ...]
    ranked: int
    ways: tuple[Way, ...]
    values: tuple[float | None, float | None, float | None]
    methods: Mapping[str, float | None]
    metrics: tuple[Measured, ...]

    def document(self) -> dict[str, Any]:
        """Return it as JSON has it, under the keys that `score --json` has."""
        standing = self.standing
        low, shown, high = self.values
        return {
            "rank": standing and standing.rank,
            "rank_if_true": standing and standing.rank_if_true,
            "rank_without_grades": self.without_grades,
            "tied_with": list(self.tied_with),
            "firm_share": standing and standing.firm_share,
            "best_rank": standing and standing.best_rank,
            "worst_rank": standing and standing.worst_rank,
            "raises": [asdict(way) for way in self.ways],
            "value_at_risk": shown,
            "value_low": low,
            "value_high": high,
            "methods": dict(self.methods),
            "metrics": metrics_report.document(self.metrics),
        }


def around(reading: Reading, score: PainScore) -> Around:
    """Return what there is beside the factors of a score."""
    workbook, scores, at = reading.workbook, reading.scores, score.position
    standings = firmness(scores, workbook.settings).standings
    standing = next((each for each in standings if each.position == at), None)
    values = other_values(workbook, scores)
    step = workbook.pains[at].touchpoint
    here = [row for row in workbook.metrics if step and row.touchpoint == step]
    return Around(
        standing,
        ranks_without_grades(workbook).get(at) if standing else None,
        tuple(scores[other].id for other in standing.tied_with) if standing else (),
        len(standings),
        ways_up(workbook, score),
        (score.value_low, score.value_at_risk, score.value_high),
        {method: values[method][at] for method in METHODS},
        measured(here, workbook.settings),
    )


def around_told(
    reading: Reading,
    score: PainScore,
    known: Around,
    cells: Mapping[str, Sequence[str]],
    language: str,
) -> Iterator[str]:
    """Yield the lines below the factors of a score."""
    read = list(dict.fromkeys(cell for found in cells.values() for cell in found))
    yield say(language, _READ, cells=", ".join(read))
    if known.standing is not None:
        yield ""
        yield say(
            language,
            _RANK,
            rank=known.standing.rank,
            all=known.ranked,
            firm=standing_in_words(known.standing, [s.id for s in reading.scores], language),
            if_true=known.standing.rank_if_true,
            without=known.without_grades,
        )
        yield from _others(known, language)
    yield from _raises(score, known, language)
    if score.value_low is not None:
        worth = f"{value_range(score, language)} {reading.workbook.settings.currency}".rstrip()
        yield say(language, _VALUE, range=worth)
    for figure in known.metrics:
        name, value, range_ = metrics_report.cells(figure, language)
        yield say(language, _METRIC, name=name, value=value, range=range_)


def _others(known: Around, language: str) -> Iterator[str]:
    values = [
        f"{say(language, methods_report.TITLES[method])} {methods_report.number(method, value)}"
        for method, value in known.methods.items()
        if value is not None
    ]
    if values:
        yield say(language, _OTHERS, values=", ".join(values))


def _raises(score: PainScore, known: Around, language: str) -> Iterator[str]:
    if not score.grade:
        return
    if not known.ways:
        yield say(language, _BEST, grade=score.grade)
        return
    yield say(language, _RAISES, grade=score.grade)
    for way in known.ways:
        text = _WAY if way.evidenced is None else _WAY_SCORE
        shown = f"{way.evidenced or 0:.1f}"
        yield say(language, text, what=_what(way, language), grade=way.grade, score=shown)


def _what(way: Way, language: str) -> str:
    people = count(language, "{n} more person", "{n} more people", way.people)
    kinds = count(language, "{n} more kind of source", "{n} more kinds of source", way.kinds)
    if way.people and way.kinds:
        return say(language, _BOTH, people=people, kinds=kinds)
    return people if way.people else kinds
