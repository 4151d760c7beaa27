"""Decides whether a map says which few moments decide how customers remember it."""

from collections.abc import Iterator, Sequence

from cjm_sheets.checks.finding import Found, Severity
from cjm_sheets.checks.gaps import is_blank
from cjm_sheets.checks.registry import rule
from cjm_sheets.checks.view import View
from cjm_sheets.checks.way import steps
from cjm_sheets.model.by_map import NO_WAY
from cjm_sheets.model.journey import Touchpoint
from cjm_sheets.words.mark import N_

_RATED = 3
"""Touchpoints with an emotion that it takes for a lowest, a highest and a last one."""

_TOO_MANY = N_("{count} touchpoints of this map are marked in {column}; more than {most} is many.")
_MEND_TOO_MANY = N_("Keep the mark where the customer decides to stay or to leave.")


@rule(
    "CJ059",
    Severity.INFO,
    table="Touchpoints",
    reads=("Touchpoints.moment_of_truth", "Touchpoints.emotion", "Maps.type"),
    summary=N_("no moment of truth is marked, or too many are"),
    message=N_("No touchpoint of this map is marked in {column}."),
    fix=N_(
        "Mark one to {most}: look at the lowest ({low}), the highest ({high}), the last ({last})."
    ),
)
def moments_of_truth(view: View) -> Iterator[Found]:
    """CJ059: no moment of truth is marked, or too many are.

    Why: people remember the strongest moment and the end, and decide by them; a mark raises the
        score of the pains there. Where every step is marked, the mark says nothing. How many are
        too many stands in Settings (moments_most).
    Fires: a way with moods and no mark (on its lowest touchpoint); four marks (on the fourth).
    Silent: one to three marks; fewer than three touchpoints with a mood, or all of them the
        same; a future map without a mark; day and empathy maps; a workbook without the column; an
        archived map.
    """
    if not view.has("Touchpoints", "moment_of_truth"):
        return
    most = int(view.limit("moments_most"))
    for each in view.maps:
        rows = steps(each)
        marked = [row for row in rows if row.moment_of_truth]
        if len(marked) > most:
            yield _too_many(marked, most)
        elif not marked and each.row.type not in NO_WAY | {"future"}:
            yield from _unmarked(view, rows, most)


def _too_many(marked: Sequence[Touchpoint], most: int) -> Found:
    """Return what is found of the first mark too many."""
    row = marked[most]
    return Found(
        "Touchpoints",
        row.line,
        row.id,
        "moment_of_truth",
        facts={"count": len(marked), "most": most},
        message=_TOO_MANY,
        fix=_MEND_TOO_MANY,
    )


def _unmarked(view: View, rows: Sequence[Touchpoint], most: int) -> Iterator[Found]:
    """Yield what is found of a way without a mark, unless a mark there cannot be read."""
    rated = [(row.emotion, row) for row in rows if row.emotion is not None]
    if len(rated) < _RATED or len({emotion for emotion, _ in rated}) == 1:
        return
    unsaid = [row.line for row in rows if row.moment_of_truth is None]
    if not all(is_blank(view, "Touchpoints", "moment_of_truth", line) for line in unsaid):
        return
    low = min(rated, key=lambda pair: pair[0])[1]
    high = max(rated, key=lambda pair: pair[0])[1]
    named = {"low": low, "high": high, "last": rows[-1]}
    facts = {key: f"{row.id} {row.name}".strip() for key, row in named.items()}
    yield Found(
        "Touchpoints", low.line, low.id, "moment_of_truth", "", facts={**facts, "most": most}
    )
