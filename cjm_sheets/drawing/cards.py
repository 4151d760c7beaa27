"""Decides what the cards say and show: pains, highs, opportunities and actions."""

from collections.abc import Iterable
from datetime import date

from cjm_sheets.drawing import formats, icons, palette, styles, tidy
from cjm_sheets.drawing.blocks import (
    Block,
    Look,
    card,
    flow,
    inner,
    moved,
    one_line,
    paragraph,
    side_by_side,
    stack,
)
from cjm_sheets.drawing.content import View
from cjm_sheets.drawing.measure import width
from cjm_sheets.drawing.ranking import Ranked
from cjm_sheets.drawing.shapes import LEADING, Group, Path, Rect, Text, line
from cjm_sheets.drawing.styles import Style
from cjm_sheets.model import journey
from cjm_sheets.tables.naming import word
from cjm_sheets.words.catalogue import say

_PAIN = Look(palette.PAIN_WASH, palette.PAIN_EDGE, palette.PAIN)
_UNSCORED = Look(palette.AMBER_WASH, palette.AMBER_EDGE, palette.AMBER)
_HIGH = Look(palette.HIGH_WASH, palette.HIGH_EDGE, palette.HIGH)
_IDEA = Look(palette.IDEA_WASH, palette.IDEA_EDGE, palette.IDEA)
_ACTION = Look(palette.ACTION_WASH, palette.ACTION_EDGE, palette.ACTION)
_CLOSED = Look(palette.WASH, palette.FAINT, palette.MUTED)
_BADGE = 8.0
_BAR = 7.0
_LEAST_BAR = 30.0
_SHOWN_BY_BOX = frozenset({"planned", "done"})
"""States of an action that its box says: empty or ticked."""


def badge(words: str, colour: str, *, outlined: bool = False) -> Block:
    """Return a disc with a few characters in it: a rank, initials."""
    ink = Style(styles.LABEL.font, colour if outlined else palette.PAPER)
    room = max(2 * _BADGE, width(words, ink.font) + 8)
    fill = palette.PAPER if outlined else colour
    disc = Rect(0, 0, room, 2 * _BADGE, fill, colour, _BADGE)
    figure = Text(0, 1.1, room, (words,), ink.font, ink.colour, "middle")
    return Block(room, 2 * _BADGE, (disc, figure))


def grade(letter: str) -> Block:
    """Return the mark of a grade A to D."""
    colour = palette.GRADES.get(letter, palette.MUTED)
    square = Rect(0, 0, 2 * _BADGE, 2 * _BADGE, colour, radius=4)
    figure = Text(0, 1.1, 2 * _BADGE, (letter,), styles.LABEL.font, palette.PAPER, "middle")
    return Block(2 * _BADGE, 2 * _BADGE, (square, figure))


def _ends(left: Block, right: Block, room: float) -> Block:
    """Return two blocks at the two ends of a line."""
    shapes = (moved(left, 0, 0), moved(right, room - right.width, 0))
    return Block(room, max(left.height, right.height), shapes)


# ---- pains ------------------------------------------------------------------------


def pain(found: Ranked, view: View, room: float) -> Block:
    """Return the card of a pain; where links work, it leads to its row in the ranking."""
    built = _pain(found, view, room)
    rank = say(view.language, "Pain {rank}", rank=found.rank) if found.rank else ""
    title = rank or say(view.language, "Pain without a score")
    here, there = f"card-{found.position}", f"pain-{found.position}"
    group = Group(0, 0, built.shapes, title, width=room, height=built.height, id=here, link=there)
    return Block(room, built.height, (group,))


