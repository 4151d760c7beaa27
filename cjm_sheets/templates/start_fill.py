"""Decides how Start opens: the promise, three lines, and the sheets to fill with what is there."""

from dataclasses import replace

from cjm_sheets.tables import naming, schema
from cjm_sheets.templates import leads, looks, map_types, start_live
from cjm_sheets.templates import start_words as words
from cjm_sheets.templates.content import Content
from cjm_sheets.templates.facts import Facts
from cjm_sheets.templates.plan import Style
from cjm_sheets.templates.start_part import (
    LEAD,
    LINK,
    LIVE,
    NUMBER,
    TEXT,
    B,
    C,
    D,
    Draft,
    E,
    F,
    Part,
    put,
)

_SHEET = replace(LINK, bold=True, size=11)
_SHARE = replace(LIVE, number="0%", align="right")


def opening(facts: Facts) -> Part:
    """Return what this is, and in which order to fill it in."""
    draft = Draft(facts)
    draft.add(10)
    draft.add(33, put(B, draft.say(words.PROMISE), replace(looks.TITLE, size=20)))
    draft.add(18, put(B, draft.say(words.FILL[facts.content.map_type]), Style(size=11)))
    draft.add(18, put(B, draft.say(words.COLOURS), replace(LEAD, size=11)))
    if facts.content.illustrative:
        draft.add(17, put(B, draft.say(leads.ILLUSTRATIVE), looks.NOTICE))
    return draft.part()


def filling(facts: Facts) -> Part:
    """Return the table of the sheets to fill, in their order."""
    draft = Draft(facts)
    heads = (words.WHAT, words.ENOUGH, words.SO_FAR, words.DONE)
    draft.head("", *map(draft.say, heads))
    keys = _keys(facts.content)
    for number, key in enumerate(keys, start=1):
        title = naming.table_label(draft.language, schema.BY_KEY[key])
        draft.add(
            22,
            put(B, number, NUMBER),
            put(C, title, _SHEET, link=title),
            put(D, draft.say(words.STEPS[key].enough), TEXT),
            draft.live(E, start_live.so_far(facts, key), LIVE),
            draft.live(F, start_live.share_done(facts, key), _SHARE),
        )
    draft.bar(looks.GREEN, 1, len(keys))
    return draft.part()


def _keys(content: Content) -> tuple[str, ...]:
    """Return the sheets that Start leads through."""
    first = map_types.MAP_TYPES[content.map_type].first
    return tuple(key for key in (*first, "Opportunities", "Actions") if key in content.shown)
