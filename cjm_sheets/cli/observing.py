"""Decides how the traces of a run of a fleet are asked for, and what a person hears of them."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar

import click

from cjm_sheets.cli.several import said
from cjm_sheets.cli.speech import Speech, _

if TYPE_CHECKING:
    from cjm_sheets.ports.observer import Note
    from cjm_sheets.usecases.fleet_report import Told
    from cjm_sheets.wiring import FleetWork, Log, Meters, Traces

_KEPT = "cjm_sheets.traces"
Command = TypeVar("Command", bound=Callable[..., Any])


def _keep(context: click.Context, option: click.Parameter, value: object) -> None:
    """Keep the value of an option aside: no command takes all of these as arguments."""
    context.meta.setdefault(_KEPT, {})[option.name] = value


def _option(name: str, **asked: Any) -> Callable[[Command], Command]:  # noqa: ANN401 - click's own
    return click.option(name, expose_value=False, callback=_keep, **asked)


_OPTIONS = (
    _option(
        "--log",
        default="",
        metavar="FILE|-",
        help=_("Write what happens to the end of a file, or to the standard errors."),
    ),
    _option(
        "--log-format",
        type=click.Choice(["auto", "json", "text"]),
        default="auto",
        show_default=True,
        help=_("auto is text on a terminal, and else one JSON object a line."),
    ),
    _option(
        "--metrics",
        default="",
        metavar="FILE",
        help=_("After each run, write measurements for Prometheus into a file, such as x.prom."),
    ),
    _option(
        "--metrics-port",
        type=click.IntRange(0, 65_535),
        help=_("With --watch: answer Prometheus at this port; 0 picks a free one."),
    ),
    _option(
        "--metrics-host",
        default="127.0.0.1",
        show_default=True,
        metavar="ADDRESS",
        help=_("The address of that; all who reach it can read the measurements."),
    ),
)


def leaves_traces(command: Command) -> Command:
    """Give a command the options that ask for traces."""
    for option in reversed(_OPTIONS):
        command = option(command)
    return command


def asked(*, watch: bool) -> "Traces":
    """Return what the options of the command ask for."""
    from cjm_sheets.wiring import Traces

    context = click.get_current_context()
    traces = Traces(**context.meta[_KEPT], colours=context.color is not False)
    if traces.metrics_port is not None and not watch:
        raise click.UsageError(_("--metrics-port goes with --watch; else use --metrics FILE."))
    return traces


@dataclass
class Seen:
    """The traces of the runs of a fleet; `logs_errors`: the log goes where failures are told."""

    speech: Speech
    log: "Log"
    logs_errors: bool
    meters: "Meters | None" = None

    @property
    def note(self) -> "Note":
        """What takes note of events."""
        return self.log.note

    def stopping(self) -> None:
        """Note that somebody wants the run to stop."""
        from cjm_sheets.ports.observer import Event

        self.note(Event("stop_asked"))

    @contextmanager
    def working(self, work: "FleetWork", traces: "Traces", shard: int | None) -> "Iterator[None]":
        """Measure as long as the block runs."""
        from cjm_sheets import wiring

        self.log.mind(work)
        with wiring.metered(traces, work, shard or 0) as self.meters:
            if self.meters.address:
                self.speech.tell([_("Measurements: {url}").format(url=self.meters.address)])
            yield

    def ended(self, told: "Told", code: int) -> None:
        """Take in that a run came to its end; that this fails is told, and changes nothing."""
        from cjm_sheets.errors import CjmError
        from cjm_sheets.usecases import fleet_ended, fleet_events

        for unmeant in told.unmeant:
            self.note(fleet_events.failed("workbook_not_found", unmeant, said))
        ended = fleet_ended.Ended(told.ran, code, told.used, time.time())
        try:
            if self.meters:
                self.meters.take(ended)
        except CjmError as error:
            self.note(fleet_events.failed("metrics_not_written", error, said))
            click.echo(said(error), err=True)
        self.note(fleet_ended.run_ended(ended))


@contextmanager
def observed(speech: Speech, file: str, traces: "Traces") -> "Iterator[Seen]":
    """Give the traces of the runs of a fleet file; a failure of the whole is in the log, too."""
    from cjm_sheets import wiring
    from cjm_sheets.errors import CjmError, UnforeseenError
    from cjm_sheets.usecases import fleet_events

    with wiring.logged(traces, file) as log:
        seen = Seen(speech, log, traces.log == wiring.ERRORS)
        try:
            yield seen
        except CjmError as error:
            seen.note(fleet_events.failed("run_failed", error, said))
            raise
        except Exception as error:
            unforeseen = UnforeseenError(type(error).__name__, "fleet run")
            seen.note(fleet_events.failed("run_failed", unforeseen, said))
            raise
        finally:
            if log.kept and log.kept.lost and not seen.logs_errors:
                lost = _("Lines of the log that could not be written: {n} ({reason}).")
                click.echo(lost.format(n=log.kept.lost, reason=log.kept.why), err=True)
