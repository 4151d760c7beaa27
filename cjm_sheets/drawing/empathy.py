"""Decides how an empathy map is laid out: four fields around each persona, in no order of time."""

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
from cjm_sheets.drawing.shapes import Shape
from cjm_sheets.model import journey
from cjm_sheets.tables.lists import LISTS
from cjm_sheets.tables.naming import word
from cjm_sheets.words.catalogue import say

_QUOTED = frozenset({"says", "thinks"})
_LEAST = 90.0


def fields(view: View, room: float, spare: float) -> Block:
    """Return the notes of each persona in four fields, and notes without a field below them.

    The fields share spare height among them.
    """
    if not view.notes:
        return NOTHING
    names = {persona.id: tidy.words(persona.name) for persona in view.personas}
    whose = dict.fromkeys([*names, *(note.persona for note in view.notes)])
    groups = {p: [note for note in view.notes if note.persona == p] for p in whose}
    known = {persona: notes for persona, notes in groups.items() if notes}
    least = _LEAST + spare / (2 * len(known))
    return stack(
        (
            _persona(
                names.get(persona) or say(view.language, "No persona"), notes, view, (room, least)
            )
            for persona, notes in known.items()
        ),
        22,
    )


def _persona(
    name: str, notes: list[journey.EmpathyNote], view: View, size: tuple[float, float]
) -> Block:
    """Return the fields of one persona; size: width of all, least height of a field."""
    room, least = size
    half = (room - styles.GAP) / 2
    quadrants = list(LISTS["quadrant"])
    built = [_field(key, notes, view, half) for key in quadrants]
    rows = [_row(built[at : at + 2], at, half, least) for at in (0, 2)]
    others = [note for note in notes if note.quadrant not in quadrants]
    rest = _notes("", others, view, inner(room))
    loose = card(rest, Look(palette.PAPER, palette.FAINT), room) if others else NOTHING
    return stack((paragraph(name, styles.HEADING, room), *rows, loose), styles.GAP)


def _row(built: list[Block], first: int, half: float, least: float) -> Block:
    """Return two fields of the same height beside one another."""
    tall = max(least, *(block.height for block in built))
    shapes: list[Shape] = []
    for at, block in enumerate(built):
        shade = palette.stage(first + at)
        look = Look(shade.tint, palette.HAIR, shade.deep)
        ground = card(Block(half, tall, block.shapes), look, half)
        shapes.append(moved(ground, at * (half + styles.GAP), 0))
    return Block(2 * half + styles.GAP, tall + 2 * CARD_DOWN, tuple(shapes))


def _field(key: str, notes: list[journey.EmpathyNote], view: View, half: float) -> Block:
    name = word(view.language, "quadrant", key)
    title = paragraph(name[:1].upper() + name[1:], styles.HEADING, inner(half))
    mine = [note for note in notes if note.quadrant == key]
    return stack((title, _notes(key, mine, view, inner(half))), 8)


def _notes(key: str, notes: list[journey.EmpathyNote], view: View, room: float) -> Block:
    texts = [tidy.text(note.note) for note in notes]
    quoted = [formats.quoted(view.language, t) if key in _QUOTED else t for t in texts]
    style = styles.QUOTE if key in _QUOTED else styles.LEAD
    return stack((paragraph(text, style, room) for text in quoted), 7)
