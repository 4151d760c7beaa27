"""Decides how the verbs over many pairs are typed and told: fleet init, run, status, and more."""

from typing import TYPE_CHECKING

import click

from cjm_sheets.cli import observing
from cjm_sheets.cli.accounts import Group
from cjm_sheets.cli.digest import digest, tell_sent
from cjm_sheets.cli.scheduling import schedule
from cjm_sheets.cli.several import said
from cjm_sheets.cli.speech import DONE, Speech, Verb, _, language

if TYPE_CHECKING:
    from cjm_sheets.errors import CjmError
    from cjm_sheets.usecases.keep_pair import Kept
    from cjm_sheets.usecases.run_fleet import Ran

_FILE = "fleet.toml"


@click.group(
    cls=Group,
    help=_("Keep many workbooks in step with their shared copies, within Google's quota."),
    epilog=_("Example: cjm-sheets fleet init --workbook maps, then cjm-sheets fleet run"),
)
def fleet() -> None:
    """Speak of many pairs."""


@fleet.command(
    cls=Verb,
    help=_("Write a fleet file to begin with; one that is there stays as it is."),
    epilog=_('Example: cjm-sheets fleet init --workbook "maps/*.xlsx" --to new'),
)
@click.argument("file", type=click.Path(), default=_FILE)
@click.option(
    "--workbook",
    default="maps/*.xlsx",
    show_default=True,
    metavar="FILE|FOLDER|PATTERN",
    help=_("The workbooks, seen from where the fleet file lies."),
)
@click.option(
    "--to",
    "target",
    default="remembered",
    show_default=True,
    metavar="remembered|new|local|URL",
    help=_("Where the shared copies are."),
)
@click.pass_obj
def init(speech: Speech, file: str, workbook: str, target: str) -> int:
    """Write a fleet file."""
    from cjm_sheets import wiring
    from cjm_sheets.usecases.new_fleet import new_fleet

    text = new_fleet(file, workbook, target, language())
    wiring.check_fleet(text, file)
    wiring.new_fleet_file(file, text)
    speech.document({"file": file})
    speech.tell([_("{file} is written. Look at it, then: cjm-sheets fleet run").format(file=file)])
    return DONE


@fleet.command(
    cls=Verb,
    help=_(
        "Sync each pair that is due, once: what changed first, then what is read once a day. A pair"
        " that fails stops no other. Ctrl-C finishes the pairs in hand."
    ),
    epilog=_("Example: cjm-sheets fleet run fleet.toml --threads 16"),
)
@click.argument("file", type=click.Path(), default=_FILE)
@click.option(
    "--threads",
    type=click.IntRange(1, 256),
    default=8,
    show_default=True,
    help=_("So many pairs at once."),
)
@click.option(
    "--shard",
    type=click.IntRange(min=1),
    help=_("Only the pairs of this part, where the fleet file deals them into several."),
)
@click.option(
    "--watch",
    is_flag=True,
    help=_(
        "Go on until it is stopped: run again when a workbook is saved, and at least every minute."
    ),
)
@click.option("--credentials", default="", metavar="FILE", help=_("A Google key file."))
@click.option(
    "--engine",
    type=click.Choice(["threads", "dask"]),
    default="threads",
    show_default=True,
    help=_("Who does the work: threads of this process, or the workers of a Dask scheduler."),
)
@click.option(
    "--scheduler",
    default="",
    metavar="ADDRESS",
    help=_("Where the Dask scheduler is, such as tcp://HOST:8786."),
)
@observing.leaves_traces
@click.pass_obj
def run(  # noqa: PLR0913 - one argument an option
    speech: Speech,
    file: str,
    threads: int,
    shard: int | None,
    *,
    credentials: str,
    engine: str,
    scheduler: str,
    watch: bool,
) -> int:
    """Run what is due."""
    from cjm_sheets import wiring
    from cjm_sheets.cli.stopping import stopping
    from cjm_sheets.usecases import fleet_report
    from cjm_sheets.usecases.run_fleet import run_fleet
    from cjm_sheets.usecases.send_digest import Sender, Sent
    from cjm_sheets.usecases.sent_report import sent_document
    from cjm_sheets.usecases.watch_fleet import watch_fleet

    if (engine == "dask") != bool(scheduler):
        raise click.UsageError(_("--engine dask and --scheduler ADDRESS go together."))
    codes: list[int] = []
    traces = observing.asked(watch=watch)

    def tell(kept: "Kept") -> None:
        speech.tell(fleet_report.pair_lines(kept, language(), said))

    def first_stop() -> None:
        seen.stopping()
        if not seen.logs_errors:
            click.echo(
                _("Stopping: the pairs in hand are finished. Once more ends at once."), err=True
            )

    def report(ran: "Ran", unmeant: "tuple[CjmError, ...]") -> None:
        told = fleet_report.Told(ran, unmeant, work.taken(), said)
        codes.append(fleet_report.exit_code(told))
        seen.ended(told, codes[-1])
        sent = Sent() if ran.stopped else sender.send_due()
        if watch and not ran.due and not ran.stopped and len(codes) > 1 and not sent:
            return  # that nothing happened is no news
        digests = sent_document(sent, said)
        speech.document({**fleet_report.document(told), "digests": digests}, in_one_line=watch)
        speech.tell(fleet_report.total_lines(told, language()))
        tell_sent(speech, sent)
        if speech.quiet and not seen.logs_errors:
            for line in fleet_report.failure_lines(told):
                click.echo(line, err=True)

    wish = wiring.FleetWish(file, credentials, threads, shard or 0, scheduler, language())
    with (
        observing.observed(speech, file, traces) as seen,
        stopping(first_stop) as stop,
        wiring.fleet_work(wish, said, tell, stop.is_set, seen.note) as work,
        seen.working(work, traces, shard),
    ):
        sender = Sender(work.desk)
        if watch:
            watch_fleet(work.look, work.means, wiring.file_wait(stop), report)
        else:
            report(run_fleet(work.pairs, work.means), work.unmeant)
    return codes[-1]


@fleet.command(
    cls=Verb,
    help=_("Say how all pairs stand, as the last runs left them. No network is asked."),
    epilog=_("Example: cjm-sheets fleet status fleet.toml --json"),
)
@click.argument("file", type=click.Path(), default=_FILE)
@click.option(
    "--shard",
    type=click.IntRange(min=1),
    help=_("Only the pairs of this part, where the fleet file deals them into several."),
)
@click.pass_obj
def status(speech: Speech, file: str, shard: int | None) -> int:
    """Tell how a fleet stands."""
    from cjm_sheets import wiring
    from cjm_sheets.usecases.fleet_status import fleet_status
    from cjm_sheets.usecases.run_fleet import find_due

    wish = wiring.FleetWish(file, shard=shard or 0)
    with wiring.fleet_work(wish, said) as work:
        known = work.means.standings.all()
        dues = tuple(find_due(work.pairs, known, work.means))
        at = work.means.now(), work.means.hands.clock.today()
        stands = fleet_status(work.pairs, known, dues, at, work.fleet.quota_share)
        unmeant = [said(error) for error in work.unmeant]
    speech.document({**stands.document(), "errors": unmeant})
    speech.tell([*stands.lines(language()), *unmeant])
    return DONE


fleet.add_command(digest)
fleet.add_command(schedule)
