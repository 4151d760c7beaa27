"""Decides which workbooks several names stand for, each once, and how a failure of one is said."""

import os
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from cjm_sheets.cli.speech import language
from cjm_sheets.errors import CjmError

if TYPE_CHECKING:
    from cjm_sheets.usecases.check_maps import Result


def named(names: Sequence[str]) -> "Iterator[Result]":
    """Yield the workbooks that are meant, each once, and the names that stand for none."""
    from cjm_sheets import wiring
    from cjm_sheets.usecases.check_maps import Result

    done: set[str] = set()
    for name in wiring.without_locks(names):
        try:
            files = wiring.workbooks_meant(name)
        except CjmError as error:
            yield Result(name, None, error, said(error))
            continue
        for file in files:
            same = os.path.normcase(os.path.abspath(file))  # noqa: PTH100 - pathlib loads slowly
            if same not in done:
                done.add(same)
                yield Result(file)


def said(error: CjmError) -> str:
    """Return what a person is told of a failure."""
    from cjm_sheets.words.failures import sentence

    return sentence(error, language())
