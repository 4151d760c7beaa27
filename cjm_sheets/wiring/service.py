"""Decides how the embedded service runs: for as long as a sync needs it, or until it is stopped."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from cjm_sheets.errors.sharing import UnreachableError
from cjm_sheets.wiring.files import builder

if TYPE_CHECKING:
    from cjm_sheets.adapters.whereabouts import Service
    from cjm_sheets.ports.workbooks import Spreadsheet, Workbooks

LOCAL = "local"
_PATIENCE = 30.0  # seconds that a sync waits for another one to be done with the local service


@contextmanager
def local_service() -> "Iterator[Service]":
    """Give the service of this machine: the one that runs, else one for as long as it is needed."""
    from cjm_sheets.adapters.whereabouts import Service, announced, only_service, service_folder

    folder = service_folder()
    there = announced(folder)
    # Another sync that runs its own service is soon done; one that serves stays.
    with only_service(folder, 0 if there else _PATIENCE) as ours:
        if not ours:
            there = there or announced(folder)
            if there is None:
                raise UnreachableError(LOCAL, "busy")
            yield there
            return
        from cjm_sheets.service.running import RunningService, Setting

        setting = Setting(workbooks=workbooks(), builder=builder())
        with RunningService(folder, setting=setting) as service:
            yield Service(service.url, service.token)


def workbooks() -> "Workbooks":
    """Return what reads and writes workbook files for the service; loaded when first used."""
    from cjm_sheets.ports.workbooks import Workbooks

    def read(data: bytes, file: str) -> "Spreadsheet":
        from cjm_sheets.adapters.xlsx_file.as_spreadsheet import spreadsheet

        return spreadsheet(data, file)

    def build(book: "Spreadsheet") -> bytes:
        from cjm_sheets.adapters.xlsx_export.book import build

        return build(book)

    def convert(workbook: bytes, kind: str) -> bytes | None:
        from cjm_sheets.adapters.xlsx_export.office import convert

        return convert(workbook, kind)

    return Workbooks(read, build, convert)


@dataclass(frozen=True, slots=True)
class Serving:
    """How a service is to run, as it was typed; see the options of serve."""

    folder: Path | None = None
    port: int = 0
    token: str = ""
    host: str = "127.0.0.1"
    certificate: str = ""
    key: str = ""
    proxy: str = ""
    controls: bool = False


def serve(wish: Serving, ready: Callable[[str, str], None]) -> None:
    """Run the service until it is told to stop; ready gets address and token once it listens.

    Raises:
        UnreachableError: another service has this folder, or the port is taken.
        OpenToOthersError, WithoutNameError, BadProxyError, BadCertificateError
    """
    from cjm_sheets.adapters.whereabouts import Service, announce, only_service, service_folder
    from cjm_sheets.service.entrance import Entrance
    from cjm_sheets.service.running import Setting, new_token
    from cjm_sheets.service.running import serve as run
    from cjm_sheets.service.trials import NO_TRIALS, controlled

    entrance = Entrance(wish.host, wish.certificate, wish.key, wish.proxy)
    entrance.check()
    place = wish.folder or service_folder()
    place.mkdir(mode=0o700, parents=True, exist_ok=True)
    secret = wish.token or new_token()

    def listening(url: str) -> None:
        announce(place, Service(url, secret))
        ready(entrance.public_address(urlsplit(url).port or wish.port), secret)

    with only_service(place) as ours:
        if not ours:
            raise UnreachableError(str(place), "another service runs there")
        try:
            trials = controlled() if wish.controls else NO_TRIALS
            setting = Setting(entrance, workbooks(), builder(), trials)
            run(place, wish.port, secret, listening, setting)
        except OSError as error:
            raise UnreachableError(
                f"{wish.host}:{wish.port}", error.strerror or str(error)
            ) from error
