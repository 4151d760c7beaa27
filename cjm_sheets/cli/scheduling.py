"""Decides how it is typed and told that a fleet is to run by itself: fleet schedule."""

import click

from cjm_sheets.cli.speech import DONE, Speech, Verb, _, language


@click.command(
    cls=Verb,
    help=_("Let a fleet run by itself: write what a scheduler needs, and say what to do with it."),
    epilog=_("Example: cjm-sheets fleet schedule fleet.toml --as systemd --install"),
)
@click.argument("fleet", metavar="FLEET.toml", type=click.Path())
@click.option(
    "--as",
    "kind",
    type=click.Choice(["cron", "systemd", "windows", "github"]),
    required=True,
    help=_("The scheduler: cron, systemd, Windows Task Scheduler or GitHub Actions."),
)
@click.option("--install", is_flag=True, help=_("Let the scheduler take it up right away."))
@click.option(
    "--folder",
    default="",
    type=click.Path(),
    help=_("Where the files go; beside the fleet file unless told."),
)
@click.pass_obj
def schedule(speech: Speech, fleet: str, kind: str, folder: str, *, install: bool) -> int:
    """Schedule a fleet."""
    from cjm_sheets import wiring

    done = wiring.schedule_fleet(fleet, kind, folder, language(), install=install)
    speech.document({"files": list(done.files), "installed": done.installed})
    speech.tell(done.told)
    return DONE
