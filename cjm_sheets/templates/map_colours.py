"""Decides which colours the Map sheet takes on: of stages, moods, scores, highs and ideas."""

from collections.abc import Iterator

from cjm_sheets.tables import a1
from cjm_sheets.templates import looks
from cjm_sheets.templates.looks import Tone
from cjm_sheets.templates.map_lists import LOOSE
from cjm_sheets.templates.plan import Block, Condition

_TONES = tuple(looks.TONES[name] for name in ("blue", "clay", "plum", "green", "ochre", "red"))
_NO_STAGE = looks.TONES["slate"]
_MOODS = {-2: looks.RED, -1: looks.ROSE, 0: looks.SAND, 1: looks.MINT, 2: looks.GREEN}
_HEAT = ((50, looks.ROSE), (25, looks.PALE_ROSE), (0, "#FDF4F0"))
"""What a pain is filled with from this score on."""


def tone(number: int | None) -> Tone:
    """Return the colours of a stage, counted from 0; None is no stage."""
    return _NO_STAGE if number is None else _TONES[number % len(_TONES)]


def stages(where: Block, line: int) -> Iterator[Condition]:
    """Yield the strong colours of stages whose numbers stand on a line."""
    yield from _by_number(where, line, [of.strong for of in (*_TONES, _NO_STAGE)], "#FFFFFF")


def steps(where: Block, line: int) -> Iterator[Condition]:
    """Yield the pale colours of stages whose numbers stand on a line."""
    yield from _by_number(where, line, [of.pale for of in (*_TONES, _NO_STAGE)])


def next_step(where: Block, line: int, start: int) -> Iterator[Condition]:
    """Yield the look of the first empty column, the steps being counted at the start of a line."""
    counted = f"${a1.letters(where.first_column - 1)}${line}"
    here = f"COLUMN()-{where.first_column}+{start}={counted}"
    yield _fill(where, f"={here}", "#FFFFFF", looks.QUIET)


def asking(where: Block, line: int) -> Iterator[Condition]:
    """Yield the look of a lane that asks, while no step is counted at the start of a line."""
    counted = f"${a1.letters(where.first_column - 1)}${line}"
    yield _fill(where, f"={counted}=0", "#FFFFFF", looks.QUIET)


def lane(kind: str, where: Block) -> Iterator[Condition]:
    """Yield the colours of a line of a lane."""
    cell = a1.cell(where.first_line, where.first_column)
    filled = f"=LEN({cell})>0"
    below = a1.cell(where.first_line + 1, where.first_column)
    match kind:
        case "emotion":
            for mood, fill in _MOODS.items():
                yield _fill(where, f"=AND(ISNUMBER({cell}),{cell}={mood})", fill)
        case "reach":
            yield _bar(where, "#BCD3E6", 1)
        case "moment_of_truth":
            yield _fill(where, filled, "#E9E1F4")
        case "pains":
            for score, fill in _HEAT:
                yield _fill(where, f"=AND(ISNUMBER({below}),{below}>={score})", fill)
            yield _fill(where, f"=LEN({below})>0", looks.AMBER)
        case "score":
            yield _fill(where, f"=ISTEXT({cell})*(LEN({cell})>0)", looks.AMBER)
            yield _bar(where, "#E08D80", 100)
        case "highs":
            yield _fill(where, filled, looks.PALE_MINT)
        case "ideas" | "resolves":
            yield _fill(where, filled, "#FBF3D9")


def _by_number(where: Block, line: int, fills: list[str], color: str = "") -> Iterator[Condition]:
    number = f"{a1.letters(where.first_column)}${line}"
    *cycle, loose = fills
    yield _fill(where, f"=AND(ISNUMBER({number}),{number}={LOOSE})", loose, color)
    for at, fill in enumerate(cycle, start=1):
        here = f"MOD({number}-1,{len(cycle)})={at - 1}"
        mine = f"=IF(ISNUMBER({number}),AND({number}<{LOOSE},{here}),FALSE)"
        yield _fill(where, mine, fill, color)


def _fill(where: Block, formula: str, fill: str, color: str = "") -> Condition:
    return Condition(
        where.first_column, where.first_line, where.last_line, "formula", formula,
        color, fill, last_column=where.last_column,
    )  # fmt: skip


def _bar(where: Block, color: str, top: float) -> Condition:
    return Condition(
        where.first_column, where.first_line, where.last_line, "bar",
        color=color, top=top, last_column=where.last_column,
    )  # fmt: skip
