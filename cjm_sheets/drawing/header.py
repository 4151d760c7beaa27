"""Decides what stands above the journey: what the map is about, and who the customer is."""

from cjm_sheets.drawing import formats, palette, styles, tidy
from cjm_sheets.drawing.blocks import (
    CARD_DOWN,
    NOTHING,
    Block,
    Look,
    card,
    inner,
    moved,
    paragraph,
    stack,
)
from cjm_sheets.drawing.content import View
from cjm_sheets.drawing.shapes import Circle, Rect, Shape, Text
from cjm_sheets.model import journey
from cjm_sheets.tables.naming import word
from cjm_sheets.words.catalogue import say

WIDEST = 2600.0
"""Of header and footer; beyond it lines are too long to be read."""
_FACTS_SHARE = 0.44
_APART = 22.0
_BESIDE = 620.0
"""From this width on a persona's wishes stand beside the persona, else below."""
_BETWEEN = 26.0
_AVATAR = 44.0
_NEEDED = 380.0
"""Width that the card of a persona needs to be read with pleasure."""
_PERSONA = Look(palette.WASH, palette.HAIR)


def header(view: View, room: float) -> Block:
    """Return the head of the map: facts on the left, personas on the right."""
    room = min(room, WIDEST)
    if not view.personas:
        return facts(view, min(room, 1100))
    left = facts(view, room * _FACTS_SHARE)
    right = personas(view, room - left.width - _BETWEEN, left.height)
    shapes = (moved(left, 0, 0), moved(right, left.width + _BETWEEN, 0))
    return Block(room, max(left.height, right.height), shapes)


def title(view: View) -> str:
    """Return the title of the map, never empty."""
    return tidy.words(view.map.title) or say(view.language, "Untitled map")


def kicker(view: View) -> str:
    """Return kind, business model, status and version of the map on one line."""
    language, row = view.language, view.map
    version = tidy.words(row.version)
    parts = (
        word(language, "map_type", tidy.words(row.type)),
        word(language, "business_model", tidy.words(row.business_model)),
        word(language, "map_status", tidy.words(row.status)),
        say(language, "version {version}", version=version) if version else "",
    )
    line = " · ".join(part for part in parts if part)
    return line[:1].upper() + line[1:]


def scope(view: View) -> str:
    """Return where the journey starts and ends."""
    start, end = tidy.words(view.map.scope_start), tidy.words(view.map.scope_end)
    if start and end:
        return say(view.language, "from {start} to {end}", start=start, end=end)
    return start or end


def long_facts(view: View) -> tuple[tuple[str, str], ...]:
    """Return (name, words) of the facts that need a line of their own."""
    language, row = view.language, view.map
    pairs = (
        (say(language, "Business goal"), tidy.text(row.goal)),
        (say(language, "Vision"), tidy.text(row.vision)),
        (say(language, "Scenario"), tidy.text(row.scenario)),
        (say(language, "Scope"), scope(view)),
    )
    return tuple(pair for pair in pairs if pair[1])


def short_facts(view: View) -> tuple[tuple[str, str], ...]:
    """Return (name, words) of the facts that stand beside one another."""
    language, row = view.language, view.map
    reviewed = tidy.day(row.last_reviewed)
    pairs = (
        (say(language, "Owner"), tidy.words(row.owner)),
        (say(language, "Last reviewed"), formats.day(language, reviewed) if reviewed else ""),
        (say(language, "Shared with"), tidy.words(row.shared_with)),
        (say(language, "Based on"), ", ".join(view.based_on)),
    )
    return tuple(pair for pair in pairs if pair[1])


def facts(view: View, room: float) -> Block:
    """Return title and facts of the map, the facts in two columns."""
    above = paragraph(kicker(view), styles.KICKER, room)
    name = paragraph(title(view), styles.TITLE, room)
    half = (room - _APART) / 2
    pairs = [_pair(pair, half) for pair in (*long_facts(view), *short_facts(view))]
    cut = _halfway(pairs)
    columns = [stack(pairs[:cut], 7), stack(pairs[cut:], 7)]
    block = stack((stack((above, name), 2), _row(columns, half + _APART)), 10)
    return Block(room, block.height, block.shapes)


def _halfway(blocks: list[Block]) -> int:
    """Return after how many blocks to begin a second column, so that the taller one is low."""

    def taller(cut: int) -> float:
        return max(sum(b.height + 7 for b in part) for part in (blocks[:cut], blocks[cut:]))

    return min(range(len(blocks) + 1), key=taller)


def _pair(pair: tuple[str, str], room: float) -> Block:
    name, words = pair
    label = paragraph(name, styles.LABEL, room)
    return stack((label, paragraph(words, styles.BODY, room)), 1)


