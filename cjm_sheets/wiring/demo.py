"""Decides what the demonstration is played with: a sample, a service, a colleague."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from cjm_sheets.errors.machine import OwnFolderError
from cjm_sheets.wiring.files import new_workbook, workbook_file, write_text
from cjm_sheets.wiring.service import local_service
from cjm_sheets.wiring.shared_copies import sharing

if TYPE_CHECKING:
    from cjm_sheets.usecases.demonstrate import Scene
    from cjm_sheets.usecases.sync_map import Link


@contextmanager
def demonstration(folder: str, spoken: str, tell: Callable[[str], None]) -> "Iterator[Scene]":
    """Give a scene in a folder: a sample workbook, a service, and a colleague who uses gspread.

    Raises:
        FileExistsAlreadyError: the folder has a sample workbook from before.
    """
    from cjm_sheets.adapters.colleague_gspread import GspreadColleague
    from cjm_sheets.ports.colleague import Colleague
    from cjm_sheets.usecases.demonstrate import Scene
    from cjm_sheets.usecases.new_map import Wish

    place = Path(folder)
    try:
        place.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise OwnFolderError(folder, error.strerror or str(error)) from error
    workbook, picture = place / "vacuum.xlsx", place / "vacuum.html"
    new_workbook(str(workbook), Wish(language=spoken, starter="vacuum"))
    with local_service() as service, sharing(local=service) as around:

        def colleague(link: "Link") -> Colleague:
            return GspreadColleague(service.url, service.token, link.spreadsheet)

        yield Scene(
            workbook=workbook_file(str(workbook)),
            picture=str(picture),
            put_picture=lambda drawing: write_text(str(picture), drawing),
            around=around,
            colleague=colleague,
            language=spoken,
            tell=tell,
        )
