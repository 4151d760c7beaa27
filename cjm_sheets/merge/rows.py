"""Decides which rows of two copies are the same row, and which need a new id."""

from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from dataclasses import dataclass

from cjm_sheets.tables.codec import Value

Identity = tuple[str, ...]
Content = Mapping[str, Value]
"""The values of a row by column, without its id and without what is missing."""


@dataclass(frozen=True, slots=True)
class SideRow:
    """A row of one side: where it lies (1-based), what it calls itself, what it says."""

    line: int
    identity: Identity
    content: Content


def name_rows(
    rows: Sequence[SideRow],
    base: Mapping[Identity, Content],
    elsewhere: Mapping[Identity, Content],
    new: Callable[[], Identity],
    stays: Callable[[Identity], bool] = lambda _: False,
) -> tuple[Identity, ...]:
    """Return the identity of each row of one side, with new ones where there must be.

    - Of several rows with one id the one whose content equals the base keeps it, else the first;
      the others were copied and get new ones.
    - A row without id, or with one that nobody knows, that says what a row says which is missing on
      this side *is* that row: a cleared or retyped id is not a deletion. `elsewhere` holds the rows
      of the other side, which count as missing here like those of the base (see Missing).
    - An unknown id that `stays` is left as it is all the same (see retyped).
    """
    keepers = _keepers(rows, base)
    present = {rows[index].identity for index in keepers}
    missing = Missing(base, elsewhere, present)
    named: list[Identity] = []
    for index, row in enumerate(rows):
        known = row.identity in base or row.identity in elsewhere
        if index in keepers and (known or stays(row.identity)):
            named.append(row.identity)
            continue
        again = missing.take(row.content)
        named.append(again or (row.identity if index in keepers else new()))
    return tuple(named)


def retyped(
    shared: Mapping[Identity, Content],
    workbook: Mapping[Identity, Content],
    base: Mapping[Identity, Content],
    is_drawn: Callable[[Identity], bool] = lambda _: False,
) -> dict[Identity, Identity]:
    """Return the ids that rows of the base have been given in the shared copy instead of theirs.

    Such an id is never written back: another workbook may know the row by it already, and two
    workbooks would rename it for each other for ever. The workbook follows instead. An id that
    was drawn is no such one: nobody types it, so another run gave it to a row that was new.
    """
    here = {identity: content for identity, content in workbook.items() if identity in base}
    missing = Missing(base, here, shared.keys())
    found: dict[Identity, Identity] = {}
    for identity, content in shared.items():
        if identity in base or identity in workbook or is_drawn(identity):
            continue
        lost = missing.take(content)
        if lost is not None:
            found[lost] = identity
    return found


class Missing:
    """The rows that are missing on one side, each to be found there once under another id.

    A row is found by what the base says of it, or the other side. Or by some of both: a run put
    what the other side says into the row, could remember that no more, and somebody went on there.
    """

    def __init__(
        self,
        base: Mapping[Identity, Content],
        elsewhere: Mapping[Identity, Content],
        present: Container[Identity],
    ) -> None:
        self._exact = _by_content(
            (identity, content)
            for known in (base, elsewhere)
            for identity, content in known.items()
            if identity not in present
        )
        self._both = {
            identity: (content, elsewhere[identity])
            for identity, content in base.items()
            if identity not in present and elsewhere.get(identity, content) != content
        }
        self._found: set[Identity] = set()
        self._looks = _MOST_LOOKS

    def take(self, content: Content) -> Identity | None:
        """Return the missing row that says this, None if there is none, or no more."""
        if not content:
            return None
        same = self._exact.get(_frozen(content), ())
        again = next((i for i in same if i not in self._found), None) or self._mixed(content)
        if again is not None:
            self._found.add(again)
        return again

    def _mixed(self, content: Content) -> Identity | None:
        for identity, (before, other) in self._both.items():
            if self._looks <= 0:
                return None
            self._looks -= 1
            if identity not in self._found and _is_between(content, before, other):
                return identity
        return None


_MOST_LOOKS = 100_000
"""So many pairs of rows are compared cell by cell; more differ only where all was replaced."""


def _is_between(content: Content, before: Content, other: Content) -> bool:
    """Tell whether a row says in each column what one of two others says there."""
    columns = content.keys() | before.keys() | other.keys()
    return all(content.get(key) in {before.get(key), other.get(key)} for key in columns)


def _keepers(rows: Sequence[SideRow], base: Mapping[Identity, Content]) -> set[int]:
    """Return which rows keep the id they have: one for each id."""
    keeper: dict[Identity, int] = {}
    for index, row in enumerate(rows):
        if not any(row.identity):
            continue
        first = keeper.setdefault(row.identity, index)
        was = base.get(row.identity)
        if first != index and rows[first].content != was and row.content == was:
            keeper[row.identity] = index
    return set(keeper.values())


def _by_content(rows: Iterable[tuple[Identity, Content]]) -> dict[object, list[Identity]]:
    """Return identities by the content of their rows; one may have several contents."""
    found: dict[object, list[Identity]] = {}
    for identity, content in rows:
        if content:
            found.setdefault(_frozen(content), []).append(identity)
    return found


def _frozen(content: Content) -> frozenset[tuple[str, Value]]:
    """Return a content as something that can be looked up."""
    return frozenset(content.items())


def same_row(one: Content, other: Content) -> bool:
    """Tell whether two new rows that people gave the same id are one row, or two by accident.

    They are one if they agree in at least half of the cells that both have filled in: a row that
    was pushed before a crash and edited since is the same row, two different pains both called N8
    are not.
    """
    both = one.keys() & other.keys()
    alike = sum(one[column] == other[column] for column in both)
    return alike * 2 >= len(both)


def too_many_gone(before: Iterable[Identity], now: Iterable[Identity]) -> int:
    """Return how many rows vanished if that is more than half of them and more than five, else 0.

    >>> rows = [(f"T{i}",) for i in range(10)]
    >>> too_many_gone(rows, rows[:4]), too_many_gone(rows, rows[:5])
    (6, 0)
    """
    then = frozenset(before)
    gone = len(then.difference(now))
    return gone if gone > 5 and gone * 2 > len(then) else 0  # noqa: PLR2004 - as said above
