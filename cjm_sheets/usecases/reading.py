"""Decides what everything else starts from: a map as read, decoded, modelled and scored."""

from collections.abc import Mapping
from dataclasses import dataclass

from cjm_sheets.model.scores import PainScore
from cjm_sheets.model.workbook import Workbook
from cjm_sheets.ports.store import Snapshot, Store
from cjm_sheets.scoring.pain_scores import score_pains
from cjm_sheets.tables import circles
from cjm_sheets.tables.codec import Decoded, decode
from cjm_sheets.tables.to_model import to_model


@dataclass(frozen=True)
class Reading:
    """A map at one moment: as it lay there, as values, and with the scores of its pains."""

    snapshot: Snapshot
    decoded: Mapping[str, Decoded]
    workbook: Workbook
    scores: tuple[PainScore, ...]


def reading_of(snapshot: Snapshot) -> Reading:
    """Return what a snapshot says."""
    with circles.not_looked_for():
        decoded = {table.spec.key: decode(table) for table in snapshot.tables}
        workbook = to_model(decoded.values(), snapshot.language)
        return Reading(snapshot, decoded, workbook, score_pains(workbook))


def read_map(store: Store) -> Reading:
    """Read a map."""
    return reading_of(store.read())
