"""Decides with what digests of a fleet are made and sent on this machine."""

import os
from pathlib import Path
from typing import TYPE_CHECKING

from cjm_sheets.wiring.files import workbooks_meant
from cjm_sheets.wiring.fleet_means import FleetWish
from cjm_sheets.wiring.fleet_state import SharedState
from cjm_sheets.wiring.own import clock

if TYPE_CHECKING:
    from cjm_sheets.fleet.due import Pair
    from cjm_sheets.fleet.settings import Fleet
    from cjm_sheets.ports.mail import Mail
    from cjm_sheets.usecases.send_digest import Desk

_SERVER, _SENDER = "CJM_SHEETS_SMTP", "CJM_SHEETS_MAIL_FROM"


def desk_of(fleet: "Fleet", wish: FleetWish, state: SharedState, folder: Path) -> "Desk":
    """Return what digests of a fleet need.

    They tell of all pairs, whichever shards they are in, as far as anybody knows of them here.
    """
    from cjm_sheets.adapters.fleet_paths import mark, pairs_of
    from cjm_sheets.usecases.send_digest import Desk

    def pairs() -> "list[Pair]":
        found, _ = pairs_of(fleet, wish.file, workbooks_meant)
        if not wish.shard:
            return [*found]
        known = state.standings.all()
        return [
            pair
            for pair in found
            if pair.key in known or fleet.shard_of(pair.entry, pair.key) == wish.shard
        ]

    return Desk(
        journal=state.journal,
        standings=state.standings.all,
        pairs=pairs,
        tell=tuple(address for entry in fleet.entries for address in entry.wish.tell),
        kind=fleet.digest,
        language=fleet.language or wish.language,
        now=state.now,
        today=clock().today,
        fleet=fleet.redis or mark(folder),
        mail=mail_server,
        has_mail=bool(os.environ.get(_SERVER)),
    )


def mail_server() -> "Mail":
    """Return the mail server that the surroundings name.

    Raises:
        NoMailServerNamedError, NoSenderError, MailServerError
    """
    from cjm_sheets.adapters.smtp_mail import SmtpMail, sender_of, server_of
    from cjm_sheets.errors.fleet import NoMailServerNamedError

    address = os.environ.get(_SERVER, "")
    if not address:
        raise NoMailServerNamedError
    return SmtpMail(server_of(address), sender_of(os.environ.get(_SENDER, "")))
