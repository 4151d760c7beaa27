"""Decides what the sheets that rank the pains are told of each pain, and of the ranking itself."""

from cjm_sheets.scoring.firmness import Firmness, Standing, firmness
from cjm_sheets.scoring.firmness_words import (
    first_place_in_words,
    standing_in_words,
    top_sentence,
    without_grades_in_words,
)
from cjm_sheets.scoring.leave_one_out import decisive_evidence
from cjm_sheets.scoring.methods_report import TITLES, agreement_in_words, rules_in_words
from cjm_sheets.scoring.other_methods import (
    METHODS,
    OPPORTUNITY,
    PRODUCT,
    RICE,
    RISK,
    agreements,
    other_values,
)
from cjm_sheets.scoring.ranking import research_next
from cjm_sheets.scoring.without_grades import ranks_without_grades
from cjm_sheets.tables import a1
from cjm_sheets.templates.ranking_sheets import Comparison, RankedPain
from cjm_sheets.usecases.reading import Reading
from cjm_sheets.words.catalogue import say

_MOST = 50
"""Pains about which to learn more that are listed."""


_NUMBERS = {PRODUCT: "0.00", RICE: "#,##0", RISK: "0", OPPORTUNITY: "0"}
"""How the values of other methods are formatted."""


class Rankings:
    """The scored pains of a map in their order, and what there is to say of it."""

    def __init__(self, reading: Reading) -> None:
        self._reading = reading
        self._language = reading.snapshot.language
        self._firm: Firmness = firmness(reading.scores, reading.workbook.settings)
        self._standings = {of.position: of for of in self._firm.standings}
        self._ids = [score.id for score in reading.scores]
        self._without = ranks_without_grades(reading.workbook)
        self._values = other_values(reading.workbook, reading.scores)

    def ranked(self) -> tuple[RankedPain, ...]:
        """Return the pains, worst first as far as can be shown."""
        return tuple(self._pain(standing) for standing in self._firm.standings)

    def research(self) -> tuple[RankedPain, ...]:
        """Return the pains about which to learn more, the widest gap first."""
        positions = research_next(self._reading.scores, _MOST)
        return tuple(self._pain(self._standings[at]) for at in positions if at in self._standings)

    def says(self) -> list[str]:
        """Return what there is to say of the ranking as a whole."""
        if not self._firm.standings:
            return []
        workbook = self._reading.workbook
        rows = decisive_evidence(workbook, self._reading.scores)
        rests = first_place_in_words([workbook.evidence[row].id for row in rows], self._language)
        first = self._firm.standings[0].position
        without = min(self._without, key=self._without.__getitem__)
        said = (
            top_sentence(self._firm, self._language),
            rests,
            without_grades_in_words(self._ids[first], self._ids[without], self._language),
        )
        return [sentence for sentence in said if sentence]

    def comparison(self) -> Comparison:
        """Return what other methods are called, whether they agree, and where they come from."""
        language = self._language
        if not self._firm.standings:
            return Comparison()
        first = self._firm.standings[0].position
        agreed = agreements(self._values, self._reading.scores, first)
        titles = tuple(say(language, TITLES[method]) for method in METHODS)
        agreement = agreement_in_words(agreed, self._ids[first], language)
        numbers = tuple(_NUMBERS[method] for method in METHODS)
        return Comparison(titles, numbers, (agreement, *rules_in_words(language)))

    def _pain(self, standing: Standing) -> RankedPain:
        at = standing.position
        score, pain = self._reading.scores[at], self._reading.workbook.pains[at]
        firm = standing_in_words(standing, self._ids, self._language)
        sheet, cell = self._place(pain.line)
        return RankedPain(
            standing.rank, score.id, pain.pain, self._step(pain.touchpoint), sheet, cell,
            score.evidenced or 0, score.if_true or 0, score.grade, firm, self._without[at],
            None if score.n is None else int(pain.observed or 0), score.sources,
            score.value_at_risk, score.value_low, score.value_high,
            tuple(self._values[method][at] for method in METHODS),
        )  # fmt: skip

    def _step(self, touchpoint: str) -> str:
        steps = self._reading.workbook.touchpoints
        name = next((step.name for step in steps if step.id == touchpoint), "")
        return f"{touchpoint} {name}".strip()

    def _place(self, line: int) -> tuple[str, str]:
        """Return the sheet of a pain, and the cell with its words."""
        table = self._reading.decoded["Pains"].table
        placed = table.by_key.get("pain")
        return table.sheet, a1.cell(line, placed.at if placed else 1)
