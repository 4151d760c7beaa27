"""Decides how the verbs that share maps are typed and told: sync and serve."""

from pathlib import Path

import click

from cjm_sheets.cli.speech import DONE, FINDINGS, Speech, Verb, _, language


@click.command(
    cls=Verb,
    help=_("Bring a workbook and its shared copy in step, in both directions."),
    epilog=_("Example: cjm-sheets sync map.xlsx --to local"),
)
@click.argument("workbook", type=click.Path())
@click.option("--to", "target", metavar="local|new|URL", help=_("Where the shared copy is."))
@click.option("--dry-run", is_flag=True, help=_("Show what would happen, write nothing."))
@click.option(
    "--prefer",
    type=click.Choice(["workbook", "sheet"]),
    help=_("Settle conflicts in favour of one side."),
)
@click.option(
    "--direction",
    type=click.Choice(["both", "push", "pull"]),
    default="both",
    help=_("Change both sides, or only the shared copy (push), or only the workbook (pull)."),
)
@click.option(
    "--allow-mass-delete",
    is_flag=True,
    help=_("Carry over deletions even where more than half of a table is gone."),
)
@click.option(
    "--annotate",
    is_flag=True,
    help=_("Put a note on each cell of the shared copy that both sides changed."),
)
@click.option(
    "--map",
    "draws",
    is_flag=True,
    help=_("Draw the map of the shared copy anew: steps came, or it was deleted."),
)
@click.option("--credentials", default="", metavar="FILE", help=_("A Google key file."))
@click.pass_obj
def sync(  # noqa: PLR0913, PLR0917 - one argument an option
    speech: Speech,
    workbook: str,
    target: str | None,
    dry_run: bool,  # noqa: FBT001 - click's flag
    prefer: str | None,
    direction: str,
    allow_mass_delete: bool,  # noqa: FBT001 - click's flag
    credentials: str,
    *,
    annotate: bool,
    draws: bool,
) -> int:
    """Sync one workbook."""
    from cjm_sheets import wiring
    from cjm_sheets.sync.steps import Options
    from cjm_sheets.usecases import sync_report
    from cjm_sheets.usecases.sync_map import sync_map
    from cjm_sheets.words.failures import sentence

    link = wiring.link_to(target) if target else None
    options = Options(prefer or "", direction, allow_mass_delete, annotate, draws)
    with wiring.sharing(credentials) as around:
        synced = sync_map(wiring.workbook_file(workbook), link, options, around, dry_run=dry_run)
    speech.document(sync_report.document(synced))
    speech.tell(sync_report.lines(synced, language(), whole=speech.verbose))
    if synced.waiting is not None:
        # The document says so already; a second one would be one too many.
        click.echo(sentence(synced.waiting, language()), err=True)
        return synced.waiting.exit_code
    return FINDINGS if synced.plan.conflicts else DONE


@click.command(
    cls=Verb,
    help=_("Share maps on this machine: edited in the browser, and by programs as at Google."),
    epilog=_("Example: cjm-sheets serve --port 8765"),
)
@click.option(
    "--port",
    type=click.IntRange(0, 65_535),
    default=8765,
    show_default=True,
    help=_("0 picks a free one."),
)
@click.option(
    "--data",
    type=click.Path(file_okay=False, path_type=Path),
    help=_("Folder of the spreadsheets; otherwise the one that sync --to local uses."),
)
@click.option("--token", default="", help=_("What clients must send; otherwise a random one."))
@click.option(
    "--host",
    default="127.0.0.1",
    show_default=True,
    metavar="ADDRESS",
    help=_("Address to listen on; one that others reach needs a certificate or a proxy."),
)
@click.option("--tls-cert", default="", metavar="FILE", help=_("Certificate, for HTTPS."))
@click.option("--tls-key", default="", metavar="FILE", help=_("Key of the certificate."))
@click.option(
    "--behind-proxy",
    "proxy",
    default="",
    metavar="https://NAME",
    help=_("A proxy in front does HTTPS under this name; no other one is answered."),
)
@click.option(
    "--controls",
    is_flag=True,
    help=_("For tests: clients may plan faults and limits (/control)."),
)
@click.pass_obj
def serve(  # noqa: PLR0913, PLR0917 - one argument an option
    speech: Speech,
    port: int,
    data: Path | None,
    token: str,
    host: str,
    tls_cert: str,
    tls_key: str,
    proxy: str,
    controls: bool,  # noqa: FBT001 - click's flag
) -> int:
    """Run the service until it is stopped."""
    import json
    import os

    from cjm_sheets import wiring

    def ready(url: str, secret: str) -> None:
        if speech.as_json:
            said = {"url": url, "token": secret, "pid": os.getpid()}
            click.echo(json.dumps(said))
            return
        speech.tell([
            _("Serving at {url}").format(url=url),
            _("Look at it: {page}").format(page=f"{url}/?token={secret}"),
            _("Stop with Ctrl-C."),
        ])  # fmt: skip

    wish = wiring.Serving(data, port, token, host, tls_cert, tls_key, proxy, controls)
    wiring.serve(wish, ready)
    return DONE
