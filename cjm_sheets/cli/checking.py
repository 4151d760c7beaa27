"""Decides how checking is typed and told, for one workbook or for many, in each format."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import click

from cjm_sheets.cli.several import named, said
from cjm_sheets.cli.speech import DONE, FINDINGS, Speech, Verb, _, language
from cjm_sheets.errors import CjmError

if TYPE_CHECKING:
    from cjm_sheets.usecases.check_map import Checked, Wanted
    from cjm_sheets.usecases.check_maps import Result

_COLORS = {"error": "red", "warning": "yellow", "info": "cyan"}


@click.command(
    cls=Verb,
    help=_(
        "Find what an expert would send back, and say how to mend it. A folder stands for its"
        " workbooks."
    ),
    epilog=_("Examples: cjm-sheets check map.xlsx --ignore CJ100, cjm-sheets check maps/*.xlsx"),
)
@click.argument("workbooks", metavar="WORKBOOK...", type=click.Path(), nargs=-1, required=True)
@click.option("--select", default="", metavar="CJ03,CJ1", help=_("Run only these rules."))
@click.option("--ignore", default="", metavar="CJ034", help=_("Leave these rules out."))
@click.option(
    "--fail-on",
    type=click.Choice(["error", "warning", "info"]),
    default="error",
    show_default=True,
    help=_("Exit with 1 if something at least as bad as this is found."),
)
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "sarif", "github"]),
    default="text",
    show_default=True,
    help=_("For people, for programs, for code scanning, or for GitHub Actions."),
)
@click.option("--show-muted", is_flag=True, help=_("List what was muted too, with the reasons."))
@click.option("--write", is_flag=True, help=_("Write what is found into the workbook."))
@click.pass_obj
def check(  # noqa: PLR0913, PLR0917 - one argument an option
    speech: Speech,
    workbooks: tuple[str, ...],
    select: str,
    ignore: str,
    fail_on: str,
    form: str,
    *,
    show_muted: bool,
    write: bool,
) -> int:
    """Check workbooks."""
    from cjm_sheets import wiring
    from cjm_sheets.checks.runner import chosen
    from cjm_sheets.usecases.check_map import Wanted
    from cjm_sheets.usecases.check_maps import failed_with

    if speech.as_json and form not in {"text", "json"}:
        raise click.UsageError(_("--json and --format do not go together. Choose one of them."))
    wanted = Wanted(wiring.clock().today(), language(), _listed(select), _listed(ignore))
    chosen(wanted.select, wanted.ignore)  # a rule that does not exist is no fault of a workbook
    telling = Telling(speech, "json" if speech.as_json else form, show_muted=show_muted)
    meant = list(named(workbooks))
    alone = [result.workbook for result in meant] == list(workbooks[:1]) and len(workbooks) == 1
    results: list[Result] = []
    for each in meant:
        result = each if each.error else _checked(each.workbook, wanted, speech, write=write)
        telling.one(result, alone=alone)
        results.append(result)
    telling.all(results, alone=alone)
    found = any(result.checked.fails(fail_on) for result in results if result.checked)
    return failed_with(results) or (FINDINGS if found else DONE)


def _checked(file: str, wanted: "Wanted", speech: Speech, *, write: bool) -> "Result":
    """Return what checking a workbook gave; with --debug a failure is shown where it arose."""
    from cjm_sheets.usecases.check_maps import Result

    try:
        return Result(file, _check(file, wanted, write=write))
    except CjmError as error:
        if speech.debug:
            raise
        return Result(file, None, error, said(error))


def _check(file: str, wanted: "Wanted", *, write: bool) -> "Checked":
    from cjm_sheets import wiring
    from cjm_sheets.usecases.check_map import check_map

    store = wiring.workbook_file(file)
    if not write:
        return check_map(store, wanted)
    from cjm_sheets.usecases.write_findings import write_findings

    return write_findings(store, wanted, wiring.clock().now().astimezone())


@dataclass(frozen=True, slots=True)
class Telling:
    """Tells what was found, in one format, to the two streams."""

    speech: Speech
    form: str
    show_muted: bool

    def one(self, result: "Result", *, alone: bool) -> None:
        """Tell of one workbook as soon as it is checked."""
        if self.form == "text" and not self.speech.quiet:
            self._text(result, alone=alone)
        elif self.form == "github":
            self._github(result)
        if result.error:
            click.echo(result.said, err=True)

    def all(self, results: "Sequence[Result]", *, alone: bool) -> None:
        """Tell what can only be told at the end."""
        if self.form == "text" and not alone:
            from cjm_sheets.usecases.check_maps import total

            self.speech.tell([total(results, language())])
        elif self.form == "json":
            self._json(results, alone=alone)
        elif self.form == "sarif":
            _print_json(_sarif(results))

    def _text(self, result: "Result", *, alone: bool) -> None:
        from cjm_sheets.checks.report import lines, muted_lines

        checked = result.checked
        if checked is None:
            return
        text = lines(checked.findings, language(), checked.muted, _painted)
        if self.show_muted:
            text = [*text[:-1], *muted_lines(checked.muted, language()), text[-1]]
        head, foot = ([], []) if alone else ([click.style(result.workbook, bold=True)], [""])
        self.speech.tell([*head, *text, *foot])

    def _github(self, result: "Result") -> None:
        from cjm_sheets.checks import github

        file = _in_repository(result.workbook)
        if result.checked is None:
            click.echo(github.command("error", file, "cjm-sheets", result.said))
            return
        for line in github.lines(file, result.checked.findings):
            click.echo(line)

    def _json(self, results: "Sequence[Result]", *, alone: bool) -> None:
        from cjm_sheets.cli.speech import SCHEMA
        from cjm_sheets.usecases.check_maps import document, error_document

        if not alone:
            whole = document(results, show_muted=self.show_muted)
        elif results[0].checked:
            whole = results[0].checked.document(show_muted=self.show_muted)
        else:
            error = results[0].error
            whole = {"error": error_document(error, results[0].said)} if error else {}
        _print_json({"schema": SCHEMA, **whole})


def _sarif(results: "Sequence[Result]") -> dict[str, object]:
    from pathlib import Path
    from urllib.parse import quote

    from cjm_sheets import __version__
    from cjm_sheets.checks import sarif
    from cjm_sheets.checks.catalogue import all_rules

    def address(file: str) -> str:
        path = _in_repository(file)
        return Path(path).as_uri() if Path(path).is_absolute() else quote(path)

    artifacts = [
        sarif.Artifact(address(r.workbook), r.checked.findings, r.checked.muted)
        if r.checked
        else sarif.Artifact(address(r.workbook), failed=r.said)
        for r in results
    ]
    return sarif.document(artifacts, all_rules(), __version__, language())


def _in_repository(file: str) -> str:
    """Return a path as it is from the folder in which one stands, if it lies in there."""
    import os
    from pathlib import Path

    path, here = Path(os.path.abspath(file)), Path.cwd()  # noqa: PTH100 - links stay as they are
    return (path.relative_to(here) if path.is_relative_to(here) else path).as_posix()


def _print_json(content: object) -> None:
    import json

    click.echo(json.dumps(content, ensure_ascii=False, indent=2, default=str))


def _listed(text: str) -> tuple[str, ...]:
    """Return the parts of an option that takes several, separated by commas."""
    return tuple(part.strip() for part in text.split(",") if part.strip())


def _painted(severity: str, text: str) -> str:
    """Return the word for a severity in its colour; click drops it where none is wanted."""
    return click.style(text, fg=_COLORS[severity])
