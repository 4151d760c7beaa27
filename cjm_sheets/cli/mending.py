"""Decides how mending is typed and told: fix."""

import sys

import click

from cjm_sheets.cli.speech import DONE, Speech, Verb, _, language


@click.command(
    cls=Verb,
    help=_(
        "Mend what needs no judgement: ids, order, blanks, garbled letters, numbers and dates typed"
        " as text, slips in list values. Shows each change first; never makes up content."
    ),
    epilog=_("Example: cjm-sheets fix map.xlsx --dry-run"),
)
@click.argument("workbook", type=click.Path())
@click.option("--dry-run", is_flag=True, help=_("Show the changes, and change nothing."))
@click.option("-y", "--yes", is_flag=True, help=_("Do not ask before changing the workbook."))
@click.pass_obj
def fix(speech: Speech, workbook: str, *, dry_run: bool, yes: bool) -> int:
    """Mend one workbook."""
    from cjm_sheets import wiring
    from cjm_sheets.usecases.check_map import Wanted
    from cjm_sheets.usecases.fix_map import plan_fix, write_fix

    store = wiring.workbook_file(workbook)
    wanted = Wanted(wiring.clock().today(), language())
    fixed = plan_fix(store, wanted, wiring.chance().below)
    speech.tell(fixed.lines(language()))
    if not fixed.does_nothing and not dry_run:
        store.refuse_if_busy()
        asks = sys.stdin.isatty() and not (yes or speech.as_json or speech.quiet)
        if asks and not click.confirm(_("Change the workbook?")):
            dry_run = True
        else:
            write_fix(store, fixed, wanted, wiring.clock().now().astimezone())
            mended = len(fixed.mends) + len(fixed.sheets)
            speech.tell(
                [_("Mended in {file}: {count} places.").format(file=workbook, count=mended)]
            )
    speech.document(fixed.document(written=not fixed.does_nothing and not dry_run))
    if fixed.left:
        speech.tell([_("Left to mend by hand:"), *fixed.left_lines(language())])
    return DONE
