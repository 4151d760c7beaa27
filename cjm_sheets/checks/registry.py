"""Decides what belongs to a rule beside its function, and how a function is made a rule."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TypedDict, Unpack

from cjm_sheets.checks.finding import Found, Severity
from cjm_sheets.checks.view import View

Find = Callable[[View], Iterator[Found]]


class About(TypedDict):
    """What there is to say of a rule; sentences are marked with N_.

    `table` is the key of the table that it judges, "" for any. `reads` names what it looks at, as
    `Table.column`, with * for all. `message` says what is wrong and `fix` how to mend it, both with
    {placeholders}: value, column, sheet, and the facts of what was found.
    """

    table: str
    reads: tuple[str, ...]
    summary: str
    message: str
    fix: str


@dataclass(frozen=True, slots=True)
class Rule:
    """One check."""

    id: str
    severity: Severity
    table: str
    reads: tuple[str, ...]
    summary: str
    message: str
    fix: str
    find: Find

    @property
    def text(self) -> str:
        """The docstring of its function, from which its page is made."""
        return self.find.__doc__ or ""


def rule(id_: str, severity: Severity, **about: Unpack[About]) -> Callable[[Find], Rule]:
    """Return what turns a function from a view to what it found into a rule."""
    return lambda find: Rule(id=id_, severity=severity, find=find, **about)
