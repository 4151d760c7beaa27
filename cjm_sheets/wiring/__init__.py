"""Decides which adapter serves what a person typed; the only place that knows them all.

Imports are late on purpose: a check must not pay for the network, nor --help for a reader.
"""

from cjm_sheets.wiring.cluster import (
    KeptElsewhere,
    Site,
)
from cjm_sheets.wiring.demo import (
    demonstration,
)
from cjm_sheets.wiring.excel import (
    addin_there,
    calling_workbook,
    desk_of,
    held_open,
    install_addin,
    open_headless,
    open_workbook,
    remove_addin,
    tell_in_excel,
)
from cjm_sheets.wiring.files import (
    foreign_workbook,
    new_workbook,
    notes,
    starters,
    without_locks,
    workbook_file,
    workbooks_meant,
    write_text,
)
from cjm_sheets.wiring.fleet_means import FleetWish
from cjm_sheets.wiring.fleets import (
    FleetWork,
    check_fleet,
    file_wait,
    fleet_of,
    fleet_work,
    new_fleet_file,
    schedule_fleet,
)
from cjm_sheets.wiring.observing import (
    ERRORS,
    Log,
    Meters,
    Traces,
    logged,
    metered,
)
from cjm_sheets.wiring.own import (
    chance,
    clock,
    history,
    login,
    notebook,
    system_language,
)
from cjm_sheets.wiring.service import (
    LOCAL,
    Serving,
    local_service,
    serve,
    workbooks,
)
from cjm_sheets.wiring.shared_copies import (
    GOOGLE,
    accounts,
    link_to,
    permissions_of,
    sharing,
)

__all__ = [
    "ERRORS",
    "GOOGLE",
    "LOCAL",
    "FleetWish",
    "FleetWork",
    "KeptElsewhere",
    "Log",
    "Meters",
    "Serving",
    "Site",
    "Traces",
    "accounts",
    "addin_there",
    "calling_workbook",
    "chance",
    "check_fleet",
    "clock",
    "demonstration",
    "desk_of",
    "file_wait",
    "fleet_of",
    "fleet_work",
    "foreign_workbook",
    "held_open",
    "history",
    "install_addin",
    "link_to",
    "local_service",
    "logged",
    "login",
    "metered",
    "new_fleet_file",
    "new_workbook",
    "notebook",
    "notes",
    "open_headless",
    "open_workbook",
    "permissions_of",
    "remove_addin",
    "schedule_fleet",
    "serve",
    "sharing",
    "starters",
    "system_language",
    "tell_in_excel",
    "without_locks",
    "workbook_file",
    "workbooks",
    "workbooks_meant",
    "write_text",
]
