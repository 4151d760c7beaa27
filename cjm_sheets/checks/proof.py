"""Decides what stands behind a map: its steps, and the sources in which customers speak."""

from cjm_sheets.checks.finding import Found
from cjm_sheets.checks.view import View
from cjm_sheets.model.by_map import MapRows
from cjm_sheets.model.journey import Evidence, Touchpoint

BEGUN = 3
"""Steps or notes from which on a map is being made, and is more than the first row on trial."""

SHOWS_TODAY = frozenset({"", "current", "day", "blueprint"})
"""Types of maps with steps that rest on how things are; a future map rests on one of these."""

_OWN_SOURCES = frozenset({"sales-staff", "service-staff", "walk-through"})
"""Sources in which the company speaks, whoever is said to have been asked."""

_STAFF = "staff"


def steps(of: MapRows) -> tuple[Touchpoint, ...]:
    """Return the touchpoints of a map that have a name or an action, in the order of the way."""
    return tuple(row for row in of.touchpoints if row.name or row.action)


def rests_on_itself(of: MapRows) -> bool:
    """Tell whether a map has so many steps of today that it should say where they are known from.

    A map that is based on another one, such as a blueprint, rests on what stands behind that.
    """
    return of.row.type in SHOWS_TODAY and not of.row.based_on and len(steps(of)) >= BEGUN


def is_begun(of: MapRows) -> bool:
    """Tell whether there is enough of a map to ask what it rests on."""
    notes = sum(1 for note in of.empathy if note.note)
    return len(steps(of)) + notes >= BEGUN


def sources(of: MapRows) -> tuple[Evidence, ...]:
    """Return the evidence of a map that says from which source it is."""
    return tuple(row for row in of.evidence if row.source)


def is_from_customers(row: Evidence) -> bool:
    """Tell whether customers speak or act in a source, and not the company's own people."""
    return row.who != _STAFF and row.source not in _OWN_SOURCES


def on_map(of: MapRows, column: str = "title", **facts: object) -> Found:
    """Return what is found of a map as a whole, at its row in Maps."""
    return Found("Maps", of.row.line, of.row.id, column, facts=facts)


def evidence_sheet(view: View) -> str:
    """Return what the sheet of evidence is called."""
    return view.sheet("Evidence")
