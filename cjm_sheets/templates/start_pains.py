"""Decides how Start speaks of pains: what to do next, which are worst, about which to ask more."""

from dataclasses import replace

from cjm_sheets.tables import naming, schema
from cjm_sheets.templates import looks, start_live
from cjm_sheets.templates import start_words as words
from cjm_sheets.templates.facts import ASKED, TOP, Facts
from cjm_sheets.templates.plan import Style
from cjm_sheets.templates.start_part import (
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

_SCORE = replace(LIVE, number="0.0", align="right", bold=True)
_SAID = replace(TEXT, wrap=False, line="", under=looks.RULE)
_UNDER = Style(under=looks.RULE)
_FULL = 100
"""The score of a full bar."""


def following(facts: Facts) -> Part:
    """Return the three sentences that say what to do next."""
    draft = Draft(facts)
    draft.title(draft.say(words.NEXT))
    lines = (
        ("!", looks.AMBER, start_live.next_missing(facts)),
        ("?", "#E3DAF0", start_live.next_doubtful(facts)),
        ("✓", looks.MINT, start_live.next_mend(facts)),
    )
    for sign, fill, said in lines:
        draft.add(
            22,
            put(B, sign, replace(NUMBER, fill=fill, color=looks.INK)),
            draft.live(C, said, _SAID),
            *(put(at, None, _UNDER) for at in (D, E, F)),
        )
    return draft.part()


def worst(facts: Facts) -> Part:
    """Return the ranking of the worst pains."""
    draft = Draft(facts)
    draft.title(draft.say(words.WORST))
    heads = (words.RANK, words.STEP, words.PAIN, words.TRUST, words.SCORE)
    draft.head(*map(draft.say, heads))
    columns = (("touchpoint", LIVE), ("pain", LIVE), ("grade", LIVE), ("evidenced", _SCORE))
    for rank in range(1, TOP + 1):
        shown = (
            draft.live(at, start_live.ranked(facts, rank, key), look)
            for at, (key, look) in enumerate(columns, start=C)
        )
        draft.add(21, put(B, rank, NUMBER), *shown)
    draft.bar(looks.BAR_STRONG, _FULL, TOP)
    return draft.part()


def asking(facts: Facts) -> Part:
    """Return the pains about which to ask more people, with what there is and what is missing."""
    draft = Draft(facts)
    pains = schema.BY_KEY["Pains"]
    said = {
        key: naming.column_label(draft.language, pains, pains.by_key[key])
        for key in ("gap", "if_true", "evidenced")
    }
    draft.title(draft.say(words.ASK), draft.say(words.ASK_WHY, **said))
    draft.head(*map(draft.say, (words.RANK, words.STEP, words.PAIN, words.MISSING)), said["gap"])
    for rank in range(1, ASKED + 1):
        draft.add(
            34,
            put(B, rank, NUMBER),
            draft.live(C, start_live.asked(facts, rank, "touchpoint"), LIVE),
            draft.live(D, start_live.asked_pain(facts, rank), LIVE),
            draft.live(E, start_live.asked_missing(facts, rank), LIVE),
            draft.live(F, start_live.asked(facts, rank, "gap"), _SCORE),
        )
    draft.bar(looks.BAR_STRONG, _FULL, ASKED)
    return draft.part()
