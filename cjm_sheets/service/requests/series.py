"""Decides how a row of values goes on: numbers and days in even steps, names, counted texts.

Only what is certain is continued; for anything else ``None`` says that it is not known how.
"""

import itertools
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TypeAlias

from cjm_sheets.service.formatting import is_date
from cjm_sheets.service.refusals import Json

Next: TypeAlias = Callable[[int], Json]
"""From a place, counted from the first source cell (it may be negative), to an ExtendedValue."""

_EPOCH = date(1899, 12, 30)
_MONTHS_A_YEAR = 12
_COUNTED = re.compile(r"(.*?)(\d+)", re.DOTALL)
_CYCLES = (
    ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"],
    ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"],
    [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ],
    ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"],
)


@dataclass(frozen=True, slots=True)
class Source:
    """A source cell of a series: its value and the number format that it is shown in."""

    value: Json
    number_format: Json


def series(sources: Sequence[Source], *, alternate: bool) -> Next | None:
    """Return how a run of constants goes on; None where that is not known.

    One number is repeated and one day is counted on; the alternate series does the contrary.
    """
    values = [source.value for source in sources]
    if all("numberValue" in value for value in values):
        numbers = [value["numberValue"] for value in values]
        days = all(is_date(source.number_format) for source in sources)
        return _numbers(numbers, alternate=alternate, days=days)
    if any("numberValue" in value for value in values):
        return None
    if all("stringValue" in value for value in values) and not alternate:
        texts = [value["stringValue"] for value in values]
        return _names(texts) or _counted(texts) or _repeated(values)
    return _repeated(values)


def _repeated(values: Sequence[Json]) -> Next:
    return lambda place: values[place % len(values)]


def _numbers(numbers: Sequence[float], *, alternate: bool, days: bool) -> Next | None:
    if len(numbers) == 1:
        step = 1 if days != alternate else 0
        return lambda place: {"numberValue": numbers[0] + place * step}
    if alternate:
        return _repeated([{"numberValue": number} for number in numbers])
    return (_months(numbers) if days else None) or _even(numbers)


def _even(numbers: Sequence[float]) -> Next | None:
    steps = {round(after - before, 9) for before, after in itertools.pairwise(numbers)}
    if len(steps) != 1:
        return None
    step = numbers[1] - numbers[0]
    return lambda place: {"numberValue": _tidy(numbers[0] + place * step)}


def _tidy(number: float) -> float:
    rounded = round(number, 12)
    return int(rounded) if float(rounded).is_integer() else rounded


def _months(numbers: Sequence[float]) -> Next | None:
    """Return a series of the same day in even steps of months: January, February, March."""
    if any(not float(number).is_integer() for number in numbers):
        return None
    days = [_EPOCH + timedelta(days=int(number)) for number in numbers]
    months = [day.year * _MONTHS_A_YEAR + day.month - 1 for day in days]
    steps = {after - before for before, after in itertools.pairwise(months)}
    if len(steps) != 1 or len({day.day for day in days}) != 1:
        return None
    step = steps.pop()
    return lambda place: {"numberValue": _serial(months[0] + place * step, days[0].day)}


def _serial(month: int, day: int) -> int:
    year, index = divmod(month, _MONTHS_A_YEAR)
    while True:
        try:
            return (date(year, index + 1, day) - _EPOCH).days
        except ValueError:
            day -= 1


def _names(texts: Sequence[str]) -> Next | None:
    """Return a series of days of the week or months, in the letters of the first."""
    for cycle in _CYCLES:
        lower = [name.casefold() for name in cycle]
        if not all(text.casefold() in lower for text in texts):
            continue
        places = [lower.index(text.casefold()) for text in texts]
        steps = {(b - a) % len(cycle) for a, b in itertools.pairwise(places)} or {1}
        if len(steps) != 1:
            return None
        step = steps.pop()
        return lambda at, s=step, p=places[0], c=cycle: {  # type: ignore[misc]  # bound values
            "stringValue": _cased(c[(p + at * s) % len(c)], texts[0])
        }
    return None


def _cased(name: str, like: str) -> str:
    if like.isupper():
        return name.upper()
    return name.lower() if like.islower() else name


def _counted(texts: Sequence[str]) -> Next | None:
    """Return a series of texts that end in a number, in even steps: Step 1, Step 2."""
    found = [_COUNTED.fullmatch(text) for text in texts]
    matches = [match for match in found if match is not None]
    if len(matches) != len(texts) or len({match[1] for match in matches}) != 1:
        return None
    numbers = [int(match[2]) for match in matches]
    steps = {after - before for before, after in itertools.pairwise(numbers)} or {1}
    if len(steps) != 1:
        return None
    step, head, width = steps.pop(), matches[0][1], len(matches[0][2])
    width = width if matches[0][2].startswith("0") else 0
    return lambda place: {"stringValue": f"{head}{abs(numbers[0] + place * step):0{width}d}"}
