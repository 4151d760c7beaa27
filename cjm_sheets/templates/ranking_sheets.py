"""Decides how the sheets look that rank the pains of a day, and say which to learn more about.

They hold results, not formulas: how firm a rank is takes 125 rankings, which no cell should do.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from cjm_sheets.tables import naming, schema
from cjm_sheets.templates import looks, titles
from cjm_sheets.templates import start_words as words
from cjm_sheets.templates.heading import HEIGHTS, heading
from cjm_sheets.templates.plan import Cell, ColumnLook, Condition, Page, Sheet, Shown, Style
from cjm_sheets.templates.row_heights import row_heights
from cjm_sheets.words.catalogue import say
from cjm_sheets.words.mark import N_

_AS_OF = N_("As of {day}; write the scores again after you changed something.")
_GRADES = N_(
    "The trust grades are a rule of ours, not statistics. So the rank without them stands beside."
)
_NONE = N_("No pain has a score yet.")
_NO_GAP = N_("No pain could be worse than what you can show.")
_FIRM, _WITHOUT = N_("How firm"), N_("Rank without grades")
_WORTH, _RANGE = N_("Value at risk a year"), N_("From, to")

_HEAD_LINE = 5
_TEXT = Style(line=looks.RULE, wrap=True, align="left", valign="vcenter", indent=1)
_LINK = replace(_TEXT, underline=True, color="#22567C")
_PLACE = Style(line=looks.RULE, align="center", bold=True)
_POINTS = Style(line=looks.RULE, align="right", number="0.0", indent=1)
_MONEY = replace(_POINTS, number="#,##0")
_NOTE = Style(size=9, color=looks.QUIET)

_PER_LETTER = 1.0
"""Width that a bold letter of size 9 takes."""

_BARS = 3
"""The column whose numbers are shown as bars: the score, or the gap."""

_Column = tuple[str, float, Style]


@dataclass(frozen=True, slots=True)
class RankedPain:
    """A pain with its place: `sheet` and `cell` lead to its row, `firm` says how firm its rank is.

    Scores lie between 0 and 100; values are in the currency of Settings, None where unknown.
    `methods` has a value for each of the methods of a Comparison.
    """

    rank: int
    id: str
    pain: str
    step: str
    sheet: str
    cell: str
    shown: float
    if_true: float
    grade: str
    firm: str
    without_grades: int
    people: int | None
    sources: int
    value: float | None = None
    low: float | None = None
    high: float | None = None
    methods: tuple[float | None, ...] = ()

    @property
    def gap(self) -> float:
        """What lies between what could be and what can be shown."""
        return self.if_true - self.shown


@dataclass(frozen=True, slots=True)
class Comparison:
    """How other methods are headed and their numbers formatted.

    The `notes` below the table say how each one reckons, and who says so.
    """

    titles: tuple[str, ...] = ()
    numbers: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


def ranking_sheet(
    language: str,
    pains: Sequence[RankedPain],
    says: Sequence[str],
    day: date,
    comparison: Comparison = Comparison(),
) -> Sheet:
    """Return the sheet with the ranking; `says` are sentences about the ranking as a whole."""
    worth = any(pain.value is not None for pain in pains)
    columns = list(_ranking_columns(language, worth=worth))
    columns += [
        (title, 13.0, replace(_POINTS, number=number))
        for title, number in zip(comparison.titles, comparison.numbers, strict=True)
    ]
    rows = (_ranking_row(pain, worth=worth) for pain in pains)
    lead = " ".join((say(language, _AS_OF, day=day.isoformat()), say(language, _GRADES)))
    said = (titles.ranking(language), lead, " ".join(says), say(language, _NONE))
    sheet = _sheet(language, said, columns, list(rows), pains)
    below = _HEAD_LINE + max(1, len(pains)) + 2
    notes = (Cell(at, 2, note, _NOTE) for at, note in enumerate(comparison.notes, start=below))
    return replace(sheet, cells=(*sheet.cells, *notes))


def research_sheet(language: str, pains: Sequence[RankedPain], day: date) -> Sheet:
    """Return the sheet with the pains about which to learn more, the widest gap first."""
    columns = [
        (say(language, words.RANK), 8.0, _PLACE),
        (_label(language, "gap"), 10.0, _POINTS),
        (_label(language, "id"), 9.0, _LINK),
        (say(language, words.PAIN), 58.0, _TEXT),
        (say(language, words.STEP), 26.0, _TEXT),
        (say(language, words.MISSING), 58.0, _TEXT),
    ]
    rows: list[list[Shown]] = [
        [at, pain.gap, pain.id, pain.pain, pain.step, advice(language, pain)]
        for at, pain in enumerate(pains, start=1)
    ]
    said = {key: _label(language, key) for key in ("gap", "if_true", "evidenced")}
    lead = f"{say(language, _AS_OF, day=day.isoformat())} {say(language, words.ASK_WHY, **said)}"
    said_of = (titles.research(language), lead, "", say(language, _NO_GAP))
    return _sheet(language, said_of, columns, rows, pains)


def advice(language: str, pain: RankedPain) -> str:
    """Return how many people and sources there are for a pain, and what to ask for next."""
    people, alone = pain.people or 0, pain.sources < words.FIRM_SOURCES
    if people < words.FEW:
        next_ = words.ASK_FEW
    elif people < words.FIRM_PEOPLE:
        next_ = words.ASK_BOTH if alone else words.ASK_PEOPLE
    else:
        next_ = words.ASK_SOURCE if alone else words.ASK_MORE
    there = say(language, words.ASKED_SO_FAR, people=people, sources=pain.sources)
    return f"{there} {say(language, next_)}"


def _ranking_columns(language: str, *, worth: bool) -> Iterator[_Column]:
    yield say(language, words.RANK), 8.0, _PLACE
    yield _label(language, "evidenced"), 10.0, _POINTS
    yield _label(language, "if_true"), 10.0, _POINTS
    yield _label(language, "gap"), 10.0, _POINTS
    yield _label(language, "grade"), 9.0, _PLACE
    yield _label(language, "id"), 9.0, _LINK
    yield say(language, words.PAIN), 50.0, _TEXT
    yield say(language, words.STEP), 24.0, _TEXT
    yield say(language, _FIRM), 34.0, _TEXT
    yield say(language, _WITHOUT), 12.0, _PLACE
    if worth:
        yield say(language, _WORTH), 14.0, _MONEY
        yield say(language, _RANGE), 18.0, replace(_TEXT, align="right")


def _ranking_row(pain: RankedPain, *, worth: bool) -> list[Shown]:
    row: list[Shown] = [
        pain.rank, pain.shown, pain.if_true, pain.gap, pain.grade, pain.id, pain.pain, pain.step,
        pain.firm, pain.without_grades,
    ]  # fmt: skip
    if worth:
        known = pain.low is not None and pain.high is not None
        row += [pain.value, f"{pain.low:.0f} – {pain.high:.0f}" if known else None]
    return [*row, *pain.methods]


def _sheet(
    language: str,
    said: tuple[str, str, str, str],
    columns: Sequence[_Column],
    rows: Sequence[Sequence[Shown]],
    pains: Sequence[RankedPain],
) -> Sheet:
    """Return a sheet with a title, a lead and a row for each pain."""
    title, lead, more, empty = said
    widths = (ColumnLook(5.0), *(ColumnLook(_width(head, least)) for head, least, _ in columns))
    body = tuple(_body(columns, rows, pains))
    tone = looks.TONES["red"]
    heads = (
        Cell(_HEAD_LINE, at, head, looks.header(tone, computed=False))
        for at, (head, _, _) in enumerate(columns, start=2)
    )
    top = (*heading(language, title, lead), Cell(3, 2, more, looks.LEAD))
    nothing = () if rows else (Cell(_HEAD_LINE + 1, 2, empty, Style(size=11)),)
    first, last = _HEAD_LINE + 1, _HEAD_LINE + max(1, len(rows))
    bars = (Condition(_BARS, first, last, "bar", color=looks.BAR_STRONG),)
    return Sheet(
        title,
        cells=(*top, *heads, *body, *nothing),
        columns=widths,
        heights={**HEIGHTS, 3: HEIGHTS[2], _HEAD_LINE: 31.0} | row_heights(body, widths),
        conditions=bars if rows else (),
        frozen=(_HEAD_LINE, 0),
        page=Page(repeat=(_HEAD_LINE, _HEAD_LINE)),
        tab=tone.strong,
    )


def _body(
    columns: Sequence[_Column], rows: Sequence[Sequence[Shown]], pains: Sequence[RankedPain]
) -> Iterator[Cell]:
    for line, (row, pain) in enumerate(zip(rows, pains, strict=True), start=_HEAD_LINE + 1):
        for at, (value, (_, _, look)) in enumerate(zip(row, columns, strict=True), start=2):
            if look is _LINK:
                yield Cell(line, at, value, look, link=pain.sheet, spot=pain.cell)
            else:
                yield Cell(line, at, value, look)


def _width(head: str, least: float) -> float:
    """Return a width at which no word of a header is broken."""
    return max(least, max(map(len, head.split())) * _PER_LETTER + 2)


def _label(language: str, key: str) -> str:
    pains = schema.BY_KEY["Pains"]
    return naming.column_label(language, pains, pains.by_key[key])
