"""Decides where a run of a fleet leaves its traces: a log, and measurements for Prometheus."""

import os
import platform
import secrets
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from cjm_sheets.errors import CjmError
from cjm_sheets.ports.observer import Note, silent

if TYPE_CHECKING:
    from cjm_sheets.adapters.fleet_log import FleetLog
    from cjm_sheets.adapters.fleet_sqlite.totals import SqliteTotals
    from cjm_sheets.fleet.measures import Measured
    from cjm_sheets.usecases.fleet_ended import Ended
    from cjm_sheets.wiring.fleets import FleetWork

ERRORS = "-"
"""The name by which the standard errors are meant."""


@dataclass(frozen=True, slots=True)
class Traces:
    """What traces a run shall leave, as it was typed; what is "" or None is not asked for."""

    log: str = ""
    log_format: str = "auto"
    metrics: str = ""
    metrics_port: int | None = None
    metrics_host: str = "127.0.0.1"
    colours: bool = True
    """Whether a terminal may be shown colours."""


@dataclass
class Log:
    """Takes note of events in the log that is asked for, if any."""

    kept: "FleetLog | None" = None
    work: "FleetWork | None" = None

    @property
    def note(self) -> Note:
        """What takes note."""
        return self.kept.note if self.kept else silent

    def mind(self, work: "FleetWork") -> None:
        """Leave out from now on what the services of a fleet are asked with."""
        self.work = work

    def secrets(self) -> set[str]:
        """Return all secrets that are known by now."""
        named = {os.environ.get("CJM_SHEETS_TOKEN", "")}
        password = urlsplit(os.environ.get("CJM_SHEETS_REDIS", "")).password
        named |= {password, unquote(password)} if password else set()
        return named | (self.work.secrets() if self.work else set())


@contextmanager
def logged(traces: Traces, file: str) -> Iterator[Log]:
    """Give the log of the runs of a fleet file.

    Raises:
        CannotLogError: the file that was named for it cannot be opened.
    """
    log = Log()
    if not traces.log:
        yield log
        return
    from cjm_sheets.adapters.fleet_log import ErrorLines, FileLines, FleetLog, Style

    lines = ErrorLines() if traces.log == ERRORS else FileLines(traces.log)
    on_terminal = traces.log == ERRORS and sys.stderr.isatty()
    as_text = traces.log_format == "text" or (traces.log_format == "auto" and on_terminal)
    log.kept = FleetLog(
        lines,
        Style(as_text, on_terminal and traces.colours),
        facts={"machine": platform.node(), "process": os.getpid(), "fleet": file},
        secrets=log.secrets,
        new_run=lambda: secrets.token_hex(4),
    )
    try:
        yield log
    finally:
        lines.close()


@dataclass
class Meters:
    """Takes in what each run measured, and passes it on to Prometheus.

    `address`: where it can be asked, "" if nowhere.
    """

    work: "FleetWork"
    labels: dict[str, str]
    file: str = ""
    totals: "SqliteTotals | None" = None
    address: str = ""
    served: "Measured | None" = field(default=None)

    def take(self, ended: "Ended") -> None:
        """Take in what a run measured.

        Raises:
            CannotReplaceError, OwnFolderError: it is kept, or it could not be; the run is as it is.
        """
        if not self.file and self.served is None:
            return
        from cjm_sheets.fleet.measures import together
        from cjm_sheets.usecases.measure_fleet import measured

        fresh = measured(ended, self.work.means.standings.all())
        if self.served is not None:
            self.served = together(self.served, fresh)
        if self.totals is not None:
            self._write(self.totals, fresh)

    def _write(self, totals: "SqliteTotals", fresh: "Measured") -> None:
        """Write the file while nobody else adds, so that the last one has all."""
        from cjm_sheets.adapters.new_file import write_over
        from cjm_sheets.adapters.prometheus import as_text

        failed: CjmError | None = None
        with totals.adding(fresh) as known:
            try:
                write_over(Path(self.file), as_text(known, self.labels, time.time))
            except CjmError as error:
                failed = error  # what was counted is kept all the same
        if failed is not None:
            raise failed


@contextmanager
def metered(traces: Traces, work: "FleetWork", shard: int) -> Iterator[Meters]:
    """Give what takes in measurements; Prometheus can ask for them as long as the block runs.

    Raises:
        NotInstalledError, CannotListenError
    """
    meters = Meters(work, {"fleet": work.name, "shard": str(shard or "")}, traces.metrics)
    if not traces.metrics and traces.metrics_port is None:
        yield meters
        return
    from cjm_sheets.adapters.fleet_sqlite.totals import SqliteTotals
    from cjm_sheets.errors.machine import NotInstalledError
    from cjm_sheets.fleet.measures import Measured

    try:
        from cjm_sheets.adapters.prometheus import served
    except ModuleNotFoundError as missing:
        raise NotInstalledError("metrics") from missing
    if traces.metrics:
        meters.totals = SqliteTotals(work.folder / "metrics.sqlite", str(shard or ""))
    with ExitStack() as running:
        if traces.metrics_port is not None:
            meters.served = Measured({}, {})
            at = traces.metrics_host, traces.metrics_port

            def ask() -> Measured:
                return meters.served or Measured({}, {})

            port = running.enter_context(served(ask, meters.labels, at, time.time))
            host = f"[{at[0]}]" if ":" in at[0] else at[0]
            meters.address = f"http://{host}:{port}/metrics"
        yield meters
