"""Decides what a workbook holds before anybody typed: a map, its stages, the steps of the work."""

from cjm_sheets.tables import lists
from cjm_sheets.tables.codec import Value
from cjm_sheets.templates import map_types
from cjm_sheets.templates.content import Content, Row
from cjm_sheets.templates.stages import stages

STAGE_MODEL = "buying4"
"""The stages that a workbook has unless somebody asks for others."""

FRAME = {"Maps", "Stages", "Steps", "Settings"}
"""What stands in a workbook before anybody typed."""


def blank(map_type: str, language: str, stage_model: str) -> Content:
    """Return the content of a workbook in which only the frame is filled in.

    Raises UnknownTemplateError if the stage model is none of ours and no list of own names.
    """
    filled: dict[str, list[Row]] = {
        "Maps": [{"id": "M1", "type": map_type, "cadence_days": 90, "status": "draft"}],
        "Stages": [
            {"id": f"S{n}", "map": "M1", "order": n, "name": stage.name, "phase": stage.phase}
            for n, stage in enumerate(stages(stage_model, language), start=1)
        ],
        "Steps": [_step(n, key) for n, key in enumerate(lists.LISTS["workflow_step"], start=1)],
    }
    present = map_types.tables(map_type)
    rows = {key: tuple(of) for key, of in filled.items() if key in present}
    return Content(map_type, language, rows)


def _step(number: int, key: str) -> dict[str, Value]:
    return {"id": f"W{number}", "step": key, "status": "to-do"}