def _pain(found: Ranked, view: View, room: float) -> Block:
    """Return the card of a pain: its rank, the customer's words, both scores, and the grade."""
    language, inside = view.language, inner(room)
    words = formats.quoted(language, tidy.text(found.pain.pain))
    if found.rank is None or found.shown is None or found.if_true is None:
        said = paragraph(words, styles.STRONG, inside)
        return card(stack((said, lacking(found, language, inside)), 4), _UNSCORED, room)
    mark = badge(str(found.rank), palette.PAIN)
    said = paragraph(words, styles.STRONG, inside - mark.width - 6)
    bars = stack(
        (
            bar(language, found.shown, (say(language, "shown"), palette.SHOWN), inside),
            bar(language, found.if_true, (say(language, "if true"), palette.IF_TRUE), inside),
        ),
        1,
    )
    letter = grade(found.grade)
    heads = paragraph(counted(found, language), styles.SMALL, inside - letter.width - 6)
    foot = _ends(heads, letter, inside)
    return card(stack((_marked(mark, said), bars, foot), 4), _PAIN, room)


def lacking(found: Ranked, language: str, room: float) -> Block:
    """Return what an unscored pain lacks, in amber."""
    return paragraph(
        missing_sentence(found, language), styles.coloured(styles.SMALL, palette.AMBER), room
    )


def missing_sentence(found: Ranked, language: str) -> str:
    """Return a sentence on what keeps a pain from being scored."""
    if not found.missing:
        return say(language, "No score yet")
    lacks = ", ".join(say(language, part) for part in found.missing)
    return say(language, "No score yet; missing: {what}", what=lacks)


def counted(found: Ranked, language: str) -> str:
    """Return how many had a pain of how many, or what share is guessed; "" if neither is known."""
    hit, observed = tidy.number(found.pain.hit), tidy.number(found.pain.observed)
    guess = tidy.share(found.pain.guess)
    if hit is not None and observed is not None:
        k, n = formats.short(language, hit), formats.short(language, observed)
        return say(language, "{hit} of {observed} people", hit=k, observed=n)
    if guess is not None:
        return say(language, "guess: {share}", share=formats.percent(language, guess))
    return ""


def bar(language: str, score: float, named: tuple[str, str], room: float) -> Block:
    """Return a bar for a score 0..100 with its figure, and its name where there is room."""
    name, colour = named
    figure = formats.number(language, score)
    bold, small = styles.STRONG.font, styles.SMALL.font
    figures = width("100", bold)
    names = width(name, small) + 4
    long = max(room - figures - 6, 4)
    named_long = min(long - names, 90)
    shows_name = named_long >= _LEAST_BAR
    long = named_long if shows_name else long
    filled = max(min(score, 100), 0) / 100 * long
    high = bold.size * LEADING
    y = (high - _BAR) / 2
    track = Rect(0, y, long, _BAR, palette.PAPER, palette.PAIN_EDGE, 2)
    value = Rect(0, y, filled, _BAR, colour, radius=2)
    number = Text(long + 3, 0, figures, (figure,), bold, palette.INK, "end")
    label = Text(long + figures + 7, 0.5, names, (name,), small, palette.MUTED)
    shapes = (track, value, number, label) if shows_name else (track, value, number)
    return Block(room, high, shapes)


def resolved(row: journey.Pain, view: View, room: float) -> Block:
    """Return the card of a pain of today that a step of tomorrow resolves: ticked."""
    mark = icons.box(ticked=True, colour=palette.HIGH)
    said = formats.quoted(view.language, tidy.text(row.pain))
    words = paragraph(said, styles.BODY, inner(room) - mark.width - 6)
    return card(_marked(mark, words), _HIGH, room)


# ---- highs, opportunities, actions ------------------------------------------------


def high(row: journey.High, view: View, room: float) -> Block:
    """Return the card of a high."""
    inside = inner(room)
    mark = icons.plus(palette.HIGH)
    said = formats.quoted(view.language, tidy.text(row.high))
    words = paragraph(said, styles.STRONG, inside - mark.width - 6)
    return card(_marked(mark, words), _HIGH, room)


def _marked(mark: Block, words: Block) -> Block:
    """Return a small picture with writing on its right."""
    shapes = (moved(mark, 0, 1), moved(words, mark.width + 6, 0))
    tall = max(mark.height + 1, words.height)
    return Block(mark.width + 6 + words.width, tall, shapes)


