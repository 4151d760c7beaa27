"""Decides what the process does that reads one foreign file: it limits itself, reads, and answers.

Started by apart as `python -m` with its limits, how the file comes and the name of the file: it
comes as a "path", or as "bytes" or "sheets" on the standard input, of which "sheets" wants all
sheets instead of a map. Windows has no such limits of its own: there the time
that apart waits is the only one.
"""

import contextlib
import os
import sys
from pathlib import Path

from cjm_sheets.adapters.xlsx_file import apart_answer, limits
from cjm_sheets.adapters.xlsx_file.doors import read_any
from cjm_sheets.adapters.xlsx_file.every_sheet import read_every_sheet
from cjm_sheets.adapters.xlsx_file.open_file import read_bytes
from cjm_sheets.errors import CjmError
from cjm_sheets.errors.workbook import UnsafeWorkbookError
from cjm_sheets.ports.store import Snapshot

NO_MEMORY = 77
"""The exit code that says that the memory did not do."""


def limit(memory: int, seconds: int) -> None:
    """Take from this process what it does not need: memory, time, files to write, core dumps."""
    try:
        import resource  # noqa: PLC0415 - Windows has no such module
    except ImportError:
        return
    wanted = (
        (resource.RLIMIT_AS, memory, memory),
        (resource.RLIMIT_CPU, seconds, seconds + 1),  # first the signal that tells what it was
        (resource.RLIMIT_FSIZE, 0, 0),
        (resource.RLIMIT_CORE, 0, 0),
    )
    for what, soft, hard in wanted:
        # macOS refuses some of them, and a lower limit of the whole session stays as it is.
        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(what, (soft, hard))


def main(arguments: list[str]) -> int:
    """Read the file that is named and write the answer to where the standard output leads."""
    memory, seconds, way, file = arguments
    answers = os.dup(sys.stdout.fileno())
    with Path(os.devnull).open("wb") as nowhere:
        os.dup2(nowhere.fileno(), sys.stdout.fileno())  # nothing else may get between
    limit(int(memory), int(seconds))
    try:
        content = apart_answer.packed(_answer(way, file))
    except MemoryError:
        return NO_MEMORY
    with os.fdopen(answers, "wb") as out:
        out.write(content)
    return 0


def _answer(way: str, file: str) -> Snapshot | CjmError:
    try:
        data = read_bytes(Path(file)) if way == "path" else sys.stdin.buffer.read(limits.FILE + 1)
        if len(data) > limits.FILE:
            raise UnsafeWorkbookError(file, Path(file).name)
        return read_every_sheet(data, file) if way == "sheets" else read_any(data, file)
    except CjmError as failure:
        return failure


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
