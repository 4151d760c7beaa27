"""Decides whether a map counts its touchpoints through, or each stage by itself from 1."""

from collections.abc import Iterable

from cjm_sheets.model.journey import Touchpoint


def counts_by_stage(steps: Iterable[Touchpoint]) -> bool:
    """Tell whether more than one stage has a touchpoint number 1."""
    return len({step.stage for step in steps if step.order == 1}) > 1
