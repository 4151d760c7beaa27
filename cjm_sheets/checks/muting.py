"""Decides whether somebody muted a finding: for a reason, and until a day that has not passed."""

from collections.abc import Iterable
from datetime import date

from cjm_sheets.checks.finding import Finding
from cjm_sheets.model import ids
from cjm_sheets.model.journey import Mute
from cjm_sheets.tables import naming


def mute_of(finding: Finding, mutes: Iterable[Mute], as_of: date) -> Mute | None:
    """Return the mute that covers a finding on a day, None if nobody muted it.

    A mute without a reason or an end does not count. One without a row covers the whole sheet.
    """
    covering = (
        mute
        for mute in mutes
        if mute.rule.strip().upper() == finding.rule
        and is_in_force(mute, as_of)
        and table_of(mute) == finding.table
        and ids.id_of_reference(mute.row) in {"", ids.tidy(finding.row)}
    )
    return next(covering, None)


def is_in_force(mute: Mute, as_of: date) -> bool:
    """Tell whether a mute has a reason, and an end that is not before a day."""
    return bool(mute.reason.strip()) and mute.until is not None and as_of <= mute.until


def table_of(mute: Mute) -> str:
    """Return the key of the table that a mute names, in whatever language; "" if it is none."""
    table = naming.known_titles().get(naming.plain(mute.table))
    return table.key if table else ""
