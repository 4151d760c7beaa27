"""Decides how macros are typed and told where no Excel is: run-macro."""

import click

from cjm_sheets.cli.speech import DONE, Speech, Verb, _


@click.command(
    cls=Verb,
    help=_(
        "Run a macro of the buttons in Excel without Excel: main, check, score, draw, fix, sync or"
        " explain."
    ),
    epilog=_("Example: cjm-sheets run-macro main map.xlsx"),
)
@click.argument("name")
@click.argument("workbook", type=click.Path())
@click.option("--at", default="", metavar="Pains!A5", help=_("The cell under the cursor."))
@click.option("--to", default="", metavar="local|new|URL", help=_("Where the shared copy is."))
@click.pass_obj
def run_macro(speech: Speech, name: str, workbook: str, at: str, to: str) -> int:
    """Run one macro on one workbook."""
    from cjm_sheets import wiring
    from cjm_sheets.usecases.at_a_click import press

    with wiring.held_open(workbook, at) as book, wiring.desk_of(book, to) as desk:
        said = press(name, desk)
    speech.document({"macro": name, "workbook": workbook, "said": list(said)})
    speech.tell(said)
    return DONE
