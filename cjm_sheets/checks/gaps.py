"""Decides how rows are reported that lack one thing: each by itself, or all at once if many do."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Protocol, TypeVar

from cjm_sheets.checks.finding import Found, Severity
from cjm_sheets.checks.view import View
from cjm_sheets.model.journey import Map

FEW = 5
"""So many gaps are told one by one; more of them are one habit, and one finding."""

_SOME = 3
"""Where so many rows or more all have the gap, nobody has begun with it: that is one finding."""


class Row(Protocol):
    """A row of any table."""

    @property
    def id(self) -> str:
        """The id of the row."""

    @property
    def line(self) -> int:
        """The 1-based row of the sheet."""


_Any = TypeVar("_Any", bound=Row)


def _no_facts(_: Row) -> Mapping[str, object]:
    return {}


def gaps(
    place: tuple[str, str],
    rows: Sequence[_Any],
    lacking: Sequence[_Any],
    widely: str,
    facts: Callable[[_Any], Mapping[str, object]] = _no_facts,
) -> Iterator[Found]:
    """Yield what is found of the rows that lack something, of all rows that should have it.

    `place` is the table and the column. `widely` is the sentence for many of them at once, with
    {missing} and {all}; it sits on the first. One alone comes with the rule's own sentence.
    """
    table, column = place
    if len(lacking) > FEW or len(lacking) == len(rows) >= _SOME:
        counts = {"missing": len(lacking), "all": len(rows)}
        first = lacking[0]
        told = {**facts(first), **counts}
        yield Found(table, first.line, first.id, column, facts=told, message=widely)
        return
    for row in lacking:
        yield Found(table, row.line, row.id, column, facts=facts(row))


def softly(of: Map, found: Iterable[Found]) -> Iterator[Found]:
    """Yield gaps, as a note where nobody has begun with a column of a map that is still a draft.

    It comes later in the work, and whoever begins with a map is not to be drowned in warnings.
    """
    for each in found:
        begun = each.facts.get("missing") != each.facts.get("all") or not each.message
        late = of.status not in {"", "draft"}
        yield each if begun or late else replace(each, severity=Severity.INFO)


def is_blank(view: View, table: str, column: str, line: int) -> bool:
    """Tell whether nothing stands in a cell of a column that there is.

    What stands there but cannot be read is another rule's matter.
    """
    return view.has(table, column) and not view.shown(table, column, line).strip()
