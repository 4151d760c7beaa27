"""Decides which lanes a wall map has, and what stands in each of their cells."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from cjm_sheets.drawing import cards, formats, palette, step, styles, tidy
from cjm_sheets.drawing.blocks import NOTHING, Block, padded, paragraph, stack
from cjm_sheets.drawing.content import Column, View
from cjm_sheets.model import journey
from cjm_sheets.words.catalogue import say
from cjm_sheets.words.mark import N_


@dataclass(frozen=True, slots=True)
class Lane:
    """A lane: its title, one block a column, and the words on a dashed line above ("": none)."""

    title: str
    cells: tuple[Block, ...]
    rule: str = ""

    @property
    def is_empty(self) -> bool:
        """True if nothing stands in the lane."""
        return not any(cell.height for cell in self.cells)


Cell = Callable[[Column, View, float], Block]
"""Builds the block of a column, as wide as the column."""

Row = Callable[[View, float], tuple[Block, ...]]
"""Builds the blocks of all columns, of which each is so many pixels wide."""

Cards = Callable[[Column, View, float], Iterable[Block]]
"""Builds the cards of a column, each so many pixels wide."""


def above_mood(view: View, column: float) -> Iterator[Lane]:
    """Yield the lanes above the emotion curve that have any content."""
    yield from _lanes(view, column, ABOVE)


def below_mood(view: View, column: float) -> Iterator[Lane]:
    """Yield the lanes below the emotion curve that have any content."""
    yield from _lanes(view, column, BELOW)


def _lanes(view: View, column: float, wanted: tuple[tuple[str, Row, str], ...]) -> Iterator[Lane]:
    for title, row, rule in wanted:
        cells = row(view, column)
        said = say(view.language, rule) if rule else ""
        lane = Lane(say(view.language, title), cells, said)
        if not lane.is_empty:
            yield lane


def _each(cell: Cell) -> Row:
    """Return a row of cells that are built one by one."""

    def row(view: View, column: float) -> tuple[Block, ...]:
        return tuple(cell(at, view, column) for at in view.columns)

    return row


# ---- cells of text ----------------------------------------------------------------


def _inset(block: Block) -> Block:
    return padded(block, styles.INSET, 0) if block.height else NOTHING


def _of_step(read: Callable[[journey.Touchpoint], str], *, said: bool = False) -> Cell:
    """Return a cell that shows a text of the touchpoint, as said by the customer or not."""

    def cell(at: Column, view: View, column: float) -> Block:
        words = tidy.text(read(at.touchpoint)) if at.touchpoint else ""
        shown = formats.quoted(view.language, words) if said else words
        style = styles.SAID if said else styles.BODY
        return _inset(paragraph(shown, style, column - 2 * styles.INSET))

    return cell


def _of_blueprint(read: Callable[[journey.BlueprintStep], str]) -> Cell:
    """Return a cell that shows a text of the service blueprint."""

    def cell(at: Column, _view: View, column: float) -> Block:
        room = column - 2 * styles.INSET
        texts = (tidy.text(read(row)) for row in at.hung.blueprint)
        return _inset(stack((paragraph(t, styles.BODY, room) for t in texts), 4))

    return cell


def _of_day(read: Callable[[journey.DayMoment], str]) -> Cell:
    """Return a cell that shows a text of the moments of the day."""

    def cell(at: Column, _view: View, column: float) -> Block:
        room = column - 2 * styles.INSET
        texts = (read(row) for row in at.hung.moments)
        return _inset(stack((paragraph(t, styles.BODY, room) for t in texts), 4))

    return cell


def _when_and_where(row: journey.DayMoment) -> str:
    parts = (tidy.words(part) for part in (row.time, row.place, row.platform))
    return " · ".join(part for part in parts if part)


def _step(at: Column, view: View, column: float) -> Block:
    room = column - 2 * styles.INSET
    if at.touchpoint is not None:
        return _inset(step.head(at.touchpoint, view, room))
    words = N_("Without a step") if at.loose else N_("No step yet")
    style = styles.coloured(styles.STEP, palette.MUTED)
    return _inset(paragraph(say(view.language, words), style, room))


def _why(at: Column, _view: View, column: float) -> Block:
    if at.touchpoint is None:
        return NOTHING
    room = column - 2 * styles.INSET
    feeling = paragraph(tidy.text(at.touchpoint.feeling), styles.STRONG, room)
    why = paragraph(tidy.text(at.touchpoint.why), styles.BODY, room)
    return _inset(stack((feeling, why), 2))


def _reach(at: Column, view: View, column: float) -> Block:
    if at.touchpoint is None:
        return NOTHING
    return _inset(step.reach(at.touchpoint, view, column - 2 * styles.INSET))


def _behind(at: Column, view: View, column: float) -> Block:
    """Return people, policy, technology and process behind a step, each with its name."""
    room = column - 2 * styles.INSET
    names = (N_("People"), N_("Policy"), N_("Technology"), N_("Process"), N_("Recovery"))
    parts: list[Block] = []
    for row in at.hung.blueprint:
        if row.failure_point is True:
            style = styles.coloured(styles.LABEL, palette.PAIN)
            parts.append(paragraph(say(view.language, "Failure point"), style, room))
        texts = (row.people, row.policy, row.technology, row.process, row.recovery)
        for name, text in zip(names, map(tidy.text, texts), strict=True):
            if text:
                said = f"{say(view.language, name)}: {text}"
                parts.append(paragraph(said, styles.BODY, room))
    return _inset(stack(parts, 3))


def _expected(at: Column, view: View, column: float) -> Block:
    """Return expectation and need: what a future map shows beside what happens."""
    if at.touchpoint is None or view.map.type != "future":
        return NOTHING
    room = column - 2 * styles.INSET
    texts = (tidy.text(at.touchpoint.expectation), tidy.text(at.touchpoint.need))
    return _inset(stack((paragraph(text, styles.BODY, room) for text in texts), 4))


# ---- cells of cards ---------------------------------------------------------------


def _pile(blocks: Iterable[Block]) -> Block:
    built = stack(blocks, styles.GAP)
    return padded(built, styles.CARD_INSET, 0) if built.height else NOTHING


def _in_place(of_column: Cards) -> Row:
    """Return a row that stacks cards below the step to which they belong."""

    def row(view: View, column: float) -> tuple[Block, ...]:
        room = column - 2 * styles.CARD_INSET
        return tuple(_pile(of_column(at, view, room)) for at in view.columns)

    return row


def _spread(of_column: Cards) -> Row:
    """Return a row whose cards may move aside, to a shorter column of the same stage.

    The first card of a step stays below it. So a step with many ideas does not make the map tall;
    which pains a card is about, the badges on it say.
    """

    def row(view: View, column: float) -> tuple[Block, ...]:
        room = column - 2 * styles.CARD_INSET
        built = [list(of_column(at, view, room)) for at in view.columns]
        piles: list[Block] = []
        for band in view.bands:
            here = built[len(piles) : len(piles) + band.columns]
            piles += [_pile(pile) for pile in _evened(here)]
        return tuple(piles)

    return row


def _evened(columns: list[list[Block]]) -> list[list[Block]]:
    piles = [cards_here[:1] for cards_here in columns]
    heights = [sum(block.height for block in pile) for pile in piles]
    for home, cards_here in enumerate(columns):
        for block in cards_here[1:]:
            at = min(range(len(piles)), key=lambda i: (heights[i], abs(i - home)))
            piles[at].append(block)
            heights[at] += block.height + styles.GAP
    return piles


def _pains(at: Column, view: View, room: float) -> Iterator[Block]:
    for found in at.hung.pains:
        yield cards.pain(found, view, room)


def _highs(at: Column, view: View, room: float) -> Iterator[Block]:
    for row in at.hung.highs:
        yield cards.high(row, view, room)


def _opportunities(at: Column, view: View, room: float) -> Iterator[Block]:
    for row in at.hung.opportunities:
        yield cards.opportunity(row, view, room)


def _actions(at: Column, view: View, room: float) -> Iterator[Block]:
    for row in at.hung.actions:
        yield cards.action(row, view, room)


def _resolves(at: Column, view: View, room: float) -> Iterator[Block]:
    for row in at.hung.resolves:
        yield cards.resolved(row, view, room)


ABOVE: tuple[tuple[str, Row, str], ...] = (
    (N_("Steps"), _each(_step), ""),
    (N_("When and where"), _each(_of_day(_when_and_where)), ""),
    (N_("What they do"), _each(_of_step(lambda t: t.action)), ""),
    (N_("In their day"), _each(_of_day(lambda d: tidy.text(d.activity))), ""),
    (N_("What they think"), _each(_of_step(lambda t: t.thought, said=True)), ""),
    (N_("What they ask"), _each(_of_step(lambda t: t.question)), ""),
    (N_("What they expect and need"), _each(_expected), ""),
)
BELOW: tuple[tuple[str, Row, str], ...] = (
    (N_("What they feel, and why"), _each(_why), ""),
    (N_("Unmet needs"), _each(_of_day(lambda d: tidy.text(d.unmet_need))), ""),
    (N_("Reach"), _each(_reach), ""),
    (N_("What they see and touch"), _each(_of_blueprint(lambda b: b.physical_evidence)), ""),
    (N_("Frontstage"), _each(_of_blueprint(lambda b: b.frontstage)), N_("Line of interaction")),
    (N_("Backstage"), _each(_of_blueprint(lambda b: b.backstage)), N_("Line of visibility")),
    (N_("Support"), _each(_of_blueprint(lambda b: b.support)), N_("Line of internal interaction")),
    (N_("Behind it"), _each(_behind), ""),
    (N_("Resolves"), _in_place(_resolves), ""),
    (N_("Pains"), _in_place(_pains), ""),
    (N_("Highs"), _in_place(_highs), ""),
    (N_("Opportunities"), _spread(_opportunities), ""),
    (N_("Actions"), _spread(_actions), ""),
)
"""Lanes from top to bottom: title, what stands in a cell, words on a dashed line above."""
