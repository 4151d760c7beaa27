"""Decides whether a map leaves out what comes before, during or after the purchase."""

from cjm_sheets.model.by_map import MapRows


def leaves_out(rows: MapRows, phase: str) -> bool:
    """Tell whether none of two or more stages has a phase; False where that is not known yet."""
    phases = [stage.phase for stage in rows.stages if stage.name]
    if not rows.is_way or not rows.touchpoints or len(phases) < 2 or not all(phases):  # noqa: PLR2004 - one stage leaves out everything
        return False
    return phase not in phases
