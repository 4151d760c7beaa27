"""Decides what of a pair is noted for the digest: findings, conflicts, reviews, values moved."""

from collections import Counter
from collections.abc import Callable, Iterable
from datetime import date, timedelta
from hashlib import sha256

from cjm_sheets.checks.finding import Finding
from cjm_sheets.fleet.news import compared, then
from cjm_sheets.fleet.settings import DAY
from cjm_sheets.model.workbook import Workbook
from cjm_sheets.ports.journal import Clashed, Journal, Known, News, Noted, Review
from cjm_sheets.ports.standings import Standing
from cjm_sheets.sync.steps import Clash
from cjm_sheets.usecases.check_map import Checked
from cjm_sheets.usecases.sync_map import Synced
from cjm_sheets.usecases.sync_report import shown

MOST_SAID = 300
"""Of so many findings of a workbook the sentences are kept; of the others rule and place."""
MOST_CLASHES = 20
_MARK = 12  # signs of a mark; two findings of a workbook share one once in many millions


def known_after(synced: Synced, checked: Checked) -> Known:
    """Return what is known of a pair after a sync and a check."""
    return Known(
        marked(checked.findings),
        tuple(map(_clashed, synced.plan.conflicts[:MOST_CLASHES])),
        tuple(
            Review(title or map_id, day.isoformat())
            for map_id, title, day in reviews(checked.reading.workbook)
        ),
    )


def marked(findings: Iterable[Finding]) -> dict[str, Noted]:
    """Return findings by marks that stay the same where rows move and sentences change.

    A finding is the same one where the same rule finds the same column of the same row; of a row
    without an id, the same value there.
    """
    noted: dict[str, Noted] = {}
    times: Counter[tuple[str, ...]] = Counter()
    for each in findings:
        what = (
            each.rule,
            each.map,
            each.table,
            each.column,
            each.row,
            "" if each.row else each.value,
        )
        times[what] += 1
        whole = "\x1f".join((*what, str(times[what])))
        mark = each.severity[0] + sha256(whole.encode("utf-8", "surrogatepass")).hexdigest()[:_MARK]
        said = each.message if len(noted) < MOST_SAID else ""
        noted[mark] = Noted(each.rule, " ".join(said.split()), each.cell)
    return noted


def reviews(workbook: Workbook) -> tuple[tuple[str, str, date], ...]:
    """Return id and title of each map that says when it was reviewed, and when it is to be again.

    The first to be reviewed comes first; archived maps are left alone.
    """
    found = (
        (row.id, row.title, row.last_reviewed + timedelta(days=cadence))
        for row in workbook.maps
        if row.last_reviewed is not None and row.status != "archived"
        if (cadence := row.cadence_days or workbook.settings.review_days)
    )
    return tuple(sorted(found, key=lambda each: each[2]))


Notes = Callable[[Standing, Known | None, int, int], None]
"""Notes what was known of a pair and is known now, and how many values went where."""


def noting(journal: Journal, now: Callable[[], float]) -> Notes:
    """Return what notes, in a journal, what became of each pair that could be kept.

    It takes how the pair stood before, what is known now (None if it could not be kept), and how
    many values went to the shared copy and to the workbook.
    """

    def note(before: Standing, known: Known | None, pushed: int, pulled: int) -> None:
        if known is None:
            return

        def to(was: Known | None, so_far: News) -> tuple[Known, News]:
            change = compared(was, known, is_new=not before.synced)
            return known, then(so_far, then(News(pushed, pulled), change))

        journal.note(before.key, int(now() // DAY), to)

    return note


def _clashed(clash: Clash) -> Clashed:
    what = " ".join(filter(None, (clash.row, shown(clash.name).strip("“”"))))
    return Clashed(clash.workbook_cell, what, shown(clash.workbook), shown(clash.shared))
