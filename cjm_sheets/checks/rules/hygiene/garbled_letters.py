"""Decides which columns hold letters that were read in the wrong encoding."""

from collections.abc import Iterator

from cjm_sheets.checks.finding import Found, Severity
from cjm_sheets.checks.mojibake import is_garbled, repaired
from cjm_sheets.checks.registry import rule
from cjm_sheets.checks.view import View
from cjm_sheets.words.mark import N_

_MEANT = N_("Probably {meant} is meant: cjm-sheets fix mends what is sure, and shows it first.")


@rule(
    "CJ111",
    Severity.WARNING,
    table="",
    reads=("*.*",),
    summary=N_("letters were read in the wrong encoding"),
    message=N_("{value} has letters that were read wrongly; such cells in this column: {count}."),
    fix=N_("Import the file again, and choose UTF-8; letters that were lost cannot be guessed."),
)
def garbled_letters(view: View) -> Iterator[Found]:
    """CJ111: letters were read in the wrong encoding.

    Why: people stop reading where every umlaut is two signs, and searches do not find the words. It
        is said once a column, because one import is the cause of all of them.
    Fires: GrÃ¼ÃŸe; k?be for købe; a sign for a letter that was lost.
    Silent: Grüße; Rīga; Really? Yes; the question mark in a web address.
    """
    for key, decoded in view.tables.items():
        rows = view.row_ids(key)
        for column in decoded.table.spec.typed:
            if not column.kind.is_text or column.kind.name == "url":
                continue
            values = enumerate(decoded.columns.get(column.key, ()))
            bad = [(at, v) for at, v in values if isinstance(v, str) and is_garbled(v)]
            if bad:
                at, text = bad[0]
                meant = repaired(text)
                facts = {"count": len(bad), "meant": meant}
                place = (key, decoded.lines[at], rows[at], column.key)
                yield Found(*place, facts=facts, fix=_MEANT if meant else "")
