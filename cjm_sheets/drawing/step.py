"""Decides what stands at the head of a column: the touchpoint, and how many people come there."""

from cjm_sheets.drawing import formats, icons, palette, styles, tidy
from cjm_sheets.drawing.blocks import NOTHING, Block, moved, one_line, paragraph, stack
from cjm_sheets.drawing.content import View
from cjm_sheets.drawing.measure import width
from cjm_sheets.drawing.shapes import Rect
from cjm_sheets.model import journey
from cjm_sheets.tables.naming import word
from cjm_sheets.words.catalogue import say

_BAR = 8.0


def head(row: journey.Touchpoint, view: View, room: float) -> Block:
    """Return the card of a touchpoint: channel, name, medium, moment of truth."""
    language = view.language
    key = tidy.words(row.channel)
    parts = (word(language, "channel", key), word(language, "medium", tidy.words(row.medium)))
    words = " · ".join(part for part in parts if part)
    where = NOTHING
    if words:
        mark = icons.channel(key, palette.MUTED)
        said = paragraph(words, styles.SMALL, room - mark.width - 5)
        shapes = (moved(mark, 0, 0), moved(said, mark.width + 5, 0.3))
        where = Block(room, max(mark.height, said.height + 0.3), shapes)
    name = paragraph(tidy.text(row.name) or say(language, "Step without a name"), styles.STEP, room)
    whose = paragraph(only_of(row, view), styles.SMALL, room)
    return stack((where, name, whose, _truth(row, language, room)), 3)


def only_of(row: journey.Touchpoint, view: View) -> str:
    """Return whose step it is, "" if it is everybody's."""
    names = {p.id: tidy.words(p.name) for p in view.personas}
    only = [names[i] for i in tidy.ids(row.personas) if i in names]
    return ", ".join(only) if len(only) < len(names) else ""


def _truth(row: journey.Touchpoint, language: str, room: float) -> Block:
    if row.moment_of_truth is not True:
        return NOTHING
    mark = icons.diamond(10)
    style = styles.coloured(styles.LABEL, palette.TRUTH)
    words = paragraph(say(language, "Moment of truth"), style, room - mark.width - 5)
    shapes = (moved(mark, 0, 1.5), moved(words, mark.width + 5, 0))
    return Block(room, max(words.height, mark.height + 1.5), shapes)


def reach(row: journey.Touchpoint, view: View, room: float) -> Block:
    """Return the share of customers who come here as a bar, and of those who leave here."""
    language, share = view.language, tidy.share(row.reach)
    left = tidy.share(row.drop_off)
    parts = []
    if share is not None:
        figure = one_line(formats.percent(language, share), styles.STRONG)
        long = max(room - width("100,0 %", styles.STRONG.font) - 6, 4)
        track = Rect(0, 3, long, _BAR, palette.PAPER, palette.FAINT, 4)
        value = Rect(0, 3, long * share, _BAR, palette.LINE, radius=4)
        parts.append(Block(room, figure.height, (track, value, moved(figure, long + 6, 0))))
    if left is not None:
        sentence = say(language, "{share} leave here", share=formats.percent(language, left))
        parts.append(paragraph(sentence, styles.coloured(styles.SMALL, palette.PAIN), room))
    return stack(parts, 2)
