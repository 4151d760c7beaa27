"""Decides how a change is told who makes it."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

_LONGEST = 60


@dataclass(frozen=True, slots=True)
class Actor:
    """Who makes a change: a name, "" for none, and for people the window that it comes from."""

    name: str = ""
    window: str = ""
    is_person: bool = False


_ACTING: ContextVar[Actor | None] = ContextVar("acting", default=None)


def actor(name: str, window: str) -> Actor:
    """Return an actor from what a browser says of itself, cut to a sensible length."""
    return Actor(" ".join(name.split())[:_LONGEST], window[:_LONGEST], is_person=True)


def acting() -> Actor:
    """Return who acts now."""
    return _ACTING.get() or Actor()


@contextmanager
def acting_as(who: Actor) -> Iterator[None]:
    """Let changes of a block be those of somebody."""
    before = _ACTING.set(who)
    try:
        yield
    finally:
        _ACTING.reset(before)
