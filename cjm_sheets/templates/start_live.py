"""Decides what Start works out by itself: counts, the three sentences of Next, and the ranking."""

import math

from cjm_sheets.tables import naming, schema
from cjm_sheets.templates import start_words as words
from cjm_sheets.templates.facts import Facts
from cjm_sheets.templates.live import Live, either, sentence, text
from cjm_sheets.templates.plan import Shown
from cjm_sheets.words.catalogue import say

_LONGEST = 70
"""Letters of a pain that a sentence quotes."""

_NUMBERS = {"evidenced", "if_true", "gap"}

"""How many people and kinds of source the trust grades ask for."""


def counts(facts: Facts, table: str) -> tuple[Live, Live]:
    """Return how many rows of a table are done, and how many there are."""
    step = words.STEPS[table]
    here, done = (f'({table}[[#All],[{key}]]<>"")' for key in (step.there, step.done))
    return (
        Live(f"(SUMPRODUCT({here}*{done})-1)", facts.filled(table, step.there, step.done)),
        Live(f"(SUMPRODUCT(--{here})-1)", facts.filled(table, step.there)),
    )


def so_far(facts: Facts, table: str) -> Live:
    """Return the sentence that says how far a sheet is."""
    part, every = counts(facts, table)
    template = say(facts.content.language, words.STEPS[table].so_far)
    return sentence(template, {"part": part, "all": every})


def share_done(facts: Facts, table: str) -> Live:
    """Return how much of a sheet is done, 0..1, "" while nothing is there."""
    part, every = counts(facts, table)
    known = part.value / every.value if every.value else ""  # type: ignore[operator] # counts are whole numbers
    return Live(f'IF({every.formula}=0,"",{part.formula}/{every.formula})', known)


def next_missing(facts: Facts) -> Live:
    """Return what the first unscored pain lacks, or that nothing does."""
    language = facts.content.language
    at, row = "cjm_unscored", facts.unscored
    parts = _quote(facts, at, row) | {"column": _missing(facts, row)}
    lacks = sentence(say(language, words.UNSCORED), parts)
    none = either(
        _scored(facts),
        text(say(language, words.ALL_SCORED)),
        text(say(language, words.NO_PAIN_YET, sheet=_pains(language))),
    )
    return either(_there(at, row), lacks, none)


def next_doubtful(facts: Facts) -> Live:
    """Return which pain could be much worse than shown, or that none could."""
    at, row = _gap(facts, 1)
    doubt = sentence(say(facts.content.language, words.DOUBTFUL), _quote(facts, at, row))
    return either(_there(at, row), doubt, _no_doubt(facts))


def next_mend(facts: Facts) -> Live:
    """Return which pain to mend first."""
    at = "INDEX(cjm_top,1,2)"
    row = facts.scores[0][1] if facts.scores else None
    mend = sentence(say(facts.content.language, words.MEND), _quote(facts, at, row))
    nothing = text(say(facts.content.language, words.NO_MEND_YET))
    return either(_scored(facts), mend, nothing)


def ranked(facts: Facts, rank: int, key: str) -> Live:
    """Return what a column of Pains shows for the pain of a rank, "" if there is none."""
    row = facts.scores[rank - 1][1] if rank <= len(facts.scores) else None
    return _of_rank(facts, key, f"INDEX(cjm_top,{rank},2)", row)


def asked(facts: Facts, rank: int, key: str) -> Live:
    """Return what a column shows for the pain with the gap of a rank, "" if there is none."""
    return _of_rank(facts, key, *_gap(facts, rank))


def asked_pain(facts: Facts, rank: int) -> Live:
    """Return the pain with the gap of a rank; on the first line why there is none."""
    pain = asked(facts, rank, "pain")
    if rank > 1:
        return pain
    return either(_there(*_gap(facts, rank)), pain, _no_doubt(facts))


def asked_missing(facts: Facts, rank: int) -> Live:
    """Return how many people and sources there are for a pain, and what to ask for next."""
    language = facts.content.language
    at, row = _gap(facts, rank)
    people, sources = (_number(_shown(facts, key, at, row)) for key in ("observed", "sources"))
    few, some = _fewer(people, words.FEW), _fewer(people, words.FIRM_PEOPLE)
    alone = _fewer(sources, words.FIRM_SOURCES)
    ask_few, ask_both, ask_people, ask_source, ask_more = (
        text(say(language, advice))
        for advice in (
            words.ASK_FEW,
            words.ASK_BOTH,
            words.ASK_PEOPLE,
            words.ASK_SOURCE,
            words.ASK_MORE,
        )
    )
    unsure = either(some, either(alone, ask_both, ask_people), either(alone, ask_source, ask_more))
    there = sentence(say(language, words.ASKED_SO_FAR), {"people": people, "sources": sources})
    advice = either(few, ask_few, unsure)
    said = Live(f'{there.formula}&" "&{advice.formula}', f"{there.value} {advice.value}")
    return either(_there(at, row), said, text(""))


