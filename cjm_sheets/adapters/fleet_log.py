"""Decides how events become lines of a log: one each, without secrets, and at no one's expense.

A log never stops a run: what cannot be written is counted and forgotten.
"""

import errno
import json
import os
import threading
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

import structlog
from structlog.typing import EventDict, Processor, WrappedLogger

from cjm_sheets.errors.machine import CannotLogError
from cjm_sheets.fleet.discretion import Discretion
from cjm_sheets.ports.observer import Event

_FIRST = ("timestamp", "level", "event")
RUN_BEGUN = "run_begun"


class Lines(Protocol):
    """Where lines go."""

    def write(self, line: bytes) -> None:
        """Write a line, or raise OSError."""
        ...


class FileLines:
    """A file to whose end lines are written; when somebody moves it away, a new one is begun."""

    def __init__(self, path: str) -> None:
        """Open a file, or raise CannotLogError."""
        self._path = Path(path)
        self._torn = False
        try:
            self._handle = self._opened()
        except OSError as error:
            raise CannotLogError(path, error.strerror or str(error)) from error

    def write(self, line: bytes) -> None:
        """Write a line with one call, so that those of several processes do not mix."""
        if self._has_moved():
            fresh = self._opened()
            self.close()
            self._handle = fresh
        whole = b"\n" + line if self._torn else line
        done = os.write(self._handle, whole)
        self._torn = done < len(whole) if done else self._torn
        if done < len(whole):
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    def close(self) -> None:
        """Let go of the file."""
        with suppress(OSError):
            os.close(self._handle)

    def _opened(self) -> int:
        flags = os.O_WRONLY | os.O_APPEND | os.O_CREAT
        for name in ("O_CLOEXEC", "O_BINARY"):  # one of Unix, one of Windows
            flags |= getattr(os, name, 0)
        return os.open(self._path, flags, 0o640)

    def _has_moved(self) -> bool:
        """Tell whether the name stands for another file by now, or for none."""
        try:
            there = self._path.stat()
        except OSError:
            return True
        ours = os.fstat(self._handle)
        return (there.st_dev, there.st_ino) != (ours.st_dev, ours.st_ino)


class ErrorLines:
    """The standard errors of the process."""

    def write(self, line: bytes) -> None:
        """Write a line."""
        left = memoryview(line)
        while left:
            left = left[os.write(2, left) :]

    def close(self) -> None:
        """Leave it open: it is not ours."""


@dataclass(frozen=True, slots=True)
class Style:
    """How lines look: as JSON, or as text that people read, with colours or without."""

    as_text: bool
    colours: bool


class FleetLog:
    """A log of events; `lost` counts those that could not be written, `why` says so of the last."""

    def __init__(
        self,
        lines: Lines,
        style: Style,
        facts: dict[str, object],
        secrets: Callable[[], Iterable[str]],
        new_run: Callable[[], str],
    ) -> None:
        """Begin a log; `facts` stand in each line, and `new_run` names each run."""
        self._lines, self._secrets, self._new_run = lines, secrets, new_run
        self._discretion = Discretion()
        self._lock = threading.RLock()  # a signal may come while a line is written
        self.lost, self.why = 0, ""
        self._logger: Any = structlog.wrap_logger(
            structlog.PrintLogger(),  # never asked: the last processor drops all events
            processors=[
                structlog.processors.add_log_level,
                structlog.processors.TimeStamper(fmt="iso", utc=True),
                self._discreet,
                _in_order,
                *_rendering(style),
                self._written,
            ],
            wrapper_class=structlog.make_filtering_bound_logger(0),
            cache_logger_on_first_use=False,
        ).bind(**facts)

    def note(self, event: Event) -> None:
        """Write an event; whatever happens, nobody notices."""
        with self._lock, suppress(Exception):
            self._discretion.learn(self._secrets())
            if event.name == RUN_BEGUN:
                self._logger = self._logger.bind(run=self._new_run())
            write = {"info": self._logger.info, "warning": self._logger.warning}
            write.get(event.level, self._logger.error)(event.name, **event.facts)

    def _discreet(self, _: WrappedLogger, __: str, facts: EventDict) -> EventDict:
        known: EventDict = self._discretion.of(facts)
        return known

    def _written(self, _: WrappedLogger, __: str, line: Any) -> str:  # noqa: ANN401 - see Processor
        try:
            self._lines.write(str(line).encode("utf-8", "backslashreplace") + b"\n")
        except (OSError, ValueError) as error:
            self.lost += 1
            self.why = getattr(error, "strerror", None) or type(error).__name__
        raise structlog.DropEvent


def _rendering(style: Style) -> list[Processor]:
    if not style.as_text:
        return [structlog.processors.JSONRenderer(serializer=_json)]
    return [_without_controls, structlog.dev.ConsoleRenderer(colors=style.colours, sort_keys=False)]


def _json(facts: object, **_: object) -> str:
    return json.dumps(facts, ensure_ascii=False, separators=(",", ":"), default=str)


def _in_order(_: WrappedLogger, __: str, facts: EventDict) -> EventDict:
    """Put first what is looked for first."""
    return {name: facts[name] for name in _FIRST if name in facts} | dict(facts)


def _without_controls(_: WrappedLogger, __: str, facts: EventDict) -> EventDict:
    """Show signs that would move the cursor of a terminal, or begin a line, by their numbers."""
    return {
        name: value.encode("unicode_escape").decode()
        if isinstance(value, str) and not value.isprintable()
        else value
        for name, value in facts.items()
    }
