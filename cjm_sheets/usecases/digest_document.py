"""Decides how a digest is told to programs: as a document of stable shape."""

from typing import Any

from cjm_sheets.fleet.digest import About, Digest, totals
from cjm_sheets.words import moments


def document(made: Digest) -> dict[str, Any]:
    """Return a digest as a JSON-able document; of pairs only those that have something."""
    all_ = totals(made)
    return {
        "since": moments.iso(made.span.since),
        "until": moments.iso(made.span.now),
        "pairs": made.pairs,
        "quiet": made.quiet,
        "pushed": all_.pushed,
        "pulled": all_.pulled,
        "new_findings": {"error": all_.errors, "warning": all_.warnings, "info": all_.infos},
        "findings_gone": all_.went,
        "conflicts": all_.conflicts,
        "reviews_due": all_.late,
        "reviews_soon": all_.soon,
        "failing": all_.failing,
        "out_of_step": all_.behind,
        "told": [_one(each) for each in made.told],
    }


def _one(about: About) -> dict[str, Any]:
    new = about.came_by
    return {
        "workbook": about.pair.key,
        "pushed": about.news.pushed,
        "pulled": about.news.pulled,
        "new_findings": {"error": new["e"], "warning": new["w"], "info": new["i"]},
        "findings": [
            {"rule": each.rule, "cell": each.place, "message": each.message} for each in about.came
        ],
        "findings_gone": about.went,
        "conflicts": about.conflicts,
        "to_settle": [
            {
                "cell": each.place,
                "what": each.what,
                "workbook": each.ours,
                "shared_copy": each.theirs,
            }
            for each in about.clashes
        ],
        "reviews": [{"map": each.map, "day": each.day} for each in about.reviews],
        "failures": about.standing.failures if about.fails else 0,
        "message": about.standing.said if about.fails else None,
        "days_out_of_step": about.behind,
        "in_step": moments.iso(about.standing.synced),
    }