def _gap(facts: Facts, rank: int) -> tuple[str, int | None]:
    """Return where the place of the pain with the gap of a rank stands, and its row."""
    row = facts.gaps[rank - 1][1] if rank <= len(facts.gaps) else None
    return f"INDEX(cjm_gaps,{rank},2)", row


def _of_rank(facts: Facts, key: str, at: str, row: int | None) -> Live:
    shown = _shown(facts, key, at, row)
    if key == "pain":
        shown = _shortened(shown)
    elif key not in _NUMBERS:
        shown = Live(f'{shown.formula}&""', shown.value)  # an empty cell would show as 0
    return either(_there(at, row), shown, text(""))


def _number(of: Live) -> Live:
    """Return a number as it is, anything else as 0."""
    is_number = isinstance(of.value, int | float)
    return Live(f"N({of.formula})", of.value if is_number else 0)


def _fewer(of: Live, than: int) -> Live:
    return Live(f"{of.formula}<{than}", isinstance(of.value, int | float) and of.value < than)


def _no_doubt(facts: Facts) -> Live:
    """Return why there is no pain to ask about."""
    language = facts.content.language
    nothing = text(say(language, words.NO_DOUBT_YET))
    return either(_scored(facts), text(say(language, words.FIRM)), nothing)


def _there(at: str, row: int | None) -> Live:
    return Live(f"ISNUMBER({at})", row is not None)


def _scored(facts: Facts) -> Live:
    """Tell whether any pain has a score."""
    return Live("ISNUMBER(INDEX(cjm_top,1,2))", bool(facts.scores))


def _shown(facts: Facts, key: str, at: str, row: int | None) -> Live:
    """Return what a column of Pains shows at a place."""
    known = "" if row is None else facts.pain(key, row)
    return Live(f"INDEX(Pains[[#All],[{key}]],{at})", known)


def _quote(facts: Facts, at: str, row: int | None) -> dict[str, Live]:
    """Return the parts of a sentence about the pain at a place."""
    pain = _shown(facts, "pain", at, row)
    return {
        "id": _shown(facts, "id", at, row),
        "pain": _shortened(pain),
        "grade": _shown(facts, "grade", at, row),
        "evidenced": _rounded(_shown(facts, "evidenced", at, row)),
        "if_true": _rounded(_shown(facts, "if_true", at, row)),
    }


def _shortened(of: Live) -> Live:
    """Return a text that fits into a sentence; three dots tell that it goes on."""
    whole, most = f"{of.value}", _LONGEST - 1
    known = whole if len(whole) <= _LONGEST else f"{whole[:most]}…"
    cut = f'LEFT({of.formula},{most})&"…"'
    return Live(f"IF(LEN({of.formula})>{_LONGEST},{cut},{of.formula})", known)


def _rounded(of: Live) -> Live:
    """Return a number without decimals, halves away from zero."""
    known: Shown = of.value
    if isinstance(known, int | float):
        known = math.floor(known + 0.5)
    return Live(f"ROUND({of.formula},0)", known)


def _missing(facts: Facts, row: int | None) -> Live:
    """Return the label of the first input that a pain lacks for a score."""
    asked = {"severity_used": "severity", "frequency": "observed", "reach_used": "reach"}
    labels = [text(_label(facts, key)) for key in asked.values()]
    lacking = text("…")
    for helper, label in reversed(list(zip(asked, labels, strict=True))):
        shown = _shown(facts, helper, "cjm_unscored", row)
        lacking = either(Live(f'{shown.formula}=""', shown.value == ""), label, lacking)
    return lacking


def _pains(language: str) -> str:
    return naming.table_label(language, schema.BY_KEY["Pains"])


def _label(facts: Facts, key: str) -> str:
    pains = schema.BY_KEY["Pains"]
    return naming.column_label(facts.content.language, pains, pains.by_key[key])
