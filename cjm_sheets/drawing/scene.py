"""Decides how large a wall map is and where its parts lie, so that it fills an A3 sheet."""

import math
from collections.abc import Iterator

from cjm_sheets.drawing import empathy, footer, grid, header, mood, palette, stages, styles
from cjm_sheets.drawing.blocks import Block, moved, paragraph, stack
from cjm_sheets.drawing.content import View
from cjm_sheets.drawing.grid import Grid
from cjm_sheets.drawing.lanes import Lane, above_mood, below_mood
from cjm_sheets.drawing.measure import width
from cjm_sheets.drawing.shapes import Group, Path, Rect, Scene, Shape, line
from cjm_sheets.words.catalogue import say

_RATIO = styles.A3_WIDTH / styles.A3_HEIGHT
_TRIES = 7
_READABLE = 1700.0
"""Up to this width the smallest writing prints at 7.3 points on A3; beyond, a map is dense."""
_NEAR = 24.0
"""How near to the least width is near enough."""
_MOST_AIR = 12.0
"""Spare height that each lane may take."""
_MOST_BLANK = 0.2
"""Share of a sheet that may stay blank above the footer."""
_LEAST, _MOST = 1290.0, 4000.0
"""Widths between which a map is fitted to the sheet: less would shout, more would whisper."""


def scene(view: View) -> Scene:
    """Return the drawing of a map.

    Its sides are in proportion to an A3 sheet in landscape, unless its columns need more width.
    """
    parts = _fitted(view, dense=False)
    if parts.page > max(_READABLE, grid.narrowest(view)):
        parts = min(
            parts, _fitted(view.without_bare_place(), dense=True), key=lambda fitted: fitted.page
        )
    page = parts.page
    shapes, height = parts.laid_out(max(page / _RATIO - parts.height, 0))
    paper = Rect(0, 0, page, height, palette.PAPER)
    return Scene(page, height, header.title(view), description(view), (paper, *shapes))


def names(drawn: Scene) -> Scene:
    """Return the left margin of a drawing: the titles of its lanes, and the scale of moods."""
    wide = styles.MARGIN + styles.LABELS - 2
    lanes = [s for s in drawn.shapes if isinstance(s, Group) and s.role == "lane"]
    shapes: list[Shape] = []
    for lane in lanes:
        scale = (s for s in lane.shapes if isinstance(s, Group) and s.role == "scale")
        paper = Rect(0, 1, wide, lane.height - 1, palette.PAPER)
        title = next(scale, lane.shapes[0])
        shapes.append(Group(0, lane.y, (paper, title), height=lane.height))
    return Scene(wide, drawn.height, "", "", tuple(shapes))


def _fitted(view: View, *, dense: bool) -> "_Parts":
    """Return the parts of a map at the least width at which it is no taller than an A3 sheet."""
    low = high = max(_LEAST, grid.narrowest(view))
    parts = _Parts(view, high, dense=dense)
    for _ in range(_TRIES):
        if parts.fits or high >= _MOST:
            break
        low = high
        high = min(max(math.ceil(math.sqrt(low * parts.height * _RATIO)), low + 8), _MOST)
        parts = _Parts(view, high, dense=dense)
    while parts.fits and high - low > _NEAR:
        middle = _Parts(view, round((low + high) / 2), dense=dense)
        low, high = (low, middle.page) if middle.fits else (middle.page, high)
        parts = middle if middle.fits else parts
    return parts


def description(view: View) -> str:
    """Return what is on the map, for those who hear it."""
    names = [band.stage.name for band in view.bands if band.stage]
    sentence = say(
        view.language,
        "Journey map with {stages} stages, {steps} steps and {pains} pains.",
        stages=len(names),
        steps=sum(1 for column in view.columns if column.touchpoint),
        pains=len(view.ranking),
    )
    return f"{sentence} {mood.spoken(view)}" if mood.has_moods(view) else sentence


