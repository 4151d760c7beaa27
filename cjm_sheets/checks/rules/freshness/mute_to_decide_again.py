"""Decides which mutes say nothing any more, or never did."""

from collections.abc import Iterator

from cjm_sheets.checks.finding import Found, Severity
from cjm_sheets.checks.muting import table_of
from cjm_sheets.checks.registry import rule
from cjm_sheets.checks.view import View
from cjm_sheets.model.journey import Mute
from cjm_sheets.words.mark import N_

_NO_REASON = N_("This mute gives no reason, so it does not count.")
_MEND_REASON = N_("Write why the finding may stay, or delete the row.")
_NO_END = N_("This mute has no day on which it ends, so it does not count.")
_MEND_END = N_("Write the day on which you want to be told again, or delete the row.")
_NO_RULE = N_("There is no rule {value}, so this mute does nothing.")
_MEND_RULE = N_("Write the id of a rule as the findings show it, such as CJ031.")
_NO_TABLE = N_("There is no sheet {value}, so this mute does nothing.")
_MEND_TABLE = N_("Write the name of the sheet on which the finding is, such as {example}.")


@rule(
    "CJ122",
    Severity.INFO,
    table="Mutes",
    reads=("Mutes.rule", "Mutes.table", "Mutes.reason", "Mutes.until"),
    summary=N_("a muted finding is to be decided again"),
    message=N_("This mute ended on {date}; the finding shows again."),
    fix=N_("Mend the finding, or write a later day and why it may stay."),
)
def mute_to_decide_again(view: View) -> Iterator[Found]:
    """CJ122: a muted finding is to be decided again.

    Why: a mute is a decision for a time and for a reason; one that has ended, or that lacks either,
        hides nothing, and whoever wrote it believes that it does.
    Fires: a mute that ended yesterday; one without a reason or without a day; one for CJ999, or for
        a sheet that no table has.
    Silent: a mute with a reason that ends today or later; a blank row; a day that cannot be read
        (that is CJ011).
    """
    for mute in view.workbook.mutes:
        if not any(map(str.strip, (mute.rule, mute.table, mute.row, mute.reason))):
            continue
        for column, message, fix in _wrong(view, mute):
            until = mute.until.isoformat() if mute.until else ""
            facts = {"date": until, "example": view.sheet("Pains")}
            yield Found(
                "Mutes", mute.line, mute.rule, column, facts=facts, message=message, fix=fix
            )


def _wrong(view: View, mute: Mute) -> Iterator[tuple[str, str, str]]:
    """Yield column, what is wrong and how to mend it; "" for what the rule itself says."""
    if view.rules and mute.rule.strip().upper() not in view.rules:
        yield "rule", _NO_RULE, _MEND_RULE
    if not table_of(mute):
        yield "table", _NO_TABLE, _MEND_TABLE
    if not mute.reason.strip():
        yield "reason", _NO_REASON, _MEND_REASON
    if mute.until is None:
        if not view.shown("Mutes", "until", mute.line).strip():
            yield "until", _NO_END, _MEND_END
    elif mute.until < view.as_of:
        yield "until", "", ""
