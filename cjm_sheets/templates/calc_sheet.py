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
from cjm_sheets.templates.facts import TELLING_GAP, TOP, Facts
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
    """Yield where Start finds the worst pains, the first unscored one and the most doubtful one.

    Places count from 1 for the header. cjm_top has a line for each rank: the score, its place.
    """
    top = tuple(_ranked(rank) for rank in range(1, TOP + 1))
    scored: list[tuple[Shown, ...]] = [(score, row + 2) for score, row in facts.scores[:TOP]]
    scored += [("", "")] * (TOP - len(scored))
    yield _Block("cjm_top", top, tuple(scored))
    unscored = _first('(Pains[[#All],[pain]]<>"")*(Pains[[#All],[evidenced]]="")', "1")
    yield _Block("cjm_unscored", ((unscored,),), ((_place(facts.unscored),),))
    gap = f'IF(MAX(Pains[gap])>={TELLING_GAP},MATCH(MAX(Pains[gap]),Pains[[#All],[gap]],0),"")'
    yield _Block("cjm_doubtful", ((f'=IFERROR({gap},"")',),), ((_place(facts.doubtful),),))


def _place(row: int | None) -> Shown:
    return "" if row is None else row + 2


def _ranked(rank: int) -> tuple[str, str]:
    """Return the formulas of a rank: its score, and the place of its pain, ties from the top."""
    score = f"LARGE(Pains[evidenced],{rank})"
    earlier = "+".join(f"(INDEX(cjm_top,{r},1)={score})" for r in range(1, rank)) or "0"
    place = _first(f"(Pains[[#All],[evidenced]]={score})", f"1+{earlier}")
    return f'=IFERROR({score},"")', place


def _first(test: str, nth: str) -> str:
    """Return the formula of the place of the n-th row that passes a test, "" if there is none."""
    key = f"SUMPRODUCT(LARGE({test}*({_FAR}-ROW(Pains[[#All],[id]])),{nth}))"
    place = f"{_FAR}-{key}-ROW(Pains[[#Headers],[id]])+1"
    return f'=IFERROR(IF({key}>0,{place},""),"")'


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
