"""Decides how a command talks: its language, what goes to which stream, and the exit codes."""

import os
import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, NoReturn

import click

from cjm_sheets.errors import CjmError
from cjm_sheets.words.catalogue import say
from cjm_sheets.words.languages import first_known

SCHEMA = "cjm-sheets/1"
DONE, FINDINGS = 0, 1


def language() -> str:
    """Return the language of the terminal: CJM_SHEETS_LANGUAGE, else the system's."""
    names = ("CJM_SHEETS_LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG")
    return first_known(os.environ.get(name) for name in names)


def _(text: str) -> str:
    """Return a sentence of the command line in the language of the terminal."""
    return say(language(), text)


@dataclass(frozen=True, slots=True)
class Speech:
    """How one command was asked to talk."""

    as_json: bool = False
    quiet: bool = False
    verbose: bool = False
    debug: bool = False

    def tell(self, lines: Iterable[str]) -> None:
        """Print lines for a person; with --json or -q nothing."""
        if not self.as_json and not self.quiet:
            for line in lines:
                click.echo(line)

    def note(self, notes: Iterable[str]) -> None:
        """Say each note once, beside whatever is printed; with -q nothing."""
        if not self.quiet:
            for note in dict.fromkeys(notes):
                click.echo(_(note), err=True)

    def document(self, content: Mapping[str, Any], *, in_one_line: bool = False) -> None:
        """Print the one JSON document of --json; several are told apart by their lines."""
        import json

        if self.as_json:
            whole = {"schema": SCHEMA, **content}
            indent = None if in_one_line else 2
            click.echo(json.dumps(whole, ensure_ascii=False, indent=indent, default=str))

    def fail(self, error: CjmError) -> NoReturn:
        """Say what went wrong in one sentence, and leave with its exit code."""
        from cjm_sheets.words.failures import sentence

        said = sentence(error, language())
        self.document(
            {
                "error": {"kind": type(error).__name__, "message": said, "facts": error.facts},
            }
        )
        click.echo(said, err=True)
        sys.exit(error.exit_code)


def _flag(*names: str, text: str) -> click.Option:
    """Return an option without a value."""
    return click.Option(names, is_flag=True, help=text)


class Verb(click.Command):
    """A command with the options that all commands have, and failures told in one sentence."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - click's own
        super().__init__(*args, **kwargs)
        self.params += [
            _flag("--json", "as_json", text=_("One JSON document instead of text.")),
            _flag("-q", "--quiet", text=_("Say nothing but errors.")),
            _flag("-v", "--verbose", text=_("Say more.")),
            _flag("--no-color", text=_("No colours.")),
            _flag("--debug", text=_("Show where in the program an error arose.")),
        ]

    def invoke(self, ctx: click.Context) -> Any:  # noqa: ANN401 - click's own
        """Run the command; a failure that a person can meet becomes a sentence."""
        no_color = ctx.params.pop("no_color")
        names = ("as_json", "quiet", "verbose", "debug")
        speech = Speech(**{name: ctx.params.pop(name) for name in names})
        ctx.obj = speech
        if no_color or os.environ.get("NO_COLOR"):
            ctx.color = False
        from cjm_sheets import wiring

        with wiring.notes() as notes:
            try:
                code = super().invoke(ctx)
            except CjmError as error:
                if speech.debug:
                    raise
                speech.fail(error)
            finally:
                # Of what was written before something failed as well.
                speech.note(notes)
        sys.exit(code or DONE)
