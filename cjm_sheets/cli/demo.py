"""Decides how the demonstration is typed and told."""

import click

from cjm_sheets.cli.speech import DONE, Speech, Verb, _, language


@click.command(
    cls=Verb,
    help=_("Show the whole loop: a map made, checked, scored, drawn, shared, edited, synced."),
    epilog=_("Example: cjm-sheets demo cjm-demo"),
)
@click.argument("folder", metavar="[DIR]", type=click.Path(), default="cjm-demo")
@click.option("--open", "show", is_flag=True, help=_("Open the wall map in your browser."))
@click.pass_obj
def demo(speech: Speech, folder: str, show: bool) -> int:  # noqa: FBT001 - click's flag
    """Show the whole loop in a folder."""
    from cjm_sheets import wiring
    from cjm_sheets.usecases.demonstrate import demonstrate

    with wiring.demonstration(folder, language(), lambda line: speech.tell([line])) as scene:
        shown = demonstrate(scene)
    speech.document(shown.document())
    workbook = f"{folder}/{shown.workbook}"
    speech.tell(
        [
            "",
            _("Where to look:"),
            _("  the workbook     {file}").format(file=workbook),
            _("  the wall map     {file}").format(file=shown.picture),
            _("  the shared copy  cjm-sheets serve"),
            _(
                "Settle the conflict: edit either side, or cjm-sheets sync {file} --prefer sheet"
            ).format(file=workbook),
        ]
    )
    if show:
        click.launch(shown.picture)
    return DONE
