"""Decides how Start looks: three lines, the table of steps, what to do next, the worst pains."""

from collections.abc import Iterator
from dataclasses import replace

from cjm_sheets.tables import naming, schema
from cjm_sheets.templates import leads, looks, map_types, start_live, titles
from cjm_sheets.templates import start_words as words
from cjm_sheets.templates.facts import TOP, Facts
from cjm_sheets.templates.live import Live
from cjm_sheets.templates.plan import Cell, ColumnLook, Condition, Page, Sheet, Style
from cjm_sheets.templates.structure import structured
from cjm_sheets.words.catalogue import say
from cjm_sheets.words.mark import N_

_WIDTHS = (2.5, 6, 27, 62, 33, 15)
_B, _C, _D, _E, _F = 2, 3, 4, 5, 6
_TITLE_LINE, _LEAD_LINES, _NOTICE_LINE = 2, (3, 4), 5
_STEPS_LINE = 7

_HEAD = Style(size=10, bold=True, color="#FFFFFF", fill=looks.DEEP, align="left", indent=1)
_NUMBER = Style(size=11, bold=True, color=looks.QUIET, line=looks.RULE, align="center")
_TEXT = Style(line=looks.RULE, indent=1, align="left", wrap=True)
_SHEET = replace(_TEXT, bold=True, size=11, color="#22567C", underline=True)
_LIVE = replace(_TEXT, fill=looks.COMPUTED, color=looks.COMPUTED_INK)
_SHARE = replace(_LIVE, number="0%", align="right")
_SCORE = replace(_LIVE, number="0.0", align="right", bold=True)
_PART = Style(size=13, bold=True, color=looks.DEEP)
_THEN = N_("then")


def start_sheet(facts: Facts) -> Sheet:
    """Return the sheet; every number on it is a formula."""
    language, map_type = facts.content.language, facts.content.map_type
    steps = _steps(map_type)
    next_line = _STEPS_LINE + len(steps) + 2
    cells = [*_lead(facts), *_step_table(facts, steps)]
    heights: dict[int, float] = {1: 12, _TITLE_LINE: 33, _STEPS_LINE: 21}
    heights |= dict.fromkeys(_LEAD_LINES, 18.0) | {
        _STEPS_LINE + n: 25.0 for n in range(1, len(steps) + 1)
    }
    heights[_NOTICE_LINE] = 18
    heights[next_line] = 26
    bars = [
        Condition(_F, _STEPS_LINE + 1, _STEPS_LINE + len(steps), "bar", color=looks.GREEN, top=1)
    ]
    end = next_line
    if "Pains" in map_types.shown(map_type):
        cells += [*_next(facts, next_line), *_worst(facts, next_line + 5)]
        heights |= {next_line + n: 24.0 for n in range(1, 4)} | {
            next_line + 5: 28.0,
            next_line + 6: 21.0,
        }
        heights |= {next_line + 6 + n: 22.0 for n in range(1, TOP + 1)}
        first = next_line + 7
        bars.append(Condition(_F, first, first + TOP - 1, "bar", color=looks.BAR_STRONG, top=100))
        end = first + TOP + 1
    cells.append(Cell(end, _B, say(language, words.FOLDED), looks.LEAD))
    return Sheet(
        titles.start(language),
        cells=tuple(cells),
        columns=tuple(ColumnLook(width) for width in _WIDTHS),
        heights=heights,
        conditions=tuple(bars),
        page=Page(one_page=True, last=(end, _F)),
        tab=looks.DEEP,
    )


def _steps(map_type: str) -> tuple[str, ...]:
    """Return the sheets that Start leads through, in their order."""
    then = tuple(key for key in ("Opportunities", "Actions") if key in map_types.shown(map_type))
    return (*map_types.MAP_TYPES[map_type].first, *then)


def _lead(facts: Facts) -> Iterator[Cell]:
    language = facts.content.language
    yield Cell(_TITLE_LINE, _B, say(language, words.PROMISE), replace(looks.TITLE, size=20))
    fill = say(language, words.FILL[facts.content.map_type])
    yield Cell(_LEAD_LINES[0], _B, fill, Style(size=11))
    yield Cell(_LEAD_LINES[1], _B, say(language, words.COLOURS), replace(looks.LEAD, size=11))
    if facts.content.illustrative:
        yield Cell(_NOTICE_LINE, _B, say(language, leads.ILLUSTRATIVE), looks.NOTICE)


def _step_table(facts: Facts, steps: tuple[str, ...]) -> Iterator[Cell]:
    language = facts.content.language
    heads = (None, words.WHAT, words.ENOUGH, words.SO_FAR, words.DONE)
    for at, head in enumerate(heads, start=_B):
        yield Cell(_STEPS_LINE, at, say(language, head) if head else None, _HEAD)
    for number, key in enumerate(steps, start=1):
        line = _STEPS_LINE + number
        title = naming.table_label(language, schema.BY_KEY[key])
        yield Cell(line, _B, number, _NUMBER)
        yield Cell(line, _C, title, _SHEET, link=title)
        yield Cell(line, _D, say(language, words.STEPS[key].enough), _TEXT)
        yield _live(facts, line, _E, start_live.so_far(facts, key), _LIVE)
        yield _live(facts, line, _F, start_live.share_done(facts, key), _SHARE)


def _next(facts: Facts, line: int) -> Iterator[Cell]:
    """Yield the three sentences that say what to do next."""
    yield Cell(line, _B, say(facts.content.language, words.NEXT), _PART)
    lines = (
        ("!", looks.AMBER, start_live.next_missing(facts)),
        ("?", "#E3DAF0", start_live.next_doubtful(facts)),
        ("✓", looks.MINT, start_live.next_mend(facts)),
    )
    for down, (sign, fill, said) in enumerate(lines, start=1):
        yield Cell(line + down, _B, sign, replace(_NUMBER, fill=fill, color=looks.INK))
        yield _live(
            facts, line + down, _C, said, replace(_TEXT, wrap=False, line="", under=looks.RULE)
        )
        for at in (_D, _E, _F):
            yield Cell(line + down, at, None, Style(under=looks.RULE))


def _worst(facts: Facts, line: int) -> Iterator[Cell]:
    """Yield the ranking of the worst pains."""
    language = facts.content.language
    yield Cell(line, _B, say(language, words.WORST), _PART)
    heads = (words.RANK, words.STEP, words.PAIN, words.TRUST, words.SCORE)
    for at, head in enumerate(heads, start=_B):
        yield Cell(line + 1, at, say(language, head), _HEAD)
    for rank in range(1, TOP + 1):
        below = line + 1 + rank
        yield Cell(below, _B, rank, _NUMBER)
        columns = (("touchpoint", _LIVE), ("pain", _LIVE), ("grade", _LIVE), ("evidenced", _SCORE))
        for at, (key, look) in enumerate(columns, start=_C):
            yield _live(facts, below, at, start_live.ranked(facts, rank, key), look)


def _live(facts: Facts, line: int, column: int, live: Live, look: Style) -> Cell:
    formula = structured(facts.content, f"={live.formula}")
    return Cell(line, column, live.value, look, formula)
