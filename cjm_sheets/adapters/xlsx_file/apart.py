"""Decides how a file that nobody vouches for is read: in a process of its own that may fail.

A guard keeps traps from the readers; what no guard foresees must not take the program with it. So a
fresh process, without our environment (and whatever keys are in it), reads the file with a limit on
memory, computing time and waiting time, and sends the map over a pipe of limited length. On Windows
the system limits no memory, so that only the waiting time and the guard count there.
"""

import contextlib
import os
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from cjm_sheets.adapters.xlsx_file import apart_answer
from cjm_sheets.adapters.xlsx_file.apart_child import NO_MEMORY
from cjm_sheets.adapters.xlsx_file.only_read import OnlyRead
from cjm_sheets.errors import CjmError
from cjm_sheets.errors.workbook import ReadingBrokeOffError, UnsafeWorkbookError
from cjm_sheets.ports.store import Snapshot

COMMAND = (sys.executable, "-P", "-m", "cjm_sheets.adapters.xlsx_file.apart_child")
"""What reads; -P, since the folder in which somebody works may hold a module of any name."""

_ROOT = Path(__file__).parents[3]
_KEPT = ("SYSTEMROOT", "SYSTEMDRIVE", "TEMP", "TMP", "TMPDIR", "PATH")
_ENDED = 2.0  # seconds in which a process that was killed is gone


@dataclass(frozen=True, slots=True)
class Limits:
    """What reading may take: bytes of memory and of the answer, seconds of work and of waiting."""

    memory: int = 1536 << 20
    answer: int = 512 << 20
    seconds: int = 60
    waiting: float = 90.0


LIMITS = Limits()


class ForeignFile(OnlyRead):
    """A workbook file of somebody else, which is only read."""

    def read(self) -> Snapshot:
        """Return the map in the file; raises a CjmError that says why it cannot be read."""
        return read_apart(str(self.path))


def read_apart(
    file: str,
    data: bytes | None = None,
    allowed: Limits = LIMITS,
    command: Sequence[str] = COMMAND,
) -> Snapshot:
    """Return the map in a file, or in bytes that came under its name, read by another process.

    Raises what a reading by this one would raise, besides UnsafeWorkbookError where a limit was
    reached and ReadingBrokeOffError where the process ended without an answer.
    """
    return _read(file, data, "path" if data is None else "bytes", allowed, command)


def read_sheets_apart(file: str, data: bytes) -> Snapshot:
    """Return every sheet of a workbook that need hold no map, read and refused in the same way."""
    return _read(file, data, "sheets", LIMITS, COMMAND)


def _read(
    file: str, data: bytes | None, way: str, allowed: Limits, command: Sequence[str]
) -> Snapshot:
    words = [*command, str(allowed.memory), str(allowed.seconds), way, file]
    try:
        with _input(data) as source, _process(words, source) as process:
            answer = _answer(process, file, allowed)
    except OSError as refused:
        raise ReadingBrokeOffError(file, refused.strerror or str(refused)) from None
    if isinstance(answer, CjmError):
        raise answer
    return answer


def _answer(process: subprocess.Popen[bytes], file: str, allowed: Limits) -> apart_answer.Answer:
    """Return what a process answers within its limits."""
    until = time.monotonic() + allowed.waiting
    content = _listen(process, allowed)
    too_long = UnsafeWorkbookError(file, f"{allowed.waiting:g} s")
    if content is None:
        raise too_long
    if len(content) > allowed.answer:
        raise UnsafeWorkbookError(file, _megabytes(allowed.answer))
    try:
        code = process.wait(max(0.0, until - time.monotonic()))
    except subprocess.TimeoutExpired:
        raise too_long from None
    if code in _too_much():
        raise UnsafeWorkbookError(file, _too_much()[code] or _megabytes(allowed.memory))
    try:
        if code == 0:
            return apart_answer.unpacked(content)
    except ValueError:
        pass
    raise ReadingBrokeOffError(file, _end(code))


def _listen(process: subprocess.Popen[bytes], allowed: Limits) -> bytes | None:
    """Return what the process writes, one byte more than allowed at most; None if time is up."""
    heard: list[bytes] = []
    pipe = process.stdout
    if pipe is None:
        return None
    # A thread, since only that waits for a pipe for a limited time on every system.
    ear = threading.Thread(target=lambda: heard.append(pipe.read(allowed.answer + 1)), daemon=True)
    ear.start()
    ear.join(allowed.waiting)
    if not ear.is_alive() and heard:
        return heard[0]
    _kill(process)
    ear.join(_ENDED)
    return None


@contextlib.contextmanager
def _process(words: Sequence[str], source: IO[bytes] | int) -> Iterator[subprocess.Popen[bytes]]:
    """Give a process of this command that is gone, with all that it started, at the end."""
    with subprocess.Popen(  # noqa: S603 - our own command, and no shell
        words,
        stdin=source,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=_surroundings(),
        start_new_session=True,
    ) as process:
        try:
            yield process
        finally:
            _kill(process)


def _kill(process: subprocess.Popen[bytes]) -> None:
    """End a process, and on POSIX whatever it started."""
    if process.returncode is not None:
        return  # its number may be somebody else's by now
    with contextlib.suppress(ProcessLookupError, PermissionError):
        if hasattr(os, "killpg"):
            os.killpg(process.pid, signal.SIGKILL)
        else:
            process.kill()


@contextlib.contextmanager
def _input(data: bytes | None) -> Iterator[IO[bytes] | int]:
    """Give what the process reads from: a file without a name, which cannot be stuck."""
    if data is None:
        yield subprocess.DEVNULL
        return
    with tempfile.TemporaryFile() as source:
        source.write(data)
        source.seek(0)
        yield source


def _surroundings() -> dict[str, str]:
    """Return the few variables that the process gets."""
    kept = {name: os.environ[name] for name in _KEPT if name in os.environ}
    return {**kept, "PYTHONPATH": str(_ROOT), "PYTHONUTF8": "1"}


def _too_much() -> dict[int, str]:
    """Return the exit codes that tell of a limit; "" where it is the one of the memory.

    A reader in Rust aborts where memory ends; SIGKILL is what a system sends that has none left.
    """
    signals = {"SIGABRT": "", "SIGKILL": "", "SIGXCPU": "CPU"}
    known = {-getattr(signal, name): of for name, of in signals.items() if hasattr(signal, name)}
    return {NO_MEMORY: "", **known}


def _megabytes(count: int) -> str:
    return f"{count >> 20} MB"


def _end(code: int) -> str:
    """Return how a process ended, as experts name it."""
    with contextlib.suppress(ValueError):
        return signal.Signals(-code).name
    return str(code)
