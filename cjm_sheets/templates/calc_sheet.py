"""Decides where on the hidden sheet Calc each name lies that live formulas read, and what it shows.

Single cells stand in columns A and B, one below the other; wider names each have columns of their
own to the right, from line 2 on. Behind them lie the picks: the rows of each table that others
refer to, as `T4 Product page`.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from cjm_sheets.tables import a1, calc, naming, schema
from cjm_sheets.tables.settings import OFFERS
from cjm_sheets.templates import content, looks, offers, titles
from cjm_sheets.templates.facts import (
    ASKED,
    STATUSES,
    TELLING_GAP,
    TOP,
    Facts,
    status_words,
    step_words,
)
from cjm_sheets.templates.plan import Cell, ColumnLook, Sheet, Shown, Style
from cjm_sheets.templates.structure import structured
from cjm_sheets.words.catalogue import say
from cjm_sheets.words.mark import N_

_NOTE = N_("This sheet works behind the others. Change nothing here; change {settings} instead.")
_FAR = 2000000
"""More than any line of a sheet."""

TYPE_NAME = "cjm_type"
"""Names the cell with the kind of map that the workbook was made for."""

_PICKS = {"Touchpoints": 300, "Opportunities": 200, "Stages": 100, "Personas": 100, "Maps": 50}
"""Rows of a table that can be picked from a list; those further down can still be typed."""

_FIRST_LINE, _SINGLES, _FIRST_BLOCK = 2, 2, 4
"""The line below the names of blocks, the column of single cells, that of the first block."""

_PLAIN = Style()
_HEAD = Style(bold=True, fill=looks.TONES["slate"].pale)

_Lines = tuple[tuple[str | float, ...], ...]


@dataclass(frozen=True, slots=True)
class _Block:
    """A name with its cells (text that begins with = is a canonical formula) and their results."""

    name: str
    rows: _Lines
    shown: tuple[tuple[Shown, ...], ...]


def calc_sheet(facts: Facts, today: date) -> Sheet:
    """Return the hidden sheet."""
    language = facts.content.language
    settings = naming.table_label(language, schema.BY_KEY["Settings"])
    cells = [Cell(1, 1, say(language, _NOTE, settings=settings), _HEAD)]
    for block, (line, column) in _places(_blocks(facts, today)):
        cells += _cells(facts.content, block, line, column)
    return Sheet(
        titles.CALC,
        cells=tuple(cells),
        columns=tuple(ColumnLook(24) for _ in range(_SINGLES)),
        visibility="hidden",
        gridlines=True,
    )


def names(facts: Facts, today: date) -> dict[str, str]:
    """Return the place of each name."""
    found = {}
    for block, (line, column) in _places(_blocks(facts, today)):
        last = a1.letters(column + len(block.rows[0]) - 1)
        first = f"{titles.CALC}!${a1.letters(column)}${line}"
        more = f":${last}${line + len(block.rows) - 1}"
        single = len(block.rows) == 1 and len(block.rows[0]) == 1
        found[block.name] = first if single else first + more
    return found


def _places(blocks: Iterator[_Block]) -> Iterator[tuple[_Block, tuple[int, int]]]:
    """Yield each block with its first line and column."""
    line, column = _FIRST_LINE, _FIRST_BLOCK
    for block in blocks:
        if len(block.rows) == 1 and len(block.rows[0]) == 1:
            yield block, (line, _SINGLES)
            line += 1
        else:
            yield block, (_FIRST_LINE, column)
            column += len(block.rows[0])


def _cells(of: content.Content, block: _Block, line: int, column: int) -> Iterator[Cell]:
    single = column == _SINGLES
    yield Cell(line if single else 1, 1 if single else column, block.name, _HEAD)
    for down, (row, shown) in enumerate(zip(block.rows, block.shown, strict=True)):
        for right, (value, result) in enumerate(zip(row, shown, strict=True)):
            formula = ""
            if isinstance(value, str) and value.startswith("="):
                formula = structured(of, value)
            look = Style(number="yyyy-mm-dd") if isinstance(result, date) else _PLAIN
            yield Cell(line + down, column + right, result, look, formula)


def _blocks(facts: Facts, today: date) -> Iterator[_Block]:
    """Yield all names with their cells."""
    language = facts.content.language
    known = _results(facts, today)
    for named in calc.names(lambda name, key: naming.word(language, name, key), naming.every_word):
        shown = tuple(tuple(known.get(v, v) for v in row) for row in named.rows)
        one = known.get(named.name)
        yield _Block(named.name, named.rows, ((one,),) if one is not None else shown)
    kind = facts.content.map_type
    yield _Block(TYPE_NAME, ((kind,),), ((kind,),))
    if "Pains" in facts.content.tables:
        yield from _ranking(facts)
    yield from _work(facts)
    for table in facts.content.tables:
        if content.name_column(table):
            yield _picks(facts, table)


def _results(facts: Facts, today: date) -> dict[str | float, Shown]:
    """Return what formulas of Calc show, by their text, or by their name where they reckon."""
    settings = {offer.key: facts.setting(offer.key) for offer in OFFERS}
    known: dict[str | float, Shown] = {
        calc.setting(key): "" if value is None else value for key, value in settings.items()
    }
    weights = [settings[f"weight_{of}"] for of in ("severity", "frequency", "reach")]
    given = [weight for weight in weights if weight is not None and weight >= 0]
    usable = len(given) == len(weights) and sum(given) > 0
    for at, name in enumerate(("cjm_a", "cjm_b", "cjm_c")):
        known[name] = given[at] / sum(given) if usable else ""
    moment = settings["moment_factor"]
    known["cjm_moment"] = moment ** (1 / 3) if moment is not None and moment > 0 else ""
    known["cjm_today"] = today
    return known


def _ranking(facts: Facts) -> Iterator[_Block]:
    """Yield where Start finds the worst pains, the widest gaps and the first unscored pain.

    Places count from 1 for the header. A ranking has a line for each rank: the number, its place.
    """
    yield _Block("cjm_top", _ranks("cjm_top", "evidenced", TOP), _shown(facts.scores, TOP))
    unscored = _first("Pains", '(Pains[[#All],[pain]]<>"")*(Pains[[#All],[evidenced]]="")', "1")
    yield _Block("cjm_unscored", ((f"={unscored}",),), ((_place(facts.unscored),),))
    gaps = _ranks("cjm_gaps", "gap", ASKED, TELLING_GAP)
    yield _Block("cjm_gaps", gaps, _shown(facts.gaps, ASKED))


def _work(facts: Facts) -> Iterator[_Block]:
    """Yield the words for steps of the work and for their status, and how far each step is.

    cjm_work has a line for each step: the place of its first row, and its status as a number.
    """
    steps, statuses = step_words(), status_words()
    for name, words in (("cjm_steps", steps), ("cjm_statuses", statuses)):
        block = _side_by_side(words)
        yield _Block(name, block, block)
    rows = tuple(_step(number) for number in range(1, len(steps) + 1))
    yield _Block("cjm_work", rows, tuple((_place(row), code) for row, code in facts.work))


def _side_by_side(words: tuple[tuple[str, ...], ...]) -> tuple[tuple[str, ...], ...]:
    """Return words as lines with a column for each; a short column repeats its last word."""
    long = max(map(len, words))
    return tuple(zip(*((*of, *of[-1:] * (long - len(of))) for of in words), strict=True))


def _step(number: int) -> tuple[str, str]:
    """Return the formulas of a step: its place, and the number of its status."""
    test = f"ISNUMBER(MATCH(Steps[[#All],[step]],INDEX(cjm_steps,0,{number}),0))"
    place = f"INDEX(cjm_work,{number},1)"
    code = f"{len(STATUSES)}"
    for status in range(len(STATUSES) - 1, 0, -1):
        found = f"MATCH(INDEX(Steps[[#All],[status]],{place}),INDEX(cjm_statuses,0,{status}),0)"
        code = f"IF(ISNUMBER({found}),{status},{code})"
    return (
        f"={_first('Steps', test, '1')}",
        f"=IF(ISNUMBER({place}),{code},{len(STATUSES)})",
    )


def _place(row: int | None) -> Shown:
    return "" if row is None else row + 2


def _shown(ranked: tuple[tuple[float, int], ...], count: int) -> tuple[tuple[Shown, ...], ...]:
    """Return what the lines of a ranking show."""
    there = [(number, _place(row)) for number, row in ranked[:count]]
    return (*there, *(("", ""),) * (count - len(there)))


def _ranks(name: str, column: str, count: int, least: int = 0) -> tuple[tuple[str, str], ...]:
    """Return the formulas of a ranking: each rank's number and place, ties from the top."""
    lines = []
    for rank in range(1, count + 1):
        number = f"LARGE(Pains[{column}],{rank})"
        earlier = "+".join(f"(INDEX({name},{r},1)={number})" for r in range(1, rank)) or "0"
        place = _first("Pains", f"(Pains[[#All],[{column}]]={number})", f"1+{earlier}")
        if least:
            number = f'IF({number}>={least},{number},"")'
            place = f'IF(ISNUMBER(INDEX({name},{rank},1)),{place},"")'
        lines.append((f'=IFERROR({number},"")', f"={place}"))
    return tuple(lines)


def _first(table: str, test: str, nth: str) -> str:
    """Return the formula of the place of the n-th row that passes a test, "" if there is none."""
    key = f"SUMPRODUCT(LARGE({test}*({_FAR}-ROW({table}[[#All],[id]])),{nth}))"
    place = f"{_FAR}-{key}-ROW({table}[[#Headers],[id]])+1"
    return f'IFERROR(IF({key}>0,{place},""),"")'


def _picks(facts: Facts, table: str) -> _Block:
    """Return the cells with the rows of a table as they are picked."""
    count = _PICKS[table]
    formulas = ((content.pick_formula(table),),) * count
    name = content.name_column(table) or ""
    pairs = zip(facts.column(table, "id"), facts.column(table, name), strict=True)
    shown = [content.picked(f"{i}", f"{words}") if words != "" else "" for i, words in pairs]
    shown += [""] * (count - len(shown))
    return _Block(
        offers.PICK_NAME.format(table), formulas, tuple((text,) for text in shown[:count])
    )
