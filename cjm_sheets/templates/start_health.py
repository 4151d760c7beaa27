"""Decides how Start speaks of a map's health: the grade, what it means, and of which day it is."""

from dataclasses import replace

from cjm_sheets.templates import looks
from cjm_sheets.templates.facts import Facts
from cjm_sheets.templates.plan import Style
from cjm_sheets.templates.start_part import LEAD, NUMBER, B, C, Draft, Part, put
from cjm_sheets.words import counts
from cjm_sheets.words.mark import N_

TITLE = N_("Map health")
MEANINGS: dict[str, str] = {
    "A": N_("In good order: nobody who checks it would send this map back."),
    "B": N_("Nearly in order: a few things are left to mend."),
    "C": N_("Fit to work with, but some things are missing. Mend them before you decide by it."),
    "D": N_("Much is still missing. Begin with the worst pains: what do you know them from?"),
    "F": N_("Something in it cannot be read, so scores may be missing. Mend that first."),
}  # fmt: skip
_NOTHING_YET = N_(
    "Nothing to check yet, and nothing wrong with that."
    " Once the first rows are there, a check gives a grade from A to F."
)
_CHECKED = N_("{found}. Checked on {day}; what you change after that day counts at the next check.")
_FILLS = {
    "A": looks.MINT, "B": looks.PALE_MINT, "C": looks.SAND, "D": looks.AMBER, "F": looks.ROSE,
}  # fmt: skip
_GRADE = replace(NUMBER, size=24, color=looks.INK)
_MEANING = Style(size=12, bold=True, indent=1, align="left")


def health(facts: Facts) -> Part:
    """Return the grade as a big letter, with its meaning and what was found."""
    draft = Draft(facts)
    draft.title(draft.say(TITLE))
    known = facts.health
    if known is None:
        plain = replace(_MEANING, bold=False, size=11)
        draft.add(30, put(B, "–", _GRADE), put(C, draft.say(_NOTHING_YET), plain))
        return draft.part()
    grade = replace(_GRADE, fill=_FILLS[known.grade])
    draft.add(34, put(B, known.grade, grade), put(C, draft.say(MEANINGS[known.grade]), _MEANING))
    day = known.day.isoformat()
    found = counts.findings(draft.language, known.errors, known.warnings, known.notes)
    said = draft.say(_CHECKED, found=found, day=day)
    draft.add(18, put(C, said, replace(LEAD, indent=1, align="left")))
    return draft.part()
