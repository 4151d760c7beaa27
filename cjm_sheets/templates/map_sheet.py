"""Decides what the Map sheet is: the wall map inside the workbook, on one page of A3.

Every word and number on it is a formula on the tables, by the ids of their rows, so that it says
what they say, however they are sorted. Which steps stand in which column is decided when the
sheet is made; on a map without steps the columns fill themselves. Bands and headings are merged
cells, because words that wrap cannot be centred across several, and nobody sorts this sheet.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from cjm_sheets.templates import (
    looks,
    map_curve,
    map_header,
    map_hung,
    map_lanes,
    map_panel,
    map_shape,
    map_way,
    titles,
)
from cjm_sheets.templates import map_words as words
from cjm_sheets.templates.facts import Facts
from cjm_sheets.templates.live import Live, either, sentence, text
from cjm_sheets.templates.map_header import Frame
from cjm_sheets.templates.map_hung import Hung
from cjm_sheets.templates.map_lists import Listed, Lists
from cjm_sheets.templates.map_panel import FIRST, LABELS, Panel, Sketch
from cjm_sheets.templates.map_rows import Rows
from cjm_sheets.templates.map_shape import Tier
from cjm_sheets.templates.plan import ColumnLook, Page, Sheet
from cjm_sheets.templates.row_heights import row_heights

_WIDTHS = (185, 200, 225, 250, 275, 300)
"""Characters that all steps may take side by side: the narrowest at which the page is enough."""

_WIDEST = 40.0
_EDGE, _LABEL = 4.0, 18.0
_PAPER = 1.28
"""Width by height of what is printed: A3 without its margins has 1.49 of it, but where Calibri is
missing columns turn out wider by a third, while lines stay as high."""

_TALLEST_CURVE = 250.0
_STRETCH = 1.2
"""A line may be made higher by so much of its height, to fill the page."""


def map_sheets(facts: Facts, *, growing: bool | None = None) -> tuple[Sheet, ...]:
    """Return the Map sheet and the hidden one that works behind it; () for an empathy map.

    `growing` True leaves the columns to fill themselves though there are steps.
    """
    if not map_shape.has_map(facts.content):
        return ()
    laid = laid_out(facts, growing=growing)
    return _sheet(laid.frame, laid.sketch, laid.columns), laid.lists.sheet()


@dataclass(frozen=True, slots=True)
class Laid:
    """A map laid out on its page, and the lists behind it."""

    frame: Frame
    sketch: Sketch
    columns: tuple[ColumnLook, ...]
    lists: Lists


def laid_out(facts: Facts, *, growing: bool | None = None) -> Laid:
    """Return the map of a content that has one."""
    content = facts.content
    tiers = map_shape.tiers(content, growing=growing)
    lists = Lists(Rows(facts))
    wide = max(4, *(len(tier.steps) for tier in tiers))
    tables = content.tables
    frame = Frame(lists.rows, tiers[0].map, FIRST + wide - 1, "Pains" in tables)
    sketch = Sketch(line=1)
    map_header.head(frame, sketch)
    _tiers(frame, sketch, lists, tiers)
    map_header.foot(frame, sketch)
    return Laid(frame, sketch, _fit_page(sketch, wide), lists)


def _tiers(frame: Frame, sketch: Sketch, lists: Lists, tiers: Sequence[Tier]) -> None:
    """Add all tiers, with what stands between them."""
    spine = map_shape.spine(lists.rows.facts.content.map_type)
    by = map_way.way(lists, spine) if tiers[0].growing else None
    hung = _hung(lists, tiers)
    places = [map_way.places(lists, spine, tier, by) for tier in tiers]
    moods = [map_curve.moods(lists, spine, at_steps) for at_steps in places]
    for at, tier in enumerate(tiers):
        _between(frame, sketch, tiers, at, by)
        way = map_lanes.Way(lists, spine, places[at], hung, tier.growing)
        felt = _felt(moods, tiers, at)
        steps = [step for of in tiers if of.map == tier.map for step in of.steps]
        people = map_curve.ways(lists.rows, _people(lists.rows, tier), steps)
        panel = Panel(lists, tier, way, by, felt, people, _lanes(lists, tier))
        if tier.steps:
            map_panel.draw(panel, sketch)
    map_header.note(frame, sketch, map_header.not_shown(frame, (spine.table, spine.name), places))


def _between(
    frame: Frame, sketch: Sketch, tiers: Sequence[Tier], at: int, by: map_way.Way | None
) -> None:
    """Add what stands above a tier: which map it is, or that it goes on."""
    tier, starts = tiers[at], at == 0 or tiers[at - 1].map != tiers[at].map
    if tier.folded and by is not None:
        map_header.note(frame, sketch, _below(frame, by, tier.start))
    elif starts and len({of.map for of in tiers}) > 1:
        map_header.part(frame, sketch, tier.map)
    elif at:
        sketch.heights[sketch.line] = 10
        sketch.line += 1


def _felt(moods: Sequence[Listed], tiers: Sequence[Tier], at: int) -> map_curve.Felt:
    """Return the moods of a tier among those of its map."""
    mine = [n for n, tier in enumerate(tiers) if tier.map == tiers[at].map]
    before = tuple(moods[n] for n in mine if n < at)
    after = tuple(moods[n] for n in mine if n > at)
    return map_curve.Felt(before, moods[at], after)


def _lanes(lists: Lists, tier: Tier) -> tuple[str, ...]:
    content = lists.rows.facts.content
    return map_lanes.lanes_of(tier.kind, content.map_type, content.tables)


def _below(frame: Frame, by: map_way.Way, start: int) -> Live:
    """Return how many steps are folded away, "" if none is."""
    steps = by.steps.value if isinstance(by.steps.value, int) else 0
    number = Live(f"({by.steps.formula}-{start})", steps - start)
    said = sentence(frame.say(words.UNFOLD), {"n": number})
    return either(Live(f"{number.formula}>0", steps > start), said, text(""))


def _hung(lists: Lists, tiers: Sequence[Tier]) -> dict[str, Hung]:
    """Add what hangs on steps, as far as any lane shows it."""
    lanes = {lane for tier in tiers for lane in _lanes(lists, tier)}
    found: dict[str, Hung] = {}
    if lanes & {"pains", "ideas"}:
        found["Pains"] = map_hung.pains(lists)
    if "highs" in lanes:
        found["Highs"] = map_hung.hung(lists, "Highs", "high")
    if "ideas" in lanes:
        found["Opportunities"] = map_hung.ideas(lists, found["Pains"])
    if "backstage" in lanes:
        found["Blueprint"] = map_hung.hung(lists, "Blueprint", "id")
    return found


def _people(rows: Rows, tier: Tier) -> tuple[str, ...]:
    """Return the ids of the people whom a map names, else of everybody."""
    content = rows.facts.content
    if tier.growing or map_shape.spine(content.map_type).table != "Touchpoints":
        return ()
    maps = content.rows.get("Maps", ())
    named = maps[tier.map].get("personas") if maps else None
    if isinstance(named, tuple):
        return tuple(f"{id_}" for id_ in named)
    return tuple(f"{row['id']}" for row in content.rows.get("Personas", ()) if row.get("id"))


def _fit_page(sketch: Sketch, wide: int) -> tuple[ColumnLook, ...]:
    """Return the columns with which all lines fit the page, and make the lines fill it."""
    columns = _columns(wide, _WIDTHS[-1])
    for width in _WIDTHS:
        columns = _columns(wide, width)
        texts = set(sketch.texts)
        heights = row_heights((cell for cell in sketch.cells if cell.line in texts), columns)
        sketch.heights.update(heights)
        left = _height_of_page(columns) - sum(
            height for line, height in sketch.heights.items() if line not in sketch.folded
        )
        if left >= 0:
            _fill(sketch, left)
            break
    each = columns[-2].width
    sketch.charts = [
        replace(chart, size=(each, sketch.heights[chart.place.first_line]))
        for chart in sketch.charts
    ]
    return columns


def _columns(wide: int, width: float) -> tuple[ColumnLook, ...]:
    steps = (ColumnLook(min(_WIDEST, round(width / wide, 1))) for _ in range(wide))
    return (ColumnLook(_EDGE), ColumnLook(_LABEL), *steps, ColumnLook(_EDGE / 2))


def _height_of_page(columns: Sequence[ColumnLook]) -> float:
    """Return the points that the lines of a page may take with these columns."""
    return sum(int(look.width * 7 + 5) for look in columns) * 3 / 4 / _PAPER


def _fill(sketch: Sketch, left: float) -> None:
    """Give the curves, then the other lines, what is left of the page."""
    curves = [chart.place.first_line for chart in sketch.charts]
    curves = [line for line in curves if line not in sketch.folded]
    share = left / max(1, len(curves))
    for line in curves:
        more = min(_TALLEST_CURVE - sketch.heights[line], share)
        sketch.heights[line] += more
        left -= more
    every = sum(sketch.heights[line] for line in sketch.roomy)
    for line in sketch.roomy:
        sketch.heights[line] *= 1 + min(_STRETCH, left / every)


def _sheet(frame: Frame, sketch: Sketch, columns: tuple[ColumnLook, ...]) -> Sheet:
    return Sheet(
        titles.map_sheet(frame.rows.language),
        cells=tuple(sketch.cells),
        columns=columns,
        heights=sketch.heights,
        hidden_lines=tuple(sketch.hidden),
        folded_lines=tuple(sketch.folded),
        merged=tuple(sketch.merged),
        charts=tuple(sketch.charts),
        conditions=tuple(sketch.conditions),
        frozen=(0, LABELS),
        page=Page(one_page=True, last=(sketch.line - 1, len(columns)), paper="A3", centred=True),
        tab=looks.DEEP,
        zoom=70,
    )
