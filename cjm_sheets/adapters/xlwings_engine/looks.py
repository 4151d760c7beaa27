"""Decides how letters, lines and conditional looks answer to xlwings."""

import itertools
from collections.abc import Callable, Iterator
from typing import Any

from openpyxl.styles import Border as Lines
from openpyxl.styles import Color, Side
from openpyxl.styles import Font as Letters
from xlwings import base_classes

from cjm_sheets.adapters.xlwings_engine.model import Area
from cjm_sheets.adapters.xlwings_engine.owners import Block
from cjm_sheets.ports.open_books import Look
from cjm_sheets.tables import a1

_STYLES = {
    "continuous": "thin", "dash": "dashed", "dash_dot": "dashDot", "dash_dot_dot": "dashDotDot",
    "dot": "dotted", "double": "double", "slant_dash_dot": "slantDashDot", "none": None,
}  # fmt: skip
_STYLES_BACK = {"hair": "continuous", "medium": "continuous", "thick": "continuous"} | {
    file: name for name, file in _STYLES.items() if file
}
_WEIGHTS = {"hairline": "hair", "thin": "thin", "medium": "medium", "thick": "thick"}


def rgb(color: Any) -> tuple[int, int, int] | None:
    """Return red, green and blue of a colour, None if it is one of a theme."""
    said = color.rgb if color is not None and color.type == "rgb" else None
    if not isinstance(said, str):
        return None
    return int(said[-6:-4], 16), int(said[-4:-2], 16), int(said[-2:], 16)


def argb(color: Any) -> str:
    """Return a colour as files have it, from #rrggbb, a number or red, green and blue."""
    if isinstance(color, str):
        return "FF" + color.lstrip("#").upper()
    if isinstance(color, int):
        color = (color & 255, color >> 8 & 255, color >> 16 & 255)
    red, green, blue = color
    return f"FF{red:02X}{green:02X}{blue:02X}"


class Font(base_classes.Font):
    """The letters of a block of cells: reads the first one's, writes all."""

    def __init__(self, first: Callable[[], Any], every: Callable[[], list[Any]]) -> None:
        self._first, self._every = first, every

    @property
    def api(self) -> "Font":
        """The thing itself."""
        return self

    def _now(self) -> Letters:
        now: Letters = self._first().font
        return now

    def _change(self, **how: object) -> None:
        for cell in self._every():
            old = cell.font
            said = {
                name: getattr(old, name)
                for name in ("name", "sz", "b", "i", "u", "strike", "color", "vertAlign", "scheme")
            }
            cell.font = Letters(**(said | how))

    @property
    def bold(self) -> bool:
        """Whether they are bold."""
        return bool(self._now().b)

    @bold.setter
    def bold(self, value: bool) -> None:
        self._change(b=value)

    @property
    def italic(self) -> bool:
        """Whether they lean."""
        return bool(self._now().i)

    @italic.setter
    def italic(self, value: bool) -> None:
        self._change(i=value)

    @property
    def size(self) -> float:
        """How high they are, in points."""
        return float(self._now().sz or 11)

    @size.setter
    def size(self, value: float) -> None:
        self._change(sz=value)

    @property
    def color(self) -> tuple[int, int, int] | None:
        """Their colour."""
        return rgb(self._now().color)

    @color.setter
    def color(self, value: Any) -> None:
        self._change(color=None if value is None else Color(argb(value)))

    @property
    def name(self) -> str:
        """What the kind of letters is called."""
        return str(self._now().name)

    @name.setter
    def name(self, value: str) -> None:
        self._change(name=value, scheme=None)


class Border(base_classes.Border):
    """The lines at one side of a block."""

    def __init__(self, borders: "Borders", side: str) -> None:
        self._borders, self._side = borders, side

    @property
    def api(self) -> "Border":
        """The thing itself."""
        return self

    def _now(self) -> Any:
        return self._borders.now(self._side)

    @property
    def line_style(self) -> str | None:
        """Which kind of line it is."""
        said = getattr(self._now(), "style", None)
        return _STYLES_BACK.get(said, "continuous") if said else "none"

    @property
    def weight(self) -> str | None:
        """How strong it is."""
        said = getattr(self._now(), "style", None)
        return next((name for name, file in _WEIGHTS.items() if file == said), "thin")

    @property
    def color(self) -> tuple[int, int, int] | None:
        """Its colour."""
        return rgb(getattr(self._now(), "color", None))


