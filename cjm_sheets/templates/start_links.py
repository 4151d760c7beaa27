"""Decides how Start leads to every sheet: in which group it stands, and what it is for."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from cjm_sheets.tables import naming, schema
from cjm_sheets.templates import leads, looks, map_shape, titles
from cjm_sheets.templates import start_words as words
from cjm_sheets.templates.facts import Facts
from cjm_sheets.templates.plan import Style
from cjm_sheets.templates.start_part import LINK, B, C, D, Draft, E, F, Part, put
from cjm_sheets.words.mark import N_

TITLE = N_("All sheets")
_FILL, _DECIDE, _MEASURE, _ORDER, _PROGRAM = (
    N_("To fill in"),
    N_("To decide"),
    N_("To measure"),
    N_("To keep in order"),
    N_("Fills itself"),
)
_GROUPS = {
    "Opportunities": _DECIDE, "Actions": _DECIDE, "Metrics": _MEASURE, "Changes": _ORDER,
    "Steps": _ORDER, "Mutes": _ORDER, "Settings": _ORDER,
}  # fmt: skip
"""The groups of tables that are not there to be filled in first of all."""

_TONES = {_FILL: "blue", _DECIDE: "green", _MEASURE: "plum", _ORDER: "slate", _PROGRAM: "clay"}
_WRITTEN = {
    "Findings": N_("What the last check found, with a link to each cell, and how to mend it."),
    "Conflicts": N_("What was changed here and in the shared copy, and has to be settled."),
    "Ranking": N_("All pains in their order, and how firm it is."),
    "Research": N_("The pains about which to ask more people, and what is missing."),
}
_WALL = N_("The wall map. It draws itself from the other sheets: print it on A3 and show it round.")
_STAY = N_("What it is worth in a year when more of your customers stay.")
_LISTS = N_("The words of the drop-down lists. Add your own below them.")
_BAND = Style(bold=True, color=looks.DEEP, align="left", indent=1)
_NAME = replace(LINK, line="", bold=True, wrap=False)
_FOR = Style(align="left", indent=1)


@dataclass(frozen=True, slots=True)
class Entry:
    """A sheet: its title, its group, and what it is for."""

    title: str
    group: str
    purpose: str


def links(facts: Facts) -> Part:
    """Return the links, group by group."""
    draft = Draft(facts)
    draft.title(draft.say(TITLE), draft.say(words.FOLDED))
    entries = list(_entries(facts))
    for group, tone in _TONES.items():
        mine = [entry for entry in entries if entry.group == group]
        band = replace(_BAND, fill=looks.TONES[tone].pale)
        if mine:
            draft.add(
                20, put(B, draft.say(group), band), *(put(at, None, band) for at in (C, D, E, F))
            )
        for entry in mine:
            title = put(C, entry.title, _NAME, link=entry.title)
            draft.add(18, title, put(D, draft.say(entry.purpose), _FOR))
    return draft.part()


def _entries(facts: Facts) -> Iterator[Entry]:
    language, there = facts.content.language, facts.content.has_sheet
    for key in facts.content.shown:
        title = naming.table_label(language, schema.BY_KEY[key])
        yield Entry(title, _GROUPS.get(key, _FILL), leads.LEADS[key])
    if there("Retention"):
        yield Entry(titles.retention(language), _MEASURE, _STAY)
    if there("Lists"):
        yield Entry(titles.lists_sheet(language), _ORDER, _LISTS)
    for role, purpose in _WRITTEN.items():
        if role in facts.content.made:
            yield Entry(titles.of_role(language, role), _PROGRAM, purpose)
    if map_shape.has_map(facts.content):
        yield Entry(titles.map_sheet(language), _PROGRAM, _WALL)
