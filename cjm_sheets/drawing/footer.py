"""Decides what stands below the journey: what the marks mean, and what the map rests on."""

from collections.abc import Iterator

from cjm_sheets.drawing import cards, formats, icons, palette, styles, tidy
from cjm_sheets.drawing.blocks import Block, flow, one_line, paragraph, side_by_side, stack
from cjm_sheets.drawing.content import View
from cjm_sheets.drawing.mood import has_moods
from cjm_sheets.drawing.shapes import Rect
from cjm_sheets.words.catalogue import count, say
from cjm_sheets.words.languages import LANGUAGES
from cjm_sheets.words.mark import N_

ILLUSTRATIVE = N_("illustrative")
"""A map whose version or scenario says this word has made-up numbers."""

GRADES = (
    ("A", N_("30 people and 2 kinds of source")),
    ("B", N_("30 people, or 5 and 2 kinds of source")),
    ("C", N_("5 people")),
    ("D", N_("less: get data first")),
)


def footer(view: View, room: float) -> Block:
    """Return legend and notes."""
    items = [_named(mark, words) for mark, words in legend(view)]
    signs = flow(items, room, (20, 6))
    note = paragraph(" ".join(remarks(view)), styles.SMALL, room)
    return stack((signs, note), 6)


def _named(mark: Block, words: str) -> Block:
    return side_by_side((mark, one_line(words, styles.SMALL)), 6)


def legend(view: View) -> Iterator[tuple[Block, str]]:
    """Yield each mark that is on this map, with what it means."""
    language = view.language
    steps = [at.touchpoint for at in view.columns if at.touchpoint]
    if any(step.moment_of_truth is True for step in steps):
        yield icons.diamond(10), say(language, "moment of truth")
    if has_moods(view):
        yield icons.face(-2, 7), say(language, "mood from −2 to +2")
    if any(found.rank for found in view.ranking):
        yield from _scores(language)
    if any(not found.rank for found in view.ranking):
        square = Block(14, 12, (Rect(0, 0, 14, 12, palette.AMBER_WASH, palette.AMBER_EDGE, 3),))
        yield square, say(language, "pain without a score")


def _scores(language: str) -> Iterator[tuple[Block, str]]:
    yield cards.badge("1", palette.PAIN), say(language, "rank of the pain by score shown")
    for colour, words in (
        (palette.SHOWN, say(language, "score shown: as bad as we can show")),
        (palette.IF_TRUE, say(language, "score if true: as bad as it may be")),
    ):
        yield Block(24, 7, (Rect(0, 0, 24, 7, colour, radius=2),)), words
    for letter, words in GRADES:
        yield cards.grade(letter), say(language, words)


def remarks(view: View) -> Iterator[str]:
    """Yield the sentences on what the map rests on."""
    language = view.language
    if view.evidence:
        yield evidence(view)
    elif not view.is_empty:
        yield say(language, "No evidence is linked yet: all of this is assumption.")
    if is_illustrative(view):
        yield say(language, "The numbers on this map are illustrative.")


def evidence(view: View) -> str:
    """Return on how many sources and people the map rests."""
    language = view.language
    sizes = [tidy.number(source.sample_size) for source in view.evidence]
    people = int(sum(size for size in sizes if size is not None and size > 0))
    sources = count(language, "{n} source", "{n} sources", len(view.evidence))
    if not people:
        return say(language, "Rests on {sources}.", sources=sources)
    figure = formats.number(language, people)
    heads = count(language, "{people} person", "{people} people", people, people=figure)
    return say(language, "Rests on {sources} with {people}.", sources=sources, people=heads)


def is_illustrative(view: View) -> bool:
    """Tell whether the map says, in any language, that its numbers are made up."""
    said = f"{tidy.words(view.map.version)} {tidy.words(view.map.scenario)}".casefold()
    return any(say(language, ILLUSTRATIVE).casefold() in said for language in LANGUAGES)