class _Parts:
    """The parts of a map at one width of the page, before they are put below one another."""

    def __init__(self, view: View, page: float, *, dense: bool) -> None:
        self.view = view
        self.page = page
        self.places = grid.grid(view, page)
        room = page - 2 * styles.MARGIN
        self.header = header.header(view, room)
        self.footer = footer.footer(view, min(room, header.WIDEST))
        self.arrows = stages.arrows(view, self.places)
        self.goals = stages.goals(view, self.places)
        self.above = tuple(above_mood(view, self.places))
        self.below = tuple(below_mood(view, self.places, dense=dense))
        self.mood = 0.0
        if mood.has_moods(view):
            self.mood = mood.least_height(view, self.places)
        self.height = self.laid_out(0)[1]

    @property
    def fits(self) -> bool:
        """True if the map is no taller than an A3 sheet is in proportion to its width."""
        return self.height * _RATIO <= self.page

    def laid_out(self, spare: float) -> tuple[tuple[Shape, ...], float]:
        """Return all shapes and the height of the map, with spare height handed out.

        Most of it makes the emotion curve taller and the lanes airier. If a lot is left, the map
        ends where its contents end, else at the lower edge of the sheet.
        """
        curve = min(spare, max(mood.MOST_HEIGHT - self.mood, 0)) if self.mood else 0.0
        lanes = len(self.above) + len(self.below)
        pile = _Pile(self.places, min((spare - curve) / lanes, _MOST_AIR) if lanes else 0)
        pile.add(self.header, styles.MARGIN, 20)
        if self.view.is_empty:
            pile.add(_nothing_yet(self.view, self.places), styles.MARGIN, 20)
        pile.add(self._notes(spare), styles.MARGIN, 20)
        if self.view.columns:
            self._journey(pile, self.mood + curve)
        bottom = self.places.page / _RATIO - styles.MARGIN - self.footer.height
        if spare and 0 < bottom - pile.y < _MOST_BLANK * bottom:
            pile.y = bottom
        pile.add(self.footer, styles.MARGIN, 0)
        return tuple(pile.shapes), pile.y + styles.MARGIN

    def _notes(self, spare: float) -> Block:
        """Return the fields of an empathy map; without a journey they take what is spare."""
        room = self.places.page - 2 * styles.MARGIN
        return empathy.fields(self.view, room, 0 if self.view.columns else spare)

    def _journey(self, pile: "_Pile", curve: float) -> None:
        ground, top = len(pile.shapes), pile.y
        pile.add(self.arrows, 0, 0)
        goals = tuple(_at_band(self.goals))
        if any(block.height for block in goals):
            title = say(self.view.language, "What they want")
            pile.lane(Lane(title, goals, across="stages"))
        for lane in self.above:
            pile.lane(lane)
        if curve:
            pile.rule()
            block = mood.lane(self.view, self.places, curve)
            title = mood.spoken(self.view)
            pile.shapes.append(Group(0, pile.y, block.shapes, title, "lane", block.width, curve))
            pile.y += curve
        for lane in (lane for lane in self.below if lane.across == "columns"):
            pile.lane(lane)
        pile.shapes[ground:ground] = _panels(self.view, self.places, top, pile.y)
        for lane in (lane for lane in self.below if lane.across == "page"):
            pile.lane(lane)
        pile.y += 16


def _at_band(blocks: tuple[Block, ...]) -> Iterator[Block]:
    for block in blocks:
        yield (
            Block(block.width + 2 * styles.INSET, block.height, (moved(block, styles.INSET, 0),))
            if block.height
            else block
        )


def _panels(view: View, places: Grid, top: float, bottom: float) -> list[Shape]:
    """Return the tinted grounds of the stages."""
    return [
        Rect(left, top + 10, wide, bottom - top - 10, shade.tint, radius=8)
        for (left, wide), shade in zip(places.bands, stages.shades(view), strict=True)
    ]


def _nothing_yet(view: View, places: Grid) -> Block:
    room = min(places.page - 2 * styles.MARGIN, 700)
    return stack(
        (
            paragraph(say(view.language, "Nothing is on this map yet."), styles.HEADING, room),
            paragraph(
                say(
                    view.language,
                    "Enter what customers do, step by step, in the sheet of touchpoints: "
                    "ten rows make a first map.",
                ),
                styles.LEAD,
                room,
            ),
        ),
        6,
    )


class _Pile:
    """Puts parts and lanes below one another, from the upper margin downwards."""

    def __init__(self, places: Grid, air: float) -> None:
        self.places = places
        self.air = air
        self.shapes: list[Shape] = []
        self.y = styles.MARGIN

    def add(self, block: Block, x: float, gap: float) -> None:
        """Put a block below what is there, and leave a gap below it."""
        if block.height:
            self.shapes.append(moved(block, x, self.y))
            self.y += block.height + gap

    def rule(self) -> None:
        """Draw a hair line across the page."""
        across = line(styles.MARGIN, self.y, self.places.right, self.y)
        self.shapes.append(Path(across, palette.FAINT, thickness=0.8))

    def lane(self, lane: Lane) -> None:
        """Put a lane below what is there."""
        if lane.rule:
            self._named_rule(lane.rule)
        else:
            self.rule()
        title = paragraph(lane.title, styles.LANE, styles.LABELS - 14)
        tallest = max(title.height, *(cell.height for cell in lane.cells))
        height = tallest + 2 * styles.LANE_PAD + self.air
        down = styles.LANE_PAD + self.air / 2
        lefts = {
            "columns": self.places.columns,
            "stages": tuple(x for x, _ in self.places.bands),
            "page": (self.places.left,),
        }[lane.across]
        cells = [
            moved(cell, x, down) for cell, x in zip(lane.cells, lefts, strict=True) if cell.height
        ]
        shapes = (moved(title, styles.MARGIN, down), *cells)
        self.shapes.append(Group(0, self.y, shapes, lane.title, "lane", self.places.page, height))
        self.y += height

    def _named_rule(self, words: str) -> None:
        """Draw a dashed line across the page, with words at its right end."""
        font = styles.LABEL.font
        long = width(words, font)
        name = paragraph(words, styles.LABEL, long + 1)
        y = self.y + name.height / 2
        across = line(styles.MARGIN, y, self.places.right - long - 8, y)
        self.shapes.append(Path(across, palette.MUTED, thickness=1.2, dash=(6, 4)))
        self.shapes.append(moved(name, self.places.right - long, self.y))
        self.y += name.height
