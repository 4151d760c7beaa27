"""Decides which kinds of value a column can hold."""

from dataclasses import dataclass
from typing import Literal

Name = Literal[
    "id", "text", "long", "int", "num", "pct", "date", "yes_no", "list", "ref", "refs", "url", "any"
]


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of value: low and high bound it, target is the list or the table it points to."""

    name: Name
    low: int | None = None
    high: int | None = None
    target: str = ""

    @property
    def is_text(self) -> bool:
        """Tell whether any text may stand here."""
        return self.name in {"text", "long", "url"}

    @property
    def is_number(self) -> bool:
        """Tell whether only numbers may stand here."""
        return self.name in {"int", "num", "pct"}

    @property
    def is_reference(self) -> bool:
        """Tell whether ids of another table stand here."""
        return self.name in {"ref", "refs"}


ID = Kind("id")
TEXT = Kind("text")
LONG = Kind("long")
NUMBER = Kind("num")
COUNT = Kind("int", low=0)
SHARE = Kind("pct", low=0, high=1)
DATE = Kind("date")
YES_NO = Kind("yes_no", target="yes_no")
URL = Kind("url")
ANY = Kind("any")


def whole(low: int, high: int) -> Kind:
    """Return the kind of whole numbers from low to high."""
    return Kind("int", low=low, high=high)


def choice(name: str) -> Kind:
    """Return the kind whose values come from the list of this name."""
    return Kind("list", target=name)


def ref(table: str) -> Kind:
    """Return the kind that names one row of a table."""
    return Kind("ref", target=table)


def refs(table: str) -> Kind:
    """Return the kind that names any number of rows of a table."""
    return Kind("refs", target=table)