class Borders(base_classes.Borders):
    """The lines around and between the cells of a block."""

    def __init__(self, block: Block) -> None:
        self._block = block

    @property
    def api(self) -> "Borders":
        """The thing itself."""
        return self

    def __getitem__(self, key: str) -> Border:
        """Return one side."""
        return Border(self, key)

    def now(self, side: str) -> Any:
        """Return the line at a side, of the first cell that has that side."""
        first = next(self._cells(side), None)
        return getattr(first[0].border, first[1]) if first else None

    def set(
        self, which: tuple[str, ...], *, line_style: Any, weight: Any, color: Any
    ) -> None:  # fmt: skip
        """Draw lines at the named sides."""
        unset = base_classes._UNSET  # noqa: SLF001 - xlwings' own way to say "leave it"
        style = "continuous" if line_style is unset else line_style
        strength: Any = (
            _STYLES[style] if weight is unset or style != "continuous" else _WEIGHTS[weight]
        )
        ink = "FF000000" if color is unset or color is None else argb(color)
        self._draw(which, Side(strength, ink) if strength else Side())

    def clear(self, which: tuple[str, ...]) -> None:
        """Take away the lines at the named sides."""
        self._draw(which, Side())

    def _draw(self, which: tuple[str, ...], line: Side) -> None:
        self._block.sheet.refuse()
        self._block.sheet.model.reshaped = True
        for name in which:
            for cell, side in self._cells(name):
                old = cell.border
                sides = {s: getattr(old, s) for s in ("left", "right", "top", "bottom")}
                cell.border = Lines(**(sides | {side: line}))

    def _cells(self, name: str) -> Iterator[tuple[Any, str]]:
        """Yield the cells on which a side of the block is drawn, and which side of them it is."""
        top, left, bottom, right = self._block.area
        formats = self._block.sheet.model.looks_like
        lines, columns = range(top, bottom + 1), range(left, right + 1)
        where = {
            "edge_top": (lines[:1], columns, "top"),
            "edge_bottom": (lines[-1:], columns, "bottom"),
            "edge_left": (lines, columns[:1], "left"),
            "edge_right": (lines, columns[-1:], "right"),
            "inside_horizontal": (lines[:-1], columns, "bottom"),
            "inside_vertical": (lines, columns[:-1], "right"),
        }
        if name in where:  # diagonals are not drawn here
            on_lines, on_columns, side = where[name]
            for line, column in itertools.product(on_lines, on_columns):
                yield formats.cell(line, column), side


class ConditionalFormat(base_classes.ConditionalFormat):
    """A look that cells take on while a formula holds; others are known but not told of."""

    formula = type = ""  # the base class has properties of these names

    def __init__(self, block: Block, formula: str, kind: str = "custom") -> None:
        self._block, self.formula, self.type = block, formula, kind

    @property
    def api(self) -> "ConditionalFormat":
        """The thing itself."""
        return self

    def delete(self) -> None:
        """Take the look off all cells that have it."""
        model = self._block.sheet.model
        self._block.sheet.refuse()
        plain = self.formula.removeprefix("=")
        model.looks = [look for look in model.looks if look.formula != plain]
        model.looks_gone.add(plain)


def _is_on(look: Look, area: Area) -> bool:
    """Tell whether a cell of a block has a look."""
    top, left, bottom, right = area
    if area[:2] == area[2:]:  # one cell is asked for as often as there are findings
        return a1.cell(top, left) in look.cells
    places = map(a1.parse_cell, look.cells)
    return any(top <= line <= bottom and left <= column <= right for line, column in places)


class ConditionalFormats(base_classes.ConditionalFormats):
    """The conditional looks on a block of cells, each formula once."""

    def __init__(self, block: Block) -> None:
        self._block = block

    @property
    def api(self) -> "ConditionalFormats":
        """The thing itself."""
        return self

    def _found(self) -> list[ConditionalFormat]:
        block, model = self._block, self._block.sheet.model
        known: dict[str, str] = {}
        for area in model.looks_like.conditional_formatting:
            if not any(block.meets(one) for one in area.sqref.ranges):
                continue
            for rule in area.rules:
                said = str(rule.formula[0]) if rule.formula else ""
                if said not in model.looks_gone:
                    kind = "custom" if rule.type == "expression" else "unknown"
                    known.setdefault(said, kind)
        for look in model.looks:
            if look.formula not in known and _is_on(look, block.area):
                known[look.formula] = "custom"
        return [ConditionalFormat(block, f"={said}", kind) for said, kind in known.items()]

    def __len__(self) -> int:
        return len(self._found())

    def __iter__(self) -> Iterator[ConditionalFormat]:
        return iter(self._found())

    def __call__(self, key: int) -> ConditionalFormat:
        """Return a look by its number, from 1 on."""
        return self._found()[key - 1]

    def add_custom(self, spec: dict[str, Any]) -> ConditionalFormat:
        """Let the cells look like this while a formula holds."""
        block = self._block
        block.sheet.refuse()
        formula = str(spec["formula"]).removeprefix("=")
        fill, ink = (
            argb(spec[name])[2:] if spec.get(name) is not None else ""
            for name in ("fill_color", "font_color")
        )
        cells = tuple(a1.cell(*place) for place in block.places())
        block.sheet.model.looks.append(Look(cells, formula, fill, ink))
        return ConditionalFormat(block, f"={formula}")

    def clear(self) -> None:
        """Take away all looks of these cells."""
        for each in self._found():
            each.delete()
