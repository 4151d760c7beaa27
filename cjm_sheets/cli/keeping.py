"""Decides how the verbs that look back and take back are typed and told: status, history, undo."""

from typing import TYPE_CHECKING

import click

from cjm_sheets.cli.several import named, said
from cjm_sheets.cli.speech import DONE, FINDINGS, Speech, Verb, _, language
from cjm_sheets.errors import CjmError

if TYPE_CHECKING:
    from cjm_sheets.usecases.check_maps import Result
    from cjm_sheets.usecases.link_status import Status
    from cjm_sheets.usecases.sync_map import Surroundings


@click.command(
    cls=Verb,
    help=_(
        "Say where the shared copies of workbooks are, and what a sync would change. Nothing is"
        " written. A folder stands for its workbooks."
    ),
    epilog=_("Examples: cjm-sheets status map.xlsx, cjm-sheets status maps --offline"),
)
@click.argument("workbooks", metavar="WORKBOOK...", type=click.Path(), nargs=-1, required=True)
@click.option("--offline", is_flag=True, help=_("Ask no network: only what the workbook knows."))
@click.option("--credentials", default="", metavar="FILE", help=_("A Google key file."))
@click.pass_obj
def status(speech: Speech, workbooks: tuple[str, ...], credentials: str, *, offline: bool) -> int:
    """Tell how workbooks stand."""
    from contextlib import nullcontext

    from cjm_sheets import wiring
    from cjm_sheets.usecases.check_maps import Result, error_document, failed_with

    documents: list[dict[str, object]] = []
    failed: list[Result] = []
    conflicts = False
    meant = list(named(workbooks))
    with nullcontext() if offline else wiring.sharing(credentials) as around:
        for each in meant:
            found = each if each.error else _status(each.workbook, around, speech)
            if isinstance(found, Result):
                failed.append(found)
                assert found.error is not None  # noqa: S101 - a result without one is a status
                error = error_document(found.error, found.said)
                documents.append({"workbook": found.workbook, "error": error})
                click.echo(found.said, err=True)
                continue
            documents.append({**found.document(), "workbook": each.workbook})
            conflicts = conflicts or found.conflicts > 0
            head = [] if len(meant) == 1 else [click.style(each.workbook, bold=True)]
            speech.tell([*head, *found.lines(language()), *([""] if head else [])])
    speech.document({"offline": offline, "workbooks": documents})
    return failed_with(failed) or (FINDINGS if conflicts else DONE)


def _status(file: str, around: "Surroundings | None", speech: Speech) -> "Status | Result":
    """Return how a workbook stands, or why nobody can say."""
    from cjm_sheets import wiring
    from cjm_sheets.usecases.check_maps import Result
    from cjm_sheets.usecases.link_status import link_status

    try:
        return link_status(wiring.workbook_file(file), wiring.history(), around)
    except CjmError as error:
        if speech.debug:
            raise
        return Result(file, None, error, said(error))


@click.command(
    cls=Verb,
    help=_("Tell what syncs of a workbook changed, on which side, and what stood there before."),
    epilog=_("Example: cjm-sheets history map.xlsx --row T12"),
)
@click.argument("workbook", type=click.Path())
@click.option("--row", default="", metavar="T12", help=_("Only this row."))
@click.option("--column", default="", help=_("Only this column, by its name in any language."))
@click.option("--table", default="", help=_("Only this sheet, by its name in any language."))
@click.option(
    "--limit",
    type=click.IntRange(min=1),
    default=50,
    show_default=True,
    help=_("So many changes, the newest first."),
)
@click.pass_obj
def history(  # noqa: PLR0913, PLR0917 - one argument an option
    speech: Speech, workbook: str, row: str, column: str, table: str, limit: int
) -> int:
    """Tell the past of one workbook."""
    from cjm_sheets import wiring
    from cjm_sheets.usecases.tell_history import asked, tell_history

    wanted = asked(table, row, column, limit)
    told = tell_history(wiring.workbook_file(workbook), wiring.history(), wanted)
    speech.document(told.document())
    speech.tell(told.lines(language()))
    return DONE


@click.command(
    cls=Verb,
    help=_(
        "Put back, in the workbook, what a run replaced; the next sync carries it. What was changed"
        " since stays, and is told."
    ),
    epilog=_("Example: cjm-sheets undo 12 map.xlsx --dry-run"),
)
@click.argument("run")
@click.argument("workbook", type=click.Path(), required=False)
@click.option("--dry-run", is_flag=True, help=_("Show what would happen, write nothing."))
@click.pass_obj
def undo(speech: Speech, run: str, workbook: str | None, *, dry_run: bool) -> int:
    """Undo one run."""
    from cjm_sheets import wiring
    from cjm_sheets.usecases import undo_report
    from cjm_sheets.usecases.undo_run import undo_run

    file = workbook or _workbook_of(run)
    undone = undo_run(wiring.workbook_file(file), run, wiring.notebook(), dry_run=dry_run)
    speech.document({"workbook": file, **undo_report.document(undone)})
    speech.tell(undo_report.lines(undone, language()))
    return FINDINGS if undone.kept else DONE


def _workbook_of(run: str) -> str:
    """Return the workbook that a run was one of, by its name in the folder where one stands."""
    from pathlib import Path

    from cjm_sheets import wiring
    from cjm_sheets.errors.asked import NoSuchRunError

    found = wiring.history().find(run)
    if found is None:
        raise NoSuchRunError(run)
    if not Path(found.workbook).exists():
        raise click.UsageError(
            _("There is no {file} here. Name the workbook after the run.").format(
                file=found.workbook
            )
        )
    return found.workbook
