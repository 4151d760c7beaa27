"""Decides which touchpoints of a stage are the same one written down again."""

from collections.abc import Iterator, Sequence

from cjm_sheets.checks.finding import Found, Severity
from cjm_sheets.checks.likeness import alike
from cjm_sheets.checks.registry import rule
from cjm_sheets.checks.view import View
from cjm_sheets.model.journey import Touchpoint
from cjm_sheets.words.mark import N_

_OFTEN = N_("{times} touchpoints of this stage are called nearly the same, beginning with {id}.")


@rule(
    "CJ055",
    Severity.WARNING,
    table="Touchpoints",
    reads=("Touchpoints.name", "Touchpoints.stage", "Touchpoints.personas", "Touchpoints.channel"),
    summary=N_("two touchpoints of a stage have nearly the same name"),
    message=N_("This touchpoint is called nearly the same as {id} in the same stage: {name}."),
    fix=N_("Merge them into one row, or say in the names what differs."),
)
def touchpoint_twice(view: View) -> Iterator[Found]:
    """CJ055: two touchpoints of a stage have nearly the same name.

    Why: pains, reach and evidence are divided between two rows that mean one thing, so neither
        ranks where it should. Names are nearly the same if they have the same words in any order,
        but for case, signs and one letter in one longer word.
    Fires: Product page and product-page; Read reviews and Read revies; Checkout three times, in
        one finding on the second.
    Silent: Pay online and Pay offline; Newsletter 1 and Newsletter 2; the same name in another
        stage, in another channel, or for other personas; an archived map.
    """
    for each in view.maps:
        rows = [row for row in each.touchpoints if row.name]
        for group in alike([((row.stage, row.channel), row.name) for row in rows]):
            for same in _by_persona([rows[at] for at in group]):
                first, second = same[:2]
                facts = {"id": first.id, "name": first.name, "times": len(same)}
                yield Found(
                    "Touchpoints",
                    second.line,
                    second.id,
                    "name",
                    facts=facts,
                    message=_OFTEN if len(same) > 2 else "",  # noqa: PLR2004 - a pair is plain
                )


def _by_persona(rows: Sequence[Touchpoint]) -> Iterator[list[Touchpoint]]:
    """Yield the rows that at least one persona meets twice, together."""
    met: set[str] = set()
    everybody = False
    kept: list[Touchpoint] = []
    for row in rows:
        own = set(row.personas)
        if not kept or everybody or not own or met & own:
            kept.append(row)
        everybody = everybody or not own
        met |= own
    if len(kept) > 1:
        yield kept
