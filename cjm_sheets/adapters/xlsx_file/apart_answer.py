"""Decides in which form a map, or the reason why there is none, leaves the process that read it.

It is a pickle, since nothing else is as fast, but one from which nothing can be made but what is
named here: our own records, dates and CellError. A process that a file has got hold of can send a
wrong map, as the file itself could; it cannot run anything in ours. Descriptions of tables are not
sent at all but named, so that they are the very ones that the program has.
"""

import io
import pickle  # only what _MADE names is ever made from it
from collections.abc import Callable
from datetime import date, datetime

from cjm_sheets.errors import CjmError, workbook
from cjm_sheets.ports.store import Snapshot
from cjm_sheets.tables import schema, spec
from cjm_sheets.tables.table import CellError, Grid, Placed, Table

Answer = Snapshot | CjmError
_MADE: dict[tuple[str, str], object] = {
    (of.__module__, of.__qualname__): of
    for of in (Snapshot, Table, Placed, Grid, CellError, date, datetime)
}


def packed(answer: Answer) -> bytes:
    """Return an answer as bytes."""
    buffer = io.BytesIO()
    content = (
        (type(answer).__name__, answer.facts) if isinstance(answer, CjmError) else ("", answer)
    )
    _Pickler(buffer, protocol=5).dump(content)
    return buffer.getvalue()


def unpacked(content: bytes) -> Answer:
    """Return the answer that the bytes hold; ValueError if they hold none."""
    try:
        match _Unpickler(io.BytesIO(content)).load():
            case ("", Snapshot() as found):
                return found
            case (str(name), dict(facts)) if all(map(_is_fact, facts.items())):
                return _failure(name, facts)
    except ValueError:
        raise
    except Exception as garbage:  # noqa: BLE001 - a broken pickle raises whatever it meets
        raise ValueError(type(garbage).__name__) from None
    raise ValueError("answer")


class _Pickler(pickle.Pickler):
    """Writes the name of a table in place of its description."""

    def persistent_id(self, of: object) -> str | None:
        return of.key if isinstance(of, spec.Table) else None


class _Unpickler(pickle.Unpickler):
    """Makes nothing but what an answer consists of."""

    def find_class(self, module: str, name: str) -> object:
        return _MADE[module, name]

    def persistent_load(self, key: object) -> spec.Table:
        return schema.BY_KEY[str(key)]


def _is_fact(fact: tuple[object, object]) -> bool:
    return isinstance(fact[0], str) and isinstance(fact[1], str | int | float)


def _failure(name: str, facts: dict[str, object]) -> CjmError:
    """Return the failure of this name."""
    of: Callable[..., CjmError] | None = getattr(workbook, name, None)
    if not (isinstance(of, type) and issubclass(of, CjmError)):
        raise ValueError(name)  # noqa: TRY004 - what was sent is wrong, not how we were called
    made = of.__new__(of)
    CjmError.__init__(made, **facts)
    return made
