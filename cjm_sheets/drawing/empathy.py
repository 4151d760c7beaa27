"""Decides how an empathy map is laid out: four fields around each persona, in no order of time."""

from cjm_sheets.drawing import formats, palette, styles, tidy
from cjm_sheets.drawing.blocks import NOTHING, Block, Look, card, inner, moved, paragraph, stack
from cjm_sheets.drawing.content import View
from cjm_sheets.drawing.shapes import Shape
from cjm_sheets.model import journey
from cjm_sheets.tables.lists import LISTS
from cjm_sheets.tables.naming import word
from cjm_sheets.words.catalogue import say

_QUOTED = frozenset({"says", "thinks"})


def fields(view: View, room: float) -> Block:
    """Return the notes of each persona in four fields, and notes without a field below them."""
    if not view.notes:
        return NOTHING
    known = {persona.id: tidy.words(persona.name) for persona in view.personas}
    everybody = dict.fromkeys([*known, *(note.persona for note in view.notes)])
    groups = []
    for persona in everybody:
        notes = [note for note in view.notes if note.persona == persona]
        if notes:
            name = known.get(persona) or say(view.language, "No persona")
            groups.append(_persona(name, notes, view, room))
    return stack(groups, 22)


def _persona(name: str, notes: list[journey.EmpathyNote], view: View, room: float) -> Block:
    heading = paragraph(name, styles.HEADING, room)
    half = (room - styles.GAP) / 2
    quadrants = list(LISTS["quadrant"])
    built = [_field(key, notes, view, half) for key in quadrants]
    rows = [_beside(built[0:2], half), _beside(built[2:4], half)]
    others = [note for note in notes if note.quadrant not in quadrants]
    rest = _notes("", others, view, inner(room))
    loose = card(rest, Look(palette.PAPER, palette.FAINT), room) if others else NOTHING
    return stack((heading, *rows, loose), styles.GAP)


def _beside(two: list[Block], half: float) -> Block:
    tallest = max(block.height for block in two)
    shapes: list[Shape] = []
    for index, block in enumerate(two):
        shade = palette.stage(index if block is two[0] else index + 1)
        level = Block(block.width, max(tallest, 90), block.shapes)
        ground = card(level, Look(shade.tint, palette.HAIR, shade.deep), half)
        shapes.append(moved(ground, index * (half + styles.GAP), 0))
    height = max(tallest, 90) + 14
    return Block(2 * half + styles.GAP, height, tuple(shapes))


def _field(key: str, notes: list[journey.EmpathyNote], view: View, half: float) -> Block:
    name = word(view.language, "quadrant", key)
    title = paragraph(name[:1].upper() + name[1:], styles.LANE, inner(half))
    mine = [note for note in notes if note.quadrant == key]
    return stack((title, _notes(key, mine, view, inner(half))), 6)


def _notes(key: str, notes: list[journey.EmpathyNote], view: View, room: float) -> Block:
    texts = [tidy.text(note.note) for note in notes]
    quoted = [formats.quoted(view.language, t) if key in _QUOTED else t for t in texts]
    style = styles.SAID if key in _QUOTED else styles.BODY
    return stack((paragraph(text, style, room) for text in quoted), 5)
