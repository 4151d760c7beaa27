"""Decides the normal form of colours: 32-bit channels, zeros left out, both old and new fields."""

import struct

from cjm_sheets.service.fields import Mask
from cjm_sheets.service.refusals import Json, JsonValue

_CHANNELS = {"red", "green", "blue", "alpha"}
_PAIRED = {
    "backgroundColor",
    "foregroundColor",
    "tabColor",
    "headerColor",
    "footerColor",
    "firstBandColor",
    "secondBandColor",
    "color",
}
_NAMES = _PAIRED | {f"{name}Style" for name in _PAIRED}


def single(value: float) -> float | int:
    """Return a number as a 32-bit float shows it: 0.4980392156862745 becomes 0.49803922.

    >>> single(0.4980392156862745), single(1.0)
    (0.49803922, 1)
    """
    narrow = struct.unpack("f", struct.pack("f", value))[0]
    for digits in range(1, 18):
        text = f"{narrow:.{digits}g}"
        if struct.unpack("f", struct.pack("f", float(text)))[0] == narrow:
            number = float(text)
            return int(number) if number.is_integer() else number
    return float(narrow)


def normal(value: JsonValue) -> JsonValue:
    """Return JSON with colours in normal form, each with its twin field (``…ColorStyle``)."""
    if isinstance(value, list):
        return [normal(item) for item in value]
    if not isinstance(value, dict):
        return value
    if value and value.keys() <= _CHANNELS:
        return {name: single(part) for name, part in value.items() if part}
    tidy = {
        name: normal(part) if isinstance(part, dict | list) else part
        for name, part in value.items()
        if part is not None
    }
    return _twinned(tidy)


def _twinned(source: Json) -> Json:
    if source.keys().isdisjoint(_NAMES):
        return source
    result = dict(source)
    for name in _PAIRED:
        style = f"{name}Style"
        rgb = source[style].get("rgbColor") if isinstance(source.get(style), dict) else None
        if rgb is not None:
            result[name] = rgb
        elif (
            isinstance(source.get(name), dict) and style not in source and name in _twinable(source)
        ):
            result[style] = {"rgbColor": source[name]}
    return result


def _twinable(source: Json) -> set[str]:
    """Return the names that have a twin here: a theme pair's ``color`` is itself a style."""
    plain = isinstance(source.get("color"), dict) and source["color"].keys() <= _CHANNELS
    return _PAIRED if plain else _PAIRED - {"color"}


def paired_mask(mask: Mask) -> Mask:
    """Return a mask that, where it names a colour or its style, names both."""
    result = {name: paired_mask(child) for name, child in mask.items()}
    for name in mask:
        base = name.removesuffix("Style")
        if base in _PAIRED:
            result[base] = result[f"{base}Style"] = {}
    return result
