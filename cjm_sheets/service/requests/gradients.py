"""Decides which colour scales a conditional format can have: what each of its points needs."""

from datetime import date

from cjm_sheets.service.parsing import entered
from cjm_sheets.service.refusals import Json, refuse

_ENDS = ("minpoint", "maxpoint")
_WITH_VALUE = {"NUMBER", "PERCENT", "PERCENTILE"}
_ANY_DAY = date(2000, 1, 1)


def checked_gradient(rule: Json, locale: str) -> Json:
    """Return a GradientRule; a point at an end of the data keeps no value."""
    if any(not rule.get(name, {}).get("type") for name in _ENDS):
        refuse("No interpolationPointType specified.")
    return {name: _checked_point(point, locale) for name, point in rule.items()}


def _checked_point(point: Json, locale: str) -> Json:
    kind = point.get("type")
    if kind is None:
        refuse("No interpolationPointType specified.")
    if kind not in _WITH_VALUE:
        return {name: part for name, part in point.items() if name != "value"}
    value = point.get("value", "")
    if not value:
        refuse("InterpolationPoint.value is required.")
    found = entered(value, locale, _ANY_DAY)
    if found is None or not found.value.keys() & {"numberValue", "formulaValue"}:
        refuse(f"Invalid InterpolationPoint.value: {value}")
    if (found.number_format or {}).get("type") in {"DATE", "TIME", "DATE_TIME"}:
        refuse(f"Invalid InterpolationPoint.value: {value}")
    return point
