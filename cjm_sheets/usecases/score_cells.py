"""Decides which cells the score of a pain was read from."""

from collections.abc import Iterator

from cjm_sheets.model.journey import Pain
from cjm_sheets.model.scores import PainScore
from cjm_sheets.usecases.reading import Reading

_ALWAYS = ("weight_severity", "weight_frequency", "weight_reach", "z")


def cell_of(reading: Reading, table: str, column: str, line: int) -> str:
    """Return where a cell is; the sheet alone if there is no such column."""
    there = reading.decoded.get(table)
    return there.table.place(column, line) if there is not None else table


def cells_read(reading: Reading, pain: Pain, score: PainScore) -> dict[str, list[str]]:
    """Return the cells that the score of a pain was read from, by what was read there."""
    step = next((t for t in reading.workbook.touchpoints if t.id == pain.touchpoint), None)
    guessed = pain.guess is not None and not pain.observed
    counted = pain.hit is not None or pain.observed is not None or not guessed
    columns = ["severity", *(("hit", "observed") if counted else ()), *(["guess"] * guessed)]
    cells = {key: [cell_of(reading, "Pains", key, pain.line)] for key in columns}
    if pain.reach is not None or step is None:
        cells["reach"] = [cell_of(reading, "Pains", "reach", pain.line)]
    else:
        cells["reach"] = [cell_of(reading, "Touchpoints", "reach", step.line)]
    if step is not None:
        at = cell_of(reading, "Touchpoints", "moment_of_truth", step.line)
        cells["moment_of_truth"] = [at]
    cells["evidence"] = [cell_of(reading, "Pains", "evidence", pain.line)]
    cells["sources"] = [
        cell_of(reading, "Evidence", "source", row.line)
        for row in reading.workbook.evidence
        if row.id and row.id in pain.evidence
    ]
    cells["settings"] = list(_settings(reading, pain, score))
    return cells


def _settings(reading: Reading, pain: Pain, score: PainScore) -> Iterator[str]:
    """Yield the cells of the settings that count for this pain."""
    decoded = reading.decoded.get("Settings")
    if decoded is None:
        return
    lines: dict[str, int] = {}
    for key, line in zip(decoded.texts("key"), decoded.lines, strict=True):
        lines.setdefault(key, line)
    wanted = [f"severity_{pain.severity}", *_ALWAYS, f"grade_{score.grade}"]
    if score.moment != 1:
        wanted.append("moment_factor")
    for key in wanted:
        if key in lines:
            yield cell_of(reading, "Settings", "value", lines[key])
