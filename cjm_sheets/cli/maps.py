"""Decides how the verbs about one map are typed and told: new, add, explain, score, draw."""

import sys

import click

from cjm_sheets.cli.speech import DONE, Speech, Verb, _, language
from cjm_sheets.words.languages import LANGUAGES


@click.command(
    cls=Verb,
    help=_("Make a workbook: blank for your own map, or filled in as a sample."),
    epilog=_("Example: cjm-sheets new map.xlsx --starter vacuum. Without PATH it asks."),
)
@click.argument("path", type=click.Path(), required=False)
@click.option("--type", "map_type", default="current", show_default=True, help=_("Kind of map."))
@click.option("--starter", default="", help=_("A sample to start from, such as vacuum."))
@click.option(
    "--stages",
    default="buying4",
    show_default=True,
    help=_("Stages: buying4, loyalty5, funnel4, phases3, or your own, separated by commas."),
)
@click.option(
    "--language",
    "code",
    type=click.Choice(LANGUAGES),
    metavar="CODE",
    help=_("Language of the workbook: en, de, da, lv, af or ru."),
)
@click.option(
    "--macros",
    is_flag=True,
    help=_("Put a module beside it that Excel can run; an .xlsm always has one, and a button."),
)
@click.pass_obj
def new(  # noqa: PLR0913, PLR0917 - one argument an option
    speech: Speech,
    path: str | None,
    map_type: str,
    starter: str,
    stages: str,
    code: str | None,
    *,
    macros: bool,
) -> int:
    """Make a workbook."""
    from cjm_sheets import wiring
    from cjm_sheets.usecases.new_map import Wish

    spoken = code or language()
    wish = Wish(map_type, spoken, stages, starter)
    if path is None:
        if speech.as_json or not sys.stdin.isatty():
            raise click.UsageError(_("Name the file to make, such as map.xlsx."))
        from cjm_sheets.cli.asking import ask

        path, wish = ask(wiring.starters(), wish)
        spoken = wish.language
    module = wiring.new_workbook(path, wish, macros=macros)
    beside = {"module": module} if module else {}
    speech.document({"workbook": path, "language": spoken} | beside)
    lines = [
        _("Made {file}. Open it and begin on the sheet Start.").format(file=path),
        _("Then: cjm-sheets check {file}").format(file=path),
    ]
    if path.lower().endswith(".xlsm"):
        lines.append(_("In Excel, the button on Start runs {file}.").format(file=module))
    elif module:
        lines.append(_("In Excel, Run main of the xlwings add-in runs {file}.").format(file=module))
    speech.tell(lines)
    return DONE


@click.command(
    cls=Verb,
    help=_("Add a table that the workbook does not show yet, such as Blueprint or Metrics."),
    epilog=_("Example: cjm-sheets add map.xlsx Blueprint"),
)
@click.argument("workbook", type=click.Path())
@click.argument("table")
@click.pass_obj
def add(speech: Speech, workbook: str, table: str) -> int:
    """Add one table."""
    from cjm_sheets import wiring
    from cjm_sheets.usecases.add_table import add_table

    added = add_table(wiring.workbook_file(workbook), table, wiring.clock().now().astimezone())
    speech.document(added.document())
    speech.tell(added.lines(language()))
    return DONE


@click.command(
    cls=Verb,
    help=_("Rank the pains by what can be shown, and say how firm the ranking is."),
    epilog=_("Example: cjm-sheets score map.xlsx"),
)
@click.argument("workbook", type=click.Path())
@click.option(
    "--write", is_flag=True, help=_("Write the scores, Start, the map and the ranking anew.")
)
@click.pass_obj
def score(speech: Speech, workbook: str, *, write: bool) -> int:
    """Score one workbook."""
    from cjm_sheets import wiring
    from cjm_sheets.usecases.score_map import score_map

    store = wiring.workbook_file(workbook)
    if write:
        from cjm_sheets.usecases.write_sheets import write_scores

        write_scores(store, wiring.clock().now().astimezone())
    scored = score_map(store)
    if speech.as_json:
        speech.document(scored.document())
    else:
        speech.tell(scored.lines(language()))
    return DONE


@click.command(
    cls=Verb,
    help=_("Draw the wall map as a page or a picture that needs nothing else."),
    epilog=_("Example: cjm-sheets draw map.xlsx -o map.html"),
)
@click.argument("workbook", type=click.Path())
@click.option("-o", "--output", metavar="map.html|map.svg", help=_("What to make."))
@click.option("--in-workbook", is_flag=True, help=_("Draw the sheet with the map anew."))
@click.option("--map", "map_id", help=_("Id of the map, if the workbook holds several."))
@click.pass_obj
def draw(
    speech: Speech, workbook: str, output: str | None, map_id: str | None, *, in_workbook: bool
) -> int:
    """Draw one map."""
    from cjm_sheets import wiring

    if output is None and not in_workbook:
        raise click.UsageError(_("Say what to make: -o map.html, or --in-workbook."))
    store = wiring.workbook_file(workbook)
    if output is not None:
        from cjm_sheets.usecases.draw_map import draw_map

        wiring.write_text(output, draw_map(store, output, wiring.clock().today(), map_id))
        speech.tell([_("Drew {file}.").format(file=output)])
    if in_workbook:
        from cjm_sheets.usecases.write_sheets import draw_in_workbook

        draw_in_workbook(store, wiring.clock().now().astimezone())
        speech.tell([_("Drew the map in {file}.").format(file=workbook)])
    speech.document({"map": output, "workbook": workbook if in_workbook else None})
    return DONE


@click.command(
    cls=Verb,
    help=_("Explain a rule, or where the score of a pain comes from, factor by factor."),
    epilog=_("Examples: cjm-sheets explain CJ031, cjm-sheets explain N12 map.xlsx"),
)
@click.argument("what", metavar="RULE|PAIN")
@click.argument("workbook", type=click.Path(), required=False)
@click.pass_obj
def explain(speech: Speech, what: str, workbook: str | None) -> int:
    """Explain one rule, or one score."""
    from cjm_sheets import wiring
    from cjm_sheets.usecases.explain import explain_rule, explain_score

    if workbook is None:
        told = explain_rule(what, language())
        speech.document({"rule": what.upper(), "page": told})
        speech.tell(told.splitlines())
        return DONE
    story = explain_score(wiring.workbook_file(workbook), what, language())
    speech.document(story.document())
    speech.tell(story.lines)
    return DONE
