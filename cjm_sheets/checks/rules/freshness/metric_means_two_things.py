"""Decides which figures have one name and mean two things."""

from collections.abc import Iterator

from cjm_sheets.checks.finding import Found, Severity
from cjm_sheets.checks.registry import rule
from cjm_sheets.checks.view import View
from cjm_sheets.model.journey import Metric
from cjm_sheets.tables import naming
from cjm_sheets.words.mark import N_


@rule(
    "CJ107",
    Severity.WARNING,
    table="Metrics",
    reads=("Metrics.name", "Metrics.definition", "Metrics.unit"),
    summary=N_("figures of one name are measured in different ways"),
    message=N_("{name} is {value} here, and {other} in row {row}; so they cannot be compared."),
    fix=N_("Measure it in the same way everywhere, or give one of the two another name."),
)
def metric_means_two_things(view: View) -> Iterator[Found]:
    """CJ107: figures of one name are measured in different ways.

    Why: along the way people compare the figure of one stage with that of the next; in another
        unit, or asked in another way, the difference is not one of customers.
    Fires: Satisfaction as CSAT at one stage and as NPS at another; one in % and one in points.
    Silent: the same name, kind and unit; a unit that is blank; other names.
    """
    first: dict[tuple[str, str], tuple[Metric, str]] = {}
    for row in view.workbook.metrics:
        name = naming.plain(row.name)
        for column in ("definition", "unit"):
            shown = view.shown("Metrics", column, row.line).strip()
            if not name or not shown:
                continue
            before, word = first.setdefault((name, column), (row, shown))
            if naming.plain(word) != naming.plain(shown):
                facts = {"name": row.name.strip(), "other": word, "row": before.id or before.line}
                yield Found("Metrics", row.line, row.id, column, shown, facts)
