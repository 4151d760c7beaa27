"""Decides which pains only say which solution somebody has in mind."""

from collections.abc import Iterator

from cjm_sheets.checks.finding import Found, Severity
from cjm_sheets.checks.registry import rule
from cjm_sheets.checks.view import View
from cjm_sheets.checks.word_lists import has_list, hits
from cjm_sheets.tables.naming import plain
from cjm_sheets.words.mark import N_

_NEAR = 3
"""Words within which the solution stands beside what says that it is missing."""

_LONGEST = 10
"""Words up to which a text says only that something is missing, and not what it does to people."""

_SIGNS = "\"'.,;:!?-–—•*()[]“”„«»…0123456789 "


@rule(
    "CJ072",
    Severity.WARNING,
    table="Pains",
    reads=("Pains.pain", "Pains.status"),
    summary=N_("a pain is written as a missing solution"),
    message=N_("This names a solution that is missing ({phrase}), and not what customers suffer."),
    fix=N_("Write what goes wrong for customers; put the solution into {opportunities}."),
)
def pain_as_missing_solution(view: View) -> Iterator[Found]:
    """CJ072: a pain is written as a missing solution.

    Why: no chatbot is no pain; nobody answers at night is one, and a chatbot is only one way to
        relieve it. Whoever writes the solution as the pain has decided before looking. The words
        are lists, one per language of the workbook, that anybody may edit; where there is none,
        the English one is read, and what it finds is a note.
    Fires: No chatbot; There is no good mobile app; Chatbot fehlt; Нет чат-бота.
    Silent: Nobody answers after six; No parking space; a sentence of more than ten words, which
        says more than that; a pain that is solved; a row of an archived map.
    """
    language = view.workbook.language
    severity = None if has_list("solution", language) else Severity.INFO
    opportunities = view.sheet("Opportunities")
    for each in view.maps:
        for row in each.pains:
            if not row.pain or row.status == "solved":
                continue
            if phrase := _missing(language, _folded(row.pain)):
                facts = {"phrase": phrase, "opportunities": opportunities}
                yield Found("Pains", row.line, row.id, "pain", facts=facts, severity=severity)


def _missing(language: str, text: str) -> str:
    """Return the solution that a text says is missing, "" if it says something else."""
    if len(text.split()) > _LONGEST:
        return ""
    lacking = hits("lacking", language, text)
    if lacking and text.startswith(lacking):
        near = text.removeprefix(lacking).split()[:_NEAR]
        return hits("solution", language, " ".join(near).strip(_SIGNS))
    if lacking and text.endswith(lacking):
        near = text.removesuffix(lacking).split()[-_NEAR:]
        return hits("solution", language, " ".join(near).strip(_SIGNS))
    return ""


def _folded(text: str) -> str:
    """Return a text as phrases are compared with it, without signs around it."""
    return plain(text).replace("\u2019", "'").strip(_SIGNS)