def _row(blocks: list[Block], step: float) -> Block:
    """Return blocks beside one another, each so many pixels after the one before."""
    shapes = tuple(moved(block, i * step, 0) for i, block in enumerate(blocks))
    return Block(step * len(blocks), max((b.height for b in blocks), default=0), shapes)


# ---- personas ---------------------------------------------------------------------


def personas(view: View, room: float, least: float) -> Block:
    """Return the cards of the personas, as many beside one another as can be read.

    A single row of cards is at least `least` pixels tall.
    """
    beside = max(min(len(view.personas), int(room // _NEEDED), 3), 1)
    each = (room - styles.GAP * (beside - 1)) / beside
    built = [_card(row, number, view, (each, least)) for number, row in enumerate(view.personas)]
    single = len(built) <= beside
    tallest = least if single else 0
    rows = [
        _row(_level(built[i : i + beside], each, tallest), each + styles.GAP)
        for i in range(0, len(built), beside)
    ]
    return stack(rows, styles.GAP)


def _level(row: list[Block], room: float, least: float) -> list[Block]:
    """Return the cards of a row on grounds of the same height."""
    tallest = max(least - 2 * CARD_DOWN, *(inside.height for inside in row))
    return [card(Block(room, tallest, inside.shapes), _PERSONA, room) for inside in row]


def initials(name: str) -> str:
    """Return the first letters of the first and the last word of a name."""
    letters = [part[0] for part in name.split() if part[0].isalpha()]
    return "".join(letters[:1] + letters[1:][-1:]).upper() or "?"


def _card(row: journey.Persona, number: int, view: View, size: tuple[float, float]) -> Block:
    """Return the inside of a persona's card, for a width and a height that it may fill.

    What they want stands below who they are, or where that would be too tall, beside it.
    """
    room, tall = size
    below = _inside(row, number, view, room, beside=False)
    if below.height + 2 * CARD_DOWN <= tall or inner(room) < _BESIDE:
        return below
    return _inside(row, number, view, room, beside=True)


def _inside(row: journey.Persona, number: int, view: View, room: float, *, beside: bool) -> Block:
    inside = inner(room) - 8
    left = inside * 0.44 if beside else inside
    head = _head(row, number, view, left)
    summary = paragraph(tidy.text(row.summary), styles.BODY, left)
    quote = _quote(formats.quoted(view.language, tidy.text(row.quote)), number, left)
    who = stack((head, summary, quote), 8)
    wants = _wants(row, view.language, inside - left - 24 if beside else inside)
    both = _row([who, wants], left + 24) if beside else stack((who, wants), 9)
    return Block(inside, both.height + 8, (moved(both, 4, 4),))


def _wants(row: journey.Persona, language: str, room: float) -> Block:
    lists = (
        (say(language, "Needs"), tidy.text(row.needs)),
        (say(language, "Goals"), tidy.text(row.goals)),
        (say(language, "Frustrations"), tidy.text(row.frustrations)),
    )
    known = [pair for pair in lists if pair[1]]
    each = (room - 14 * (len(known) - 1)) / max(len(known), 1)
    return _row([_pair(pair, each) for pair in known], each + 14)


def _head(row: journey.Persona, number: int, view: View, room: float) -> Block:
    colour = palette.PEOPLE[number % len(palette.PEOPLE)]
    name = tidy.words(row.name) or say(view.language, "Persona without a name")
    font = styles.HEADING.font
    half = _AVATAR / 2
    shapes: list[Shape] = [
        Circle(half, half, half, colour),
        Text(0, half - font.size * 0.66, _AVATAR, (initials(name),), font, palette.PAPER, "middle"),
    ]
    beside = room - _AVATAR - 12
    words = stack(
        (
            paragraph(name, styles.HEADING, beside),
            paragraph(about(row, view.language), styles.SMALL, beside),
        ),
        1,
    )
    down = max((_AVATAR - words.height) / 2, 0)
    shapes.append(moved(words, _AVATAR + 12, down))
    return Block(room, max(_AVATAR, words.height), tuple(shapes))


def about(row: journey.Persona, language: str) -> str:
    """Return age, work, household and role of a persona on one line."""
    age, share = tidy.number(row.age), tidy.share(row.share)
    parts = (
        formats.short(language, age) if age is not None else "",
        tidy.words(row.occupation),
        tidy.words(row.household),
        word(language, "buying_role", tidy.words(row.buying_role)),
        say(language, "{share} of customers", share=formats.percent(language, share))
        if share is not None
        else "",
    )
    return " · ".join(part for part in parts if part)


def _quote(words: str, number: int, room: float) -> Block:
    if not words:
        return NOTHING
    colour = palette.PEOPLE[number % len(palette.PEOPLE)]
    said = paragraph(words, styles.QUOTE, room - 12)
    bar = Rect(0, 1, 3, said.height - 2, colour, radius=1.5)
    return Block(room, said.height, (bar, moved(said, 12, 0)))
