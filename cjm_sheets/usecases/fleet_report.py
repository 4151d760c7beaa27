"""Decides how a run of a fleet is told: as a document of stable shape, and in a few sentences."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from cjm_sheets.errors import CjmError
from cjm_sheets.fleet.due import Why
from cjm_sheets.ports.quota import KINDS, Used
from cjm_sheets.usecases.keep_pair import Kept
from cjm_sheets.usecases.run_fleet import Ran
from cjm_sheets.usecases.wall_map import beside
from cjm_sheets.words.catalogue import count, say
from cjm_sheets.words.mark import N_, NN_

_READ, _REMOTE, _BUSY = 3, 4, 5
_DONE, _FINDINGS = 0, 1


@dataclass(frozen=True)
class Told:
    """A run with what is told beside it: names that stand for no workbook, and requests."""

    ran: Ran
    unmeant: Sequence[CjmError]
    used: Used
    say: Callable[[CjmError], str]


def exit_code(told: Told) -> int:
    """Return how the command ends: what cannot be read is worst, then what cannot be reached."""
    ran = told.ran
    errors = [each.error for each in ran.kept if each.error is not None]
    codes = {error.exit_code for error in (*errors, *told.unmeant, *ran.down.values())}
    for code in (_READ, _REMOTE, _BUSY):
        if code in codes:
            return code
    if codes:
        return max(codes)
    found = any(
        each.broken or each.standing.health.conflicts or (each.wall and each.wall.error)
        for each in ran.kept
    )
    return _FINDINGS if found else _DONE


def document(told: Told) -> dict[str, Any]:
    """Return a run as a JSON-able document; of pairs only those that were due."""
    ran = told.ran
    return {
        "pairs": ran.pairs,
        "due": ran.due,
        "synced": len(ran.kept) - len(ran.failures),
        "failed": len(ran.failures),
        "left": ran.left,
        "resting": dict(ran.resting),
        "stopped": ran.stopped,
        "requests": {kind: told.used.spent.get(kind, 0) for kind in KINDS},
        "refused": {kind: told.used.refused.get(kind, 0) for kind in KINDS},
        "results": [_result(each, told.say) for each in ran.kept],
        "errors": [_error(error, told.say) for error in told.unmeant],
        "unreachable": {name: _error(error, told.say) for name, error in ran.down.items()},
        "without_changes": sorted(ran.deaf),
    }


def _result(kept: Kept, say_: Callable[[CjmError], str]) -> dict[str, Any]:
    health = kept.standing.health
    return {
        "workbook": kept.due.pair.key,
        "why": Why(kept.due.why).name.lower(),
        "pushed": kept.pushed,
        "pulled": kept.pulled,
        "conflicts": health.conflicts,
        "grade": health.grade or None,
        "failing_rules": list(kept.broken),
        "workbook_waits": kept.waits,
        "failures": kept.standing.failures,
        "error": _error(kept.error, say_) if kept.error else None,
        "drawing": _drawing(kept, say_),
        "seconds": round(kept.seconds, 3),
    }


def _drawing(kept: Kept, say_: Callable[[CjmError], str]) -> dict[str, Any] | None:
    if kept.wall is None:
        return None
    return {
        "file": beside(kept.due.pair.key),
        "drawn": kept.wall.is_new,
        "error": _error(kept.wall.error, say_) if kept.wall.error else None,
    }


def _error(error: CjmError, say_: Callable[[CjmError], str]) -> dict[str, Any]:
    return {"kind": type(error).__name__, "message": say_(error), "facts": error.facts}


def pair_lines(kept: Kept, language: str, say_: Callable[[CjmError], str]) -> list[str]:
    """Return what became of a pair; nothing where all is as it was."""
    name, told = kept.due.pair.key, []
    if kept.pushed or kept.pulled:
        words = N_("{workbook}: {pushed} to the shared copy, {pulled} to the workbook.")
        moved = {"pushed": kept.pushed, "pulled": kept.pulled}
        told.append(say(language, words, workbook=name, **moved))
    conflicts = kept.standing.health.conflicts
    if conflicts and kept.error is None:
        one, many = NN_("{n} conflict to settle.", "{n} conflicts to settle.")
        told.append(f"{name}: {count(language, one, many, conflicts)}")
    if kept.broken:
        words = N_("{workbook}: these checks fail the run: {rules}.")
        told.append(say(language, words, workbook=name, rules=", ".join(kept.broken)))
    if kept.error is not None:
        told.append(f"{name}: {say_(kept.error)}")
    if kept.wall and kept.wall.error:
        told.append(say_(kept.wall.error))
    return told


def failure_lines(told: Told) -> list[str]:
    """Return what failed, for those who want to hear of nothing else."""
    lines = [told.say(error) for error in (*told.unmeant, *told.ran.down.values())]
    lines += [told.say(each.wall.error) for each in told.ran.kept if each.wall and each.wall.error]
    failed = (each for each in told.ran.kept if each.error is not None)
    return lines + [f"{each.due.pair.key}: {each.standing.said}" for each in failed]


def total_lines(told: Told, language: str) -> list[str]:
    """Return what the whole run did."""
    ran = told.ran
    lines = [f"{key}: {said}" for key, said in ran.resting.items()]
    lines += [told.say(error) for error in (*told.unmeant, *ran.down.values())]
    lines += [
        say(
            language,
            N_(
                "{service} does not tell this account what changed: each shared copy there is read"
                " as often as its pair may be synced."
            ),
            service=service,
        )
        for service in sorted(ran.deaf)
    ]
    lines.append(
        say(
            language,
            N_(
                "Pairs: {pairs}. Due: {due}, synced: {synced}, failed: {failed}, left for the next"
                " run: {left}."
            ),
            pairs=ran.pairs,
            due=ran.due,
            synced=len(ran.kept) - len(ran.failures),
            failed=len(ran.failures),
            left=ran.left,
        )
    )
    lines.append(
        say(
            language,
            N_(
                "Requests: {reads} to read, {writes} to write, {drive} to Drive; refused as too"
                " many: {refused}."
            ),
            reads=told.used.spent.get("reads", 0),
            writes=told.used.spent.get("writes", 0),
            drive=told.used.spent.get("drive", 0),
            refused=sum(told.used.refused.values()),
        )
    )
    if ran.stopped:
        lines.append(say(language, N_("Stopped; the pairs in hand were finished.")))
    return lines
