"""Decides how a program gets hold of a book, of the rules, and of the sentence of a failure."""

from collections.abc import Sequence
from os import PathLike, fspath

from cjm_sheets import wiring
from cjm_sheets.api.book import Book, read
from cjm_sheets.api.sources import Source
from cjm_sheets.checks.catalogue import all_rules
from cjm_sheets.checks.registry import Rule
from cjm_sheets.errors import CjmError
from cjm_sheets.usecases.new_map import Wish
from cjm_sheets.words import failures


def open(name: str | PathLike[str], *, credentials: str = "") -> Book:  # noqa: A001 - as in gzip
    """Read a workbook file, or the shared copy at an address.

    `credentials` is a Google key file; without it sign-in is looked for as on the command line.

    Raises:
        Error: it cannot be read; `sentence` says why.
    """
    return read(Source(fspath(name), credentials))


def new(
    path: str | PathLike[str],
    *,
    type: str = "current",  # noqa: A002 - the word of the field
    language: str = "en",
    stages: str | Sequence[str] = "buying4",
    starter: str = "",
) -> Book:
    """Make a workbook file from a template, and read it.

    `stages` is the name of a model (buying4, loyalty5, funnel4, phases3) or the stages themselves.

    Raises:
        Error: there is no such template or language, or the file exists already.
    """
    model = stages if isinstance(stages, str) else ",".join(stages)
    wiring.new_workbook(fspath(path), Wish(type, language, model, starter))
    return open(path)


def rules() -> tuple[Rule, ...]:
    """Return all rules by id, each with its severity, summary, message and mend in English."""
    return all_rules()


def sentence(error: CjmError, language: str = "en") -> str:
    """Return what went wrong in one sentence, in one of the six languages."""
    return failures.sentence(error, language)
