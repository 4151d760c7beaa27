"""Changes a workbook in processes that are killed or refused, and says what became of the file.

    python killing.py WAY FILE

Prints a JSON list with one entry for each try: what the file says then, and what lies beside it.
"""

import json
import os
import random
import resource
import shutil
import signal
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NoReturn
from unittest import mock

from cjm_sheets.adapters.xlsx_file import replace
from cjm_sheets.adapters.xlsx_file.exchange import exchange
from cjm_sheets.adapters.xlsx_file.store import XlsxFile
from cjm_sheets.errors import CjmError
from cjm_sheets.errors.workbook import CannotReplaceError
from cjm_sheets.ports.store import Changes, SetCell

RANDOM_KILLS = 30
NOBODY = 65_534
Try = Callable[[Path], None]


def write(path: Path, text: str) -> None:
    file = XlsxFile(path)
    file.apply(Changes(cells=(SetCell("Stages", 5, "name", text),)), file.read())


def kill(*_args: object) -> NoReturn:
    os.kill(os.getpid(), signal.SIGKILL)
    raise AssertionError


def for_ever(path: Path) -> None:
    """Write one text after the other until somebody kills us."""
    number = 0
    while True:
        number += 1
        write(path, f"text {number}")


def while_writing(path: Path) -> None:
    """Be killed when half of the new file is on the disk."""

    def half(number: int, mode: str) -> NoReturn:
        with open(number, mode) as file:
            file.write(b"PK half a file")
            file.flush()
            kill()

    mock.patch.object(os, "fdopen", half).start()
    write(path, "never")


def before_the_exchange(path: Path) -> None:
    mock.patch.object(replace, "exchange", kill).start()
    write(path, "never")


def after_the_exchange(path: Path) -> None:

    def then(one: Path, other: Path) -> NoReturn:
        exchange(one, other)
        kill()

    mock.patch.object(replace, "exchange", then).start()
    write(path, "after")


def before_the_old_one_goes(path: Path) -> None:
    mock.patch.object(replace.Replacing, "clean_up", kill).start()
    write(path, "before")


def killed(path: Path, doing: Try, after: float | None, *, writes: bool = False) -> None:
    """Let a process do something until it is killed, by itself or after a time.

    `writes`: the time begins when it has replaced the file once, however long that takes.
    """
    before = path.stat().st_ino
    child = os.fork()
    if child == 0:
        try:
            doing(path)
        finally:
            os._exit(1)
    while writes and path.stat().st_ino == before:
        time.sleep(0.001)
    if after is not None:
        time.sleep(after)
        os.kill(child, signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    if not os.WIFSIGNALED(status):
        sys.exit("the process came to its end")


def at_random(path: Path) -> Iterator[object]:
    chance = random.Random(7)  # noqa: S311 - no secret
    begun = time.monotonic()
    write(path, "text 0")
    one = time.monotonic() - begun
    for number in range(RANDOM_KILLS):
        killed(path, for_ever, chance.uniform(0, 2 * one), writes=number % 2 == 1)
        yield said(path)


def at_each_step(path: Path) -> Iterator[object]:
    for doing in (
        while_writing, before_the_exchange, after_the_exchange, before_the_old_one_goes,
    ):  # fmt: skip
        killed(path, doing, None)
        yield said(path)


def on_a_full_disk(path: Path) -> Iterator[object]:
    """Let the system refuse every file that is longer than a part of ours."""
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (2000, 2000))
    yield refused(path)


def in_a_folder_that_is_only_read(path: Path) -> Iterator[object]:
    with TemporaryDirectory() as folder:
        write(Path(shutil.copy(path, folder)), "all is loaded before it may not be read any more")
    path.parent.chmod(0o555)
    if os.geteuid() == 0:
        os.setuid(NOBODY)  # for the system's administrator no folder is
    yield refused(path)


def refused(path: Path) -> object:
    try:
        write(path, "never")
    except CannotReplaceError as error:
        return [*said(path), error.facts["reason"]]
    return said(path)


def said(path: Path) -> list[object]:
    """Say what the file says, and how many others lie beside it."""
    beside = len([entry for entry in path.parent.iterdir() if entry != path])
    try:
        table = XlsxFile(path).read().tables[0]
    except CjmError as error:
        return [repr(error), beside]
    return [table.cell("name", 5), beside]


if __name__ == "__main__":
    ways = {way.__name__: way for way in (at_random, at_each_step, on_a_full_disk,
                                          in_a_folder_that_is_only_read)}  # fmt: skip
    print(json.dumps(list(ways[sys.argv[1]](Path(sys.argv[2])))))  # noqa: T201 - its answer
