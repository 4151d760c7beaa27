"""Decides how it is told what became of digests that were sent, or were to be."""

from collections.abc import Callable
from typing import Any

from cjm_sheets.errors import CjmError
from cjm_sheets.usecases.send_digest import Sent
from cjm_sheets.words.catalogue import count, say
from cjm_sheets.words.mark import N_, NN_


def sent_lines(sent: Sent, language: str) -> list[str]:
    """Return whom a digest was sent to, and who got none since there was nothing to tell."""
    told = []
    if sent.sent:
        one, many = NN_(
            "Digest sent to {n} address: {who}.", "Digest sent to {n} addresses: {who}."
        )
        told.append(count(language, one, many, len(sent.sent), who=", ".join(sent.sent)))
    if sent.quiet:
        words = N_("Nothing to tell, no mail: {who}.")
        told.append(say(language, words, who=", ".join(sent.quiet)))
    if sent.busy:
        words = N_("Told by another run at this moment: {who}.")
        told.append(say(language, words, who=", ".join(sent.busy)))
    return told


def trouble_lines(sent: Sent, language: str, say_: Callable[[CjmError], str]) -> list[str]:
    """Return why digests did not arrive."""
    told = [say_(error) for error in sent.errors]
    if sent.waiting:
        words = N_(
            "The digest of {who} waits, since no run has a mail server. Set CJM_SHEETS_SMTP and"
            " CJM_SHEETS_MAIL_FROM where fleet run runs."
        )
        told.append(say(language, words, who=", ".join(sent.waiting)))
    return told


def sent_document(sent: Sent, say_: Callable[[CjmError], str]) -> dict[str, Any]:
    """Return what became of digests as a JSON-able document."""
    return {
        "sent": sent.sent,
        "nothing_to_tell": sent.quiet,
        "told_by_others": sent.busy,
        "refused": {address: say_(error) for address, error in sent.refused.items()},
        "error": say_(sent.error) if sent.error else None,
        "waiting": sent.waiting,
    }
