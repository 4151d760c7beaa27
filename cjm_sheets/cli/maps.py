"""Decides how the verbs about one map are typed and told: new, check, explain, score, draw."""

import click

from cjm_sheets.cli.speech import DONE, Speech, Verb, _, language


@click.command(
    cls=Verb,
    help=_("Make a workbook: blank for your own map, or filled in as a sample."),
    epilog=_("Example: cjm-sheets new map.xlsx --starter vacuum"),
)
@click.argument("path", type=click.Path())
@click.option("--type", "map_type", default="current", show_default=True, help=_("Kind of map."))
@click.option("--starter", default="", help=_("A sample to start from, such as vacuum."))
@click.option(
    "--stages",
    default="buying4",
    show_default=True,
    help=_("Stages: buying4, loyalty5, funnel4, phases3, or your own, separated by commas."),
)
@click.option("--language", "code", help=_("Language of the workbook: en, de, da, lv, af or ru."))
@click.pass_obj
def new(  # noqa: PLR0913, PLR0917 - one argument an option
    speech: Speech, path: str, map_type: str, starter: str, stages: str, code: str | None
) -> int:
    """Make a workbook."""
    from cjm_sheets import wiring
    from cjm_sheets.usecases.new_map import Wish

    spoken = code or language()
    wiring.new_workbook(path, Wish(map_type, spoken, stages, starter))
    speech.document({"schema": "cjm-sheets/1", "workbook": path, "language": spoken})
    speech.tell(
        [
            _("Made {file}. Open it and begin on the sheet Start.").format(file=path),
            _("Then: cjm-sheets check {file}").format(file=path),
        ]
    )
    return DONE


@click.command(
    cls=Verb,
    help=_("Rank the pains by what can be shown, and say how firm the ranking is."),
    epilog=_("Example: cjm-sheets score map.xlsx"),
)
@click.argument("workbook", type=click.Path())
@click.pass_obj
def score(speech: Speech, workbook: str) -> int:
    """Score one workbook."""
    from cjm_sheets import wiring
    from cjm_sheets.usecases.score_map import score_map

    scored = score_map(wiring.workbook_file(workbook))
    if speech.as_json:
        speech.document(scored.document())
    else:
        speech.tell(scored.lines(language()))
    return DONE