def opportunity(row: journey.Opportunity, view: View, room: float) -> Block:
    """Return the card of an opportunity: its words, its kind and effort, the pains it relieves."""
    language, inside = view.language, inner(room)
    mark = icons.bulb(palette.IDEA)
    words = paragraph(tidy.text(row.opportunity), styles.STRONG, inside - mark.width - 6)
    facts = [word(language, "opportunity_kind", tidy.words(row.kind))]
    effort = tidy.number(row.effort)
    if effort is not None:
        facts.append(say(language, "effort {n} of 5", n=formats.short(language, effort)))
    words_below = " · ".join(fact for fact in facts if fact)
    about = _beside_badges(words_below, _ranks(tidy.ids(row.pains), view), inside)
    return card(stack((_marked(mark, words), about), 4), _IDEA, room)


def _ranks(pains: Iterable[str], view: View) -> list[Block]:
    """Return the ranks of some pains as badges."""
    ranks = sorted(rank for rank in map(view.rank_of, dict.fromkeys(pains)) if rank)
    return [badge(str(rank), palette.PAIN, outlined=True) for rank in ranks]


def _beside_badges(words: str, badges: list[Block], room: float) -> Block:
    """Return words with badges at the right end, or below where they do not fit."""
    ranks = side_by_side(badges, 3)
    said = paragraph(words, styles.SMALL, room)
    if not badges or not words:
        return stack((said, flow(badges, room, (4, 3))), 0)
    if width(words, styles.SMALL.font) + ranks.width + 6 > room:
        return stack((said, flow(badges, room, (4, 3))), 4)
    return _ends(said, ranks, room)


def action(row: journey.Action, view: View, room: float) -> Block:
    """Return the card of an action: ticked if done, with owner, due date and measure."""
    pains = view.pains_of_action(row)
    language, inside = view.language, inner(room)
    done, dropped = row.status == "done", row.status == "dropped"
    colour = palette.HIGH if done else palette.MUTED if dropped else palette.ACTION
    mark = icons.box(ticked=done, colour=colour)
    words = paragraph(tidy.text(row.action), styles.STRONG, inside - mark.width - 6)
    if dropped:
        words = _struck(words)
    tags = _ranks(pains, view)
    if overdue(row, view.as_of):
        style = styles.coloured(styles.LABEL, palette.PAIN)
        tags = [one_line(say(language, "overdue"), style), *tags]
    who = _beside_badges(_who_and_when(row, language), tags, inside)
    measure = paragraph(measured(row, language), styles.SMALL, inside)
    look = _HIGH if done else _CLOSED if dropped else _ACTION
    return card(stack((_marked(mark, words), who, measure), 3), look, room)


def _struck(words: Block) -> Block:
    """Return writing with a line through each of its lines."""
    strikes = [
        Path(line(0, y, width(text, shape.font), y), palette.MUTED)
        for shape in words.shapes
        if isinstance(shape, Text)
        for at, text in enumerate(shape.lines)
        for y in [(at + 0.55) * shape.font.size * LEADING]
    ]
    return Block(words.width, words.height, (*words.shapes, *strikes))


def _who_and_when(row: journey.Action, language: str) -> str:
    due = tidy.day(row.due)
    key = tidy.words(row.status)
    status = "" if key in _SHOWN_BY_BOX else word(language, "action_status", key)
    parts = (tidy.words(row.owner), formats.day(language, due) if due else "", status)
    return " · ".join(part for part in parts if part)


def measured(row: journey.Action, language: str) -> str:
    """Return the measure of an action with where it stood and where it should go."""
    kpi = tidy.words(row.kpi)
    ends = (tidy.number(row.baseline), tidy.number(row.target))
    known = [formats.short(language, end) for end in ends if end is not None]
    return f"{kpi}: {' → '.join(known)}" if kpi and known else kpi or " → ".join(known)


def overdue(row: journey.Action, as_of: date | None) -> bool:
    """Tell whether an action should have been done before a day."""
    due = tidy.day(row.due)
    is_open = row.status not in {"done", "dropped"}
    return as_of is not None and due is not None and due < as_of and is_open
