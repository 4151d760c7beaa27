"""Decides which rows have no id by which others could refer to them."""

from collections.abc import Iterator

from cjm_sheets.checks.finding import Found, Severity
from cjm_sheets.checks.registry import rule
from cjm_sheets.checks.view import View
from cjm_sheets.model import ids
from cjm_sheets.tables.codec import Decoded
from cjm_sheets.words.mark import N_

_BLANK = N_("This row has no id.")
_MEND_BLANK = N_("Type one that is free, such as {example}; a sync gives it one, too.")


@rule(
    "CJ002",
    Severity.ERROR,
    table="",
    reads=("*.id",),
    summary=N_("a row has no id, or one that is not formed like an id"),
    message=N_("{value} is not formed like an id of this sheet, such as {example}."),
    fix=N_("Give the row a new id, and change it where others refer to this row."),
)
def blank_or_malformed_id(view: View) -> Iterator[Found]:
    """CJ002: a row has no id, or one that is not formed like an id.

    Why: other rows refer to it by its id, and so does the shared copy; without one an edit there
        cannot be brought back to the row that it belongs to.
    Fires: a pain without an id; a touchpoint with the id T-4, Till 3 or N4.
    Silent: t4 with a blank behind it; a row with nothing but an id; a sheet without a column for
        ids (that is CJ001); Settings and Mutes, whose rows need none.
    """
    for key, decoded in view.tables.items():
        if view.has(key, "id"):
            yield from _of_table(key, decoded, view.row_ids(key))


def _of_table(key: str, decoded: Decoded, texts: tuple[str, ...]) -> Iterator[Found]:
    """Yield the rows of one table."""
    prefix = decoded.table.spec.prefix
    bad = [at for at, text in enumerate(texts) if not ids.is_id(text, prefix)]
    example = _free(prefix, frozenset(texts)) if bad else ""
    for at in bad:
        text = texts[at]
        yield Found(
            key,
            decoded.lines[at],
            text,
            "id",
            facts={"example": example},
            message="" if text else _BLANK,
            fix="" if text else _MEND_BLANK,
        )


def _free(prefix: str, taken: frozenset[str]) -> str:
    """Return the first id that people would count to and that is free."""
    number = 1
    while f"{prefix}{number}" in taken:
        number += 1
    return f"{prefix}{number}"
