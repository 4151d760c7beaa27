"""Every failure that a person can meet has a sentence, in every language, with all its facts."""

import inspect
import pickle
from collections.abc import Iterator
from importlib import import_module
from pkgutil import iter_modules

import pytest

from cjm_sheets import errors, words
from cjm_sheets.errors import CjmError
from cjm_sheets.errors.accounts import NotSignedInError
from cjm_sheets.errors.fleet import FleetFileError, FleetProblem
from cjm_sheets.errors.sharing import (
    MassDeletionError,
    NotAllowedError,
    NotLinkedError,
    OtherMapError,
)
from cjm_sheets.errors.workbook import DamagedBaseError, NotAWorkbookError
from cjm_sheets.words.failures import sentence, sentence_in_excel
from cjm_sheets.words.languages import LANGUAGES

MET_IN_EXCEL = {
    DamagedBaseError, MassDeletionError, NotAllowedError, NotLinkedError, NotSignedInError,
    OtherMapError,
}  # fmt: skip
"""Failures of a sync whose sentences name options of the command line."""
GROUPS = {"CjmError", "UsageError", "InputError", "RemoteError", "BusyError"}


def failures() -> Iterator[type[CjmError]]:
    parts = (import_module(f"cjm_sheets.errors.{at.name}") for at in iter_modules(errors.__path__))
    for part in (errors, *parts):
        for _, kind in inspect.getmembers(part, inspect.isclass):
            own = kind.__module__ == part.__name__
            if own and issubclass(kind, CjmError) and kind.__name__ not in GROUPS:
                yield kind


def made(kind: type[CjmError]) -> CjmError:
    """Return an instance with recognisable facts."""
    parameters = [p for p in inspect.signature(kind).parameters.values() if p.name != "facts"]
    facts: dict[str, object] = {
        p.name: 7 if p.annotation is int else f"<{p.name}>" for p in parameters
    }
    if kind is MassDeletionError:
        facts["side"] = "sheet"
    if kind is NotAWorkbookError:
        facts["kind"] = "pdf"
    if kind is FleetFileError:
        facts["problems"] = (FleetProblem(7, "missing", {"key": "<key>"}),)
    return kind(**facts)


def test_a_sentence_lies_where_its_failure_does() -> None:
    parts = {at.name for at in iter_modules(errors.__path__)}
    assert parts == {at.name for at in iter_modules(words.failures.__path__)}
    for kind in failures():
        part = kind.__module__.removeprefix("cjm_sheets.errors").lstrip(".") or "machine"
        if kind is not FleetFileError:  # it says what its problems say
            assert kind.__name__ in getattr(words.failures, part).SENTENCES


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", list(failures()))
def test_every_failure_has_a_sentence(kind: type[CjmError], language: str) -> None:
    said = sentence(made(kind), language)
    assert said.endswith((".", "new", "ADDRESS.")), said
    assert "{" not in said
    assert len(said) < 320


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", list(failures()))
def test_who_sits_before_excel_is_told_of_no_option_without_its_command(
    kind: type[CjmError], language: str
) -> None:
    said = sentence_in_excel(made(kind), language)
    assert "{" not in said
    assert len(said) < 400
    if kind in MET_IN_EXCEL:
        assert "--" not in said or "cjm-sheets sync" in said
        assert "--to" not in said


@pytest.mark.parametrize("kind", list(failures()))
def test_exit_codes_are_those_of_the_command_line(kind: type[CjmError]) -> None:
    assert kind.exit_code in {1, 2, 3, 4, 5}


@pytest.mark.parametrize("kind", list(failures()))
def test_a_failure_can_be_told_to_another_process(kind: type[CjmError]) -> None:
    first = made(kind)
    again = pickle.loads(pickle.dumps(first))  # noqa: S301 - our own
    assert type(again) is kind
    assert (again.args, vars(again)) == (first.args, vars(first))


KINDS = [
    "empty",
    "encrypted",
    "old-excel",
    "binary-excel",
    "xml-excel",
    "opendocument",
    "numbers",
    "word",
    "powerpoint",
    "old-office",
    "csv",
    "text",
    "html",
    "xml",
    "rtf",
    "pdf",
    "picture",
    "archive",
    "unknown",
]


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_file_is_named_and_helped(kind: str) -> None:
    said = sentence(NotAWorkbookError("map.xlsx", kind), "en")
    assert said.startswith("map.xlsx is no .xlsx workbook but ")
    assert said.count(". ") == 1
