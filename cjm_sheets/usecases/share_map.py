"""Decides what sharing a shared copy is: who may open it afterwards, and what is told of that."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from cjm_sheets.errors.sharing import BadEmailError, NotSharedWithError
from cjm_sheets.ports.permissions import ANYONE, Access, Permissions, Role
from cjm_sheets.usecases.sync_map import LOCAL, Link
from cjm_sheets.words.catalogue import say
from cjm_sheets.words.mark import N_

_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
_ROLES = {
    "owner": N_("owns it"),
    "organizer": N_("may manage the drive"),
    "fileOrganizer": N_("may manage files"),
    "writer": N_("may edit"),
    "commenter": N_("may comment"),
    "reader": N_("may read"),
}


@dataclass(frozen=True, slots=True)
class Wish:
    """Who shall be able to open a shared copy, and who no more."""

    give: tuple[str, ...] = ()
    role: Role = "writer"
    stop: tuple[str, ...] = ()


@dataclass(frozen=True)
class Shared:
    """Who may open a shared copy now, and where it is."""

    link: Link
    address: str
    access: tuple[Access, ...]
    given: tuple[str, ...]
    stopped: tuple[str, ...]

    def document(self) -> dict[str, Any]:
        """Return this as a JSON-able document."""
        return {
            "spreadsheet": {"id": self.link.spreadsheet, "url": self.address},
            "given": list(self.given),
            "stopped": list(self.stopped),
            "access": [{"who": each.who, "role": each.role} for each in self.access],
            "reachable_from_elsewhere": self.link.service != LOCAL,
        }

    def lines(self, language: str) -> list[str]:
        """Return this in sentences."""
        told = [_line(each, language) for each in self.access]
        if self.link.service == LOCAL:
            told.append(
                say(
                    language,
                    N_(
                        "This shared copy is on this machine: people elsewhere cannot reach it,"
                        " whatever is noted here. Share with Google: sync --to new."
                    ),
                )
            )
        else:
            told.append(say(language, N_("Shared copy: {address}"), address=self.address))
        return told


def wish_for(emails: Sequence[str], role: Role, stop: Sequence[str], *, anyone: bool) -> Wish:
    """Return what a person asks for; BadEmailError if an address is none."""
    for text in (*emails, *stop):
        if not _EMAIL.fullmatch(text) and not (text == ANYONE and text in stop):
            raise BadEmailError(text)
    return Wish((*emails, *([ANYONE] if anyone else [])), role, tuple(stop))


def share_map(link: Link, address: str, permissions: Permissions, wish: Wish) -> Shared:
    """Let people open a shared copy, or no more; who has the wished-for access already keeps it.

    Raises:
        NotSharedWithError: somebody who shall be stopped could not open it anyway; nothing was
            changed.
    """
    there = permissions.listed()
    leaving = [_one(there, who, address) for who in wish.stop]
    for each in leaving:
        permissions.take(each)
    given = [who for who in wish.give if _give(permissions, there, who, wish.role)]
    changed = bool(given or leaving)
    now = permissions.listed() if changed else there
    return Shared(link, address, now, tuple(given), tuple(each.who for each in leaving))


def _one(there: Sequence[Access], who: str, address: str) -> Access:
    """Return the access of somebody; the owner's cannot be taken away."""
    found = _of(there, who)
    if found is None or found.role == "owner":
        raise NotSharedWithError(who, address)
    return found


def _of(there: Sequence[Access], who: str) -> Access | None:
    """Return the access of somebody, None without one; addresses have no case."""
    return next((each for each in there if each.who.casefold() == who.casefold()), None)


def _give(permissions: Permissions, there: Sequence[Access], who: str, role: Role) -> bool:
    """Give somebody access; tell whether that changed anything."""
    found = _of(there, who)
    if found is None:
        permissions.give(who, role)
        return True
    if found.role in {role, "owner"}:
        return False
    permissions.change(found, role)
    return True


def _line(access: Access, language: str) -> str:
    """Return who may do what, in a line."""
    anyone = say(language, N_("Anyone with the address"))
    who = anyone if access.who == ANYONE else access.who
    role = say(language, _ROLES[access.role]) if access.role in _ROLES else access.role
    return f"{who}: {role}"
