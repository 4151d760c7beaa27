"""Decides how one tier of a map is laid out: bands of stages, steps, lanes, and the mood curve."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from cjm_sheets.tables import naming, schema
from cjm_sheets.templates import looks, map_chart, map_colours, map_lanes, map_lists, map_way
from cjm_sheets.templates import map_words as words
from cjm_sheets.templates.live import Live, either, text
from cjm_sheets.templates.map_curve import Felt, Line, People, curve
from cjm_sheets.templates.map_lists import LOOSE, Listed, Lists
from cjm_sheets.templates.map_shape import Tier
from cjm_sheets.templates.plan import Block, Cell, Chart, Condition, Style
from cjm_sheets.templates.structure import structured
from cjm_sheets.words.catalogue import say

LABELS, FIRST = 2, 3
"""The column with the names of the lanes, and the one of the first step."""

_BAND = Style(size=12, bold=True, color="#FFFFFF", align="center", wrap=True)
_STEP = Style(size=11, bold=True, color=looks.INK, align="center", wrap=True, line="#FFFFFF")
_LABEL = Style(
    size=9, bold=True, color=looks.TONES["slate"].strong, fill="#F3F5F7", align="left",
    indent=1, wrap=True, line="#FFFFFF",
)  # fmt: skip
_FRAME = "#E9EDF1"
"""Lines between the cells of a map that waits for its steps."""

_LANE_END = "#C9D2DA"


@dataclass(frozen=True, slots=True)
class Curved:
    """A curve as it lies on the sheet: where, below which line with the names of the steps."""

    place: Block
    names: int
    lines: tuple[Line, ...]


@dataclass
class Sketch:
    """What the Map sheet consists of so far; `line` is the next free one."""

    line: int
    cells: list[Cell] = field(default_factory=list)
    heights: dict[int, float] = field(default_factory=dict)
    conditions: list[Condition] = field(default_factory=list)
    merged: list[Block] = field(default_factory=list)
    charts: list[Chart] = field(default_factory=list)
    hidden: list[int] = field(default_factory=list)
    folded: list[int] = field(default_factory=list)
    texts: list[int] = field(default_factory=list)
    """The lines that are to be as high as what stands in them."""
    roomy: list[int] = field(default_factory=list)
    """The lines that may be higher than they must, to fill the page."""
    curves: list[Curved] = field(default_factory=list)
    names: int = 0
    """The line with the names of the steps of the last tier."""
    counts: int = 0
    """The hidden line with the number of steps and the stage of each column, 0 for none."""

    def block(self, columns: tuple[int, int], first: Cell) -> None:
        """Lay a cell over several columns of its line."""
        start, end = columns
        self.cells.append(first)
        for at in range(start + 1, end + 1):
            self.cells.append(Cell(first.line, at, None, first.style))
        if end > start:
            self.merged.append(Block(first.line, start, first.line, end))


@dataclass(frozen=True)
class Panel:
    """A tier with all that it is drawn from."""

    lists: Lists
    tier: Tier
    way: map_lanes.Way
    by: map_way.Way | None
    felt: Felt
    people: tuple[People, ...]
    lanes: tuple[str, ...]

    @property
    def language(self) -> str:
        """The language of the workbook."""
        return self.lists.rows.language

    @property
    def last(self) -> int:
        """The column of the last step."""
        return FIRST + len(self.tier.steps) - 1


def draw(panel: Panel, sketch: Sketch) -> None:
    """Add a tier to the sheet below what is there."""
    start = sketch.line
    numbers = None
    if panel.by is not None:
        numbers = map_way.stage_numbers(panel.lists, panel.tier, panel.by, panel.way.places)
        _number_line(panel, sketch, numbers)
    if panel.way.spine.staged:
        _bands(panel, sketch, numbers)
    _steps(panel, sketch)
    for lane in panel.lanes:
        if lane == map_lanes.CURVE:
            _curve(panel, sketch)
        else:
            _lane(panel, sketch, lane)
    if panel.tier.folded:
        sketch.folded += range(start, sketch.line)


def live(panel: Panel, column: int, line: int, of: Live, look: Style) -> Cell:
    """Return a cell that works itself out."""
    formula = structured(panel.lists.rows.facts.content, f"={of.formula}")
    return Cell(line, column, of.value, look, formula)


# ---- stages -----------------------------------------------------------------------


def _number_line(panel: Panel, sketch: Sketch, numbers: Listed) -> None:
    """Add the hidden line that the colours of a growing tier go by."""
    if panel.by is not None:
        sketch.cells.append(live(panel, LABELS, sketch.line, panel.by.steps, Style()))
    for index in range(len(numbers.values)):
        cell = numbers.at(index)
        sketch.cells.append(live(panel, FIRST + index, sketch.line, cell, Style()))
    sketch.hidden.append(sketch.line)
    sketch.counts = sketch.line
    sketch.line += 1


def _bands(panel: Panel, sketch: Sketch, numbers: Listed | None) -> None:
    line = sketch.line
    sketch.cells.append(Cell(line, LABELS, say(panel.language, words.STAGE), _LABEL))
    if numbers is None or panel.by is None:
        _named_bands(panel, sketch)
    else:
        look = replace(_BAND, size=10, align="left", indent=1, color=looks.INK)
        for index, said in enumerate(_growing_bands(panel, panel.by, numbers)):
            sketch.cells.append(live(panel, FIRST + index, line, said, look))
        where = Block(line, FIRST, line, panel.last)
        sketch.conditions += map_colours.stages(where, sketch.counts)
    sketch.heights[line] = 40 if panel.tier.growing else 30
    sketch.line += 1


def _named_bands(panel: Panel, sketch: Sketch) -> None:
    """Add the bands of a way that is known, each over all its steps."""
    at = FIRST
    for number, band in enumerate(panel.tier.bands):
        tone = map_colours.tone(number if band.stage is not None else None)
        said = text(say(panel.language, words.NO_STAGE))
        if band.stage is not None:
            place = map_lists.by_id(panel.lists.rows, "Stages", band.stage)
            name = panel.lists.rows.words("Stages", "name", place)
            said = Live(name.formula, name.value)
        cell = live(panel, at, sketch.line, said, replace(_BAND, fill=tone.strong, line="#FFFFFF"))
        sketch.block((at, at + band.columns - 1), cell)
        at += band.columns


def _growing_bands(panel: Panel, by: map_way.Way, numbers: Listed) -> Iterator[Live]:
    """Yield the name of each stage above its first step."""
    rows, before = panel.lists.rows, Live('""', "")
    for index, known in enumerate(numbers.values):
        number = numbers.at(index)
        loose = text(say(panel.language, words.NO_STAGE))
        ranks = by.stage_ranks
        name = loose
        if ranks is not None:
            found = next((at + 2 for at, r in enumerate(ranks.values) if r == known), "")
            place = Live(f"MATCH({number.formula},{ranks.range},0)+1", found)
            cell = Live(
                f'INDEX(Stages[[#All],[name]],{place.formula})&""',
                f"{rows.value('Stages', 'name', found)}",
            )
            loose_here = Live(f"{number.formula}={LOOSE}", known == LOOSE)
            name = either(loose_here, loose, Live(f'IFERROR({cell.formula},"")', cell.value))
        again = Live(f"{number.formula}={before.formula}", known == before.value)
        yield either(again, text(""), name)
        before = number


# ---- steps and lanes ----------------------------------------------------------------


def _steps(panel: Panel, sketch: Sketch) -> None:
    line, spine = sketch.line, panel.way.spine
    sketch.names = line
    sketch.cells.append(Cell(line, LABELS, say(panel.language, words.STEP), _LABEL))
    fills = list(_step_fills(panel))
    for index in range(len(panel.tier.steps)):
        name = panel.lists.rows.words(spine.table, spine.name, panel.way.places.at(index))
        look = replace(_STEP, fill=fills[index])
        said = _waiting_name(panel, index, name) if panel.by else _or_no_step(panel, index, name)
        sketch.cells.append(live(panel, FIRST + index, line, said, look))
    where = Block(line, FIRST, line, panel.last)
    if panel.by is not None:
        sketch.conditions += map_colours.next_step(where, sketch.counts, panel.tier.start)
        sketch.conditions += map_colours.steps(where, sketch.counts)
    _height(panel, sketch, 60)


def _step_fills(panel: Panel) -> Iterator[str]:
    """Yield the pale colour of the stage of each step."""
    if not panel.tier.bands:
        yield from [""] * len(panel.tier.steps)
    for number, band in enumerate(panel.tier.bands):
        tone = map_colours.tone(number if band.stage is not None else None)
        yield from [tone.pale] * band.columns


def _or_no_step(panel: Panel, index: int, name: Live) -> Live:
    """Return the name of a step, or that its stage has none yet."""
    if panel.tier.steps[index] is not None:
        return name
    return text(say(panel.language, words.NO_STEP))


def _waiting_name(panel: Panel, index: int, name: Live) -> Live:
    """Return the name of a step; in the first empty column, where to type the next one."""
    if panel.by is None:
        return name
    sheet = naming.table_label(panel.language, schema.BY_KEY[panel.way.spine.table])
    asks = text(say(panel.language, words.NEXT_STEP, sheet=sheet))
    before = panel.tier.start + index
    is_next = Live(f"{panel.by.steps.formula}={before}", panel.by.steps.value == before)
    return either(is_next, asks, name)


def _lane(panel: Panel, sketch: Sketch, lane: str) -> None:
    start, lines = sketch.line, tuple(map_lanes.lines(panel.way, lane))
    for line in lines:
        at, look = sketch.line, line.style
        if panel.by is not None:
            look = replace(look, line=_FRAME)
        if line is lines[0]:
            look = replace(look, over=_LANE_END)
        if line is lines[-1]:
            look = replace(look, under=_LANE_END)
        title = say(panel.language, line.title) if line.title else None
        sketch.cells.append(Cell(at, LABELS, title, _LABEL))
        for index, cell in enumerate(line.cells):
            said = _asking(panel, line, cell) if index == 0 else cell
            sketch.cells.append(live(panel, FIRST + index, at, said, look))
        where = Block(at, FIRST, at, panel.last)
        if panel.by is not None:
            sketch.conditions += map_colours.asking(where, sketch.counts)
        sketch.conditions += map_colours.lane(line.kind, where)
        _height(panel, sketch, line.waiting)
    if sketch.line - start > 1:
        sketch.merged.append(Block(start, LABELS, sketch.line - 1, LABELS))


def _asking(panel: Panel, line: map_lanes.Line, cell: Live) -> Live:
    """Return the first cell of a lane, which asks while there is no step."""
    if panel.by is None or panel.tier.start or not line.asks:
        return cell
    steps = panel.by.steps
    none = Live(f"{steps.formula}=0", steps.value == 0)
    return either(none, text(say(panel.language, line.asks)), cell)


def _height(panel: Panel, sketch: Sketch, waiting: float) -> None:
    """Give the line its height, as high as its texts where they are known, and go on below it."""
    if panel.by is None:
        sketch.texts.append(sketch.line)
    else:
        sketch.heights[sketch.line] = waiting
    if not panel.tier.folded:
        sketch.roomy.append(sketch.line)
    sketch.line += 1


def _curve(panel: Panel, sketch: Sketch) -> None:
    line = sketch.line
    drawn = curve(panel.lists, panel.felt, panel.way.places, panel.people)
    label = f"{say(panel.language, words.CURVE)}\n{say(panel.language, words.SCALE)}"
    sketch.cells.append(Cell(line, LABELS, label, _LABEL))
    look = Style(over=_LANE_END, under=_LANE_END)
    sketch.cells += [Cell(line, FIRST + at, None, look) for at in range(len(panel.tier.steps))]
    block = Block(line, FIRST, line, panel.last)
    sketch.charts.append(map_chart.chart(drawn, block, panel.language))
    sketch.curves.append(Curved(block, sketch.names, drawn.lines))
    sketch.heights[line] = map_chart.HEIGHT
    sketch.line += 1
