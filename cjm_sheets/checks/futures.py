"""Decides which maps of today a map of the future is held against."""

from collections.abc import Iterator

from cjm_sheets.checks.view import View
from cjm_sheets.model.by_map import MapRows


def with_today(view: View) -> Iterator[tuple[MapRows, tuple[MapRows, ...]]]:
    """Yield each begun map of the future with the maps that it is based on, if there are any."""
    by_id = {rows.row.id: rows for rows in reversed(view.maps)}
    for rows in view.maps:
        today = tuple(by_id[id_] for id_ in rows.row.based_on if id_ in by_id)
        today = tuple(other for other in today if other is not rows)
        if rows.row.type == "future" and rows.is_begun and today:
            yield rows, today
