"""Decides how many kinds of source stand behind a pain: the types of the evidence it lists."""

from collections.abc import Iterable, Mapping, Sequence

from cjm_sheets.model.journey import Evidence

Sources = Mapping[str, Sequence[tuple[int, str]]]
"""For each evidence id its rows: where it is among the workbook's evidence, and its type."""


def sources_by_id(evidence: Sequence[Evidence]) -> Sources:
    """Return the rows of evidence that have an id and a source, by id; rows may share an id."""
    rows: dict[str, list[tuple[int, str]]] = {}
    for at, row in enumerate(evidence):
        if row.id and row.source:
            rows.setdefault(row.id, []).append((at, row.source.casefold()))
    return rows


def listed_rows(ids: Iterable[str], sources: Sources) -> dict[int, str]:
    """Return the type of each evidence row that these ids name, by its place in the workbook."""
    return {at: kind for id_ in ids for at, kind in sources.get(id_, ())}


def kinds_of_source(ids: Iterable[str], sources: Sources) -> int:
    """Return how many types of source these ids name; unknown ids add nothing."""
    return len(set(listed_rows(ids, sources).values()))
