"""Decides which lanes a wall map has, and what stands in each of their cells."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from cjm_sheets.drawing import cards, formats, palette, step, styles, tidy
from cjm_sheets.drawing.blocks import NOTHING, Block, padded, paragraph, stack
from cjm_sheets.drawing.content import Column, View
from cjm_sheets.drawing.grid import Grid
from cjm_sheets.drawing.lane_rows import Cell, Row, each, in_place, spread, strip
from cjm_sheets.model import journey
from cjm_sheets.words.catalogue import say
from cjm_sheets.words.mark import N_


@dataclass(frozen=True, slots=True)
class Lane:
    """A lane: its title, its blocks, and the words on a dashed line above ("": none).

    There is one block for each column, or for each stage, or one as wide as the page (`across`).
    """

    title: str
    cells: tuple[Block, ...]
    rule: str = ""
    across: str = "columns"

    @property
    def is_empty(self) -> bool:
        """True if nothing stands in the lane."""
        return not any(cell.height for cell in self.cells)


@dataclass(frozen=True, slots=True)
class _Wanted:
    """A lane to be: its title, what stands in it, words on a line above, across what it goes."""

    title: str
    row: Row
    rule: str = ""
    across: str = "columns"


def above_mood(view: View, places: Grid) -> Iterator[Lane]:
    """Yield the lanes above the emotion curve that have any content."""
    yield from _lanes(view, places, _ABOVE)


def below_mood(view: View, places: Grid, *, dense: bool) -> Iterator[Lane]:
    """Yield the lanes below the emotion curve that have any content.

    On a dense map cards may leave their columns, so that it does not become too tall to be read.
    """
    yield from _lanes(view, places, (*_BELOW, *(_DENSE if dense else _CARDS)))


def _lanes(view: View, places: Grid, wanted: tuple[_Wanted, ...]) -> Iterator[Lane]:
    for each_wanted in wanted:
        cells = each_wanted.row(view, places)
        said = say(view.language, each_wanted.rule) if each_wanted.rule else ""
        title = say(view.language, each_wanted.title)
        lane = Lane(title, cells, said, each_wanted.across)
        if not lane.is_empty:
            yield lane


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


def _pains(at: Column, view: View, room: float) -> Iterator[Block]:
    for found in at.hung.pains:
        yield cards.pain(found, view, room)


def _highs(at: Column, view: View, room: float) -> Iterator[Block]:
    for row in at.hung.highs:
        yield cards.high(row, view, room)


def _pains_and_highs(at: Column, view: View, room: float) -> Iterator[Block]:
    yield from _pains(at, view, room)
    yield from _highs(at, view, room)


def _opportunities(at: Column, view: View, room: float) -> Iterator[Block]:
    for row in at.hung.opportunities:
        yield cards.opportunity(row, view, room)


def _actions(at: Column, view: View, room: float) -> Iterator[Block]:
    for row in at.hung.actions:
        yield cards.action(row, view, room)


def _resolves(at: Column, view: View, room: float) -> Iterator[Block]:
    for row in at.hung.resolves:
        yield cards.resolved(row, view, room)


_ABOVE = (
    _Wanted(N_("Steps"), each(_step)),
    _Wanted(N_("When and where"), each(_of_day(_when_and_where))),
    _Wanted(N_("What they do"), each(_of_step(lambda t: t.action))),
    _Wanted(N_("In their day"), each(_of_day(lambda d: tidy.text(d.activity)))),
    _Wanted(N_("What they think"), each(_of_step(lambda t: t.thought, said=True))),
    _Wanted(N_("What they ask"), each(_of_step(lambda t: t.question))),
    _Wanted(N_("What they expect and need"), each(_expected)),
)
_INTERACTION = N_("Line of interaction")
_VISIBILITY = N_("Line of visibility")
_INTERNAL = N_("Line of internal interaction")
_BELOW = (
    _Wanted(N_("What they feel, and why"), each(_why)),
    _Wanted(N_("Unmet needs"), each(_of_day(lambda d: tidy.text(d.unmet_need)))),
    _Wanted(N_("Reach"), each(_reach)),
    _Wanted(N_("What they see and touch"), each(_of_blueprint(lambda b: b.physical_evidence))),
    _Wanted(N_("Frontstage"), each(_of_blueprint(lambda b: b.frontstage)), _INTERACTION),
    _Wanted(N_("Backstage"), each(_of_blueprint(lambda b: b.backstage)), _VISIBILITY),
    _Wanted(N_("Support"), each(_of_blueprint(lambda b: b.support)), _INTERNAL),
    _Wanted(N_("Behind it"), each(_behind)),
)
_CARDS = (
    _Wanted(N_("Resolves"), in_place(_resolves)),
    _Wanted(N_("Pains"), in_place(_pains)),
    _Wanted(N_("Highs"), in_place(_highs)),
    _Wanted(N_("Opportunities"), spread(_opportunities)),
    _Wanted(N_("Actions"), spread(_actions)),
)
_DENSE = (
    _Wanted(N_("Resolves"), in_place(_resolves)),
    _Wanted(N_("Pains and highs"), spread(_pains_and_highs, named=True)),
    _Wanted(N_("Opportunities"), strip(_opportunities), across="page"),
    _Wanted(N_("Actions"), strip(_actions), across="page"),
)
