"""Decides which kinds of failure a person can meet, and the exit code of each.

A module for each thing that fails has the failures themselves; words has their sentences.
"""

from typing import Any, ClassVar


class CjmError(Exception):
    """A failure that a person can understand and mend; built from facts, without a sentence."""

    exit_code: ClassVar[int] = 3

    def __init__(self, **facts: object) -> None:
        super().__init__(type(self).__name__, facts)
        self.facts = facts

    def __reduce__(self) -> tuple[Any, ...]:
        """Tell how it is made again in another process, whatever its class asks for."""
        return _made_again, (type(self), self.args), dict(vars(self))

    def __str__(self) -> str:
        return f"{type(self).__name__}({', '.join(f'{k}={v!r}' for k, v in self.facts.items())})"


def _made_again(kind: type[CjmError], args: tuple[object, ...]) -> CjmError:
    error = kind.__new__(kind)
    error.args = args
    return error


class UsageError(CjmError):
    """What was asked for does not exist or does not go together."""

    exit_code = 2


class InputError(CjmError):
    """A file cannot be read."""


class RemoteError(CjmError):
    """The shared copy's service refused or cannot be reached."""

    exit_code = 4


class BusyError(CjmError):
    """The file is in use, or changed under our hands."""

    exit_code = 5


class UnforeseenError(CjmError):
    """Something failed that the program did not foresee; the others go on all the same."""

    def __init__(self, kind: str, place: str) -> None:
        super().__init__(kind=kind, place=place)
